package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Alarms, and what wakes programs and people. */
final class AlarmRules {

  static final String ALARM = "aws_cloudwatch_metric_alarm";
  static final String EVENT_RULE = "aws_cloudwatch_event_rule";

  private static final Set<String> LAG = Set.of("AuroraGlobalDBRPOLag", "ReplicationLagMillis");
  private static final String BACKUP = "AWS/Backup";
  private static final int LAG_MILLIS = 60_000;
  private static final long HOUR_SECONDS = 3600;

  private static final long DAY_SECONDS = 86_400;

  /** A daily backup or copy is missing once its day and the hours of its jobs have passed. */
  private static final long BACKUP_SECONDS = 36 * 3600;

  /** What is restored twice a week is missing once the longer half, and a day, have passed. */
  private static final long RESTORES_SECONDS = 5 * 24 * 3600;

  private static final Pattern RESTORES =
      Pattern.compile("\"detail-type\":\\s*\\[\"Restore Job State Change\"]");

  /** Roles that may do everything are nobody's in particular. */
  private static final Pattern ADMINISTRATOR =
      Pattern.compile(
          "(?i):role/[^\",]{0,600}?(admin|poweruser|power-user|root|OrganizationAccountAccessRole|\\*)");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "alarm-silent",
              "alarms tell a topic",
              types(ALARM),
              Scope.ALWAYS,
              tells(),
              pci("10.7.2").hub("CloudWatch.15", "CloudWatch.17"),
              "an alarm that nobody hears is a graph",
              "name the Region's topic in alarm_actions, and leave actions_enabled on"),
          new Rule(
              "resource-not-alarmed",
              "what can fail has alarms of its own",
              Watch.types(),
              Scope.ALWAYS,
              new Requirement("an alarm on each of " + Watch.metrics(), Watch::missing),
              pci("10.7.2", "12.10.1(k)"),
              "what fails unseen is found by customers",
              "add the alarm, with a threshold that can be reached"),
          new Rule(
              "alarm-slow",
              "alarms ring within the hour, on missing backups within 36, on missing tests within 5 days",
              types(ALARM),
              Scope.ALWAYS,
              new Requirement(
                  "evaluation_periods times period 3600 s or less, 86400 s where the period is 3600 s"
                      + " or more, 129600 s on AWS/Backup, 432000 s on too few events of restores; datapoints_to_alarm no more than evaluation_periods; a"
                      + " threshold",
                  AlarmRules::slowness),
              pci("10.7.2"),
              "what is told tomorrow is told by customers today",
              "look at fewer periods"),
          new Rule(
              "lag-alarmed-late",
              "people hear of a lag within a minute's worth of payments",
              types(ALARM),
              Scope.KEPT_DATA,
              between("threshold", 0, LAG_MILLIS)
                  .only(
                      "of alarms on " + LAG.stream().sorted().toList(),
                      (alarm, stack) -> isOnLag(alarm)),
              pci("12.10.1(k)"),
              "what lags is lost when the Region is",
              "set monitoring.replicationLagPageMillis to 60000 or less"),
          new Rule(
              "event-rule-off",
              "event rules are on, and lead somewhere",
              types(EVENT_RULE),
              Scope.ALWAYS,
              leadsSomewhere(),
              pci("10.4.1", "10.7.2"),
              "a rule that is off looks like one that saw nothing",
              "leave its state out, and give it an aws_cloudwatch_event_target"),
          new Rule(
              "administrator-not-watched",
              "no administrator is left out of the alarms on changes",
              types(EVENT_RULE),
              Scope.KEPT_DATA,
              new Requirement(
                  "an event_pattern that leaves out no role of administrators",
                  (rule, stack) ->
                      faultIf(
                          ADMINISTRATOR.matcher(rule.text("event_pattern")).find(),
                          "a role of administrators in event_pattern")),
              pci("10.2.1", "10.4.1"),
              "an administrator who is left out writes the ledger unseen",
              "name roles for this work alone in monitoring.operatorRoles"),
          new Rule(
              "schedule-off",
              "schedules are on, and keep what fails",
              types("aws_scheduler_schedule"),
              Scope.ALWAYS,
              enabled("state")
                  .and(Requirement.in("flexible_time_window.mode", "OFF"))
                  .and(Requirement.has("target.dead_letter_config.arn")),
              pci("10.7.2"),
              "what is never woken never fails, and never works",
              "leave its state out, and name a failure queue"),
          new Rule(
              "event-source-off",
              "functions read their queues",
              types("aws_lambda_event_source_mapping"),
              Scope.ALWAYS,
              new Requirement(
                  "enabled true or absent, and no filter_criteria",
                  (source, stack) ->
                      faultIf(
                              source.has("enabled") && !source.isOn("enabled"),
                              source.describe("enabled"))
                          .or(
                              () ->
                                  faultIf(
                                      source.has("filter_criteria"),
                                      source.describe("filter_criteria")))),
              NONE,
              "alarms would lie in the queue until they expire",
              "leave enabled out"));

  private AlarmRules() {}

  /** Whether an alarm does what it is there for. */
  static Optional<String> silence(Resource alarm, Resources stack) {
    if (alarm.has("actions_enabled") && !alarm.isOn("actions_enabled")) {
      return Optional.of(alarm.describe("actions_enabled"));
    }
    boolean heard =
        stack.named(alarm.at("alarm_actions")).stream()
            .filter(topic -> topic.type().equals("aws_sns_topic"))
            .anyMatch(topic -> topic.text("provider").equals(alarm.text("provider")));
    return faultIf(!heard, alarm.describe("alarm_actions"));
  }

  private static Optional<String> slowness(Resource alarm, Resources stack) {
    long periods = alarm.at("evaluation_periods").asLong(1);
    long period = period(alarm);
    return faultIf(
            period * periods > most(alarm, stack, period), periods + " periods of " + period + " s")
        .or(
            () ->
                faultIf(
                    alarm.at("datapoints_to_alarm").asLong(1) > periods,
                    alarm.describe("datapoints_to_alarm")))
        .or(() -> faultIf(!alarm.has("threshold"), alarm.describe("threshold")));
  }

  private static long most(Resource alarm, Resources stack, long period) {
    if (isOnBackups(alarm)) {
      return BACKUP_SECONDS;
    }
    if (waitsForRestores(alarm, stack)) {
      return RESTORES_SECONDS;
    }
    return period < HOUR_SECONDS ? HOUR_SECONDS : DAY_SECONDS;
  }

  /** Whether it tells that too few events came of a rule that hears of restores alone. */
  private static boolean waitsForRestores(Resource alarm, Resources stack) {
    return alarm.text("namespace").equals("AWS/Events")
        && alarm.text("comparison_operator").equals("LessThanThreshold")
        && stack
            .ofType(EVENT_RULE)
            .filter(rule -> rule.text("provider").equals(alarm.text("provider")))
            .filter(rule -> rule.text("name").equals(alarm.text("dimensions.RuleName")))
            .anyMatch(rule -> RESTORES.matcher(rule.text("event_pattern")).find());
  }

  private static boolean isOnBackups(Resource alarm) {
    return alarm.text("namespace").equals(BACKUP)
        || alarm
            .at("metric_query")
            .valueStream()
            .anyMatch(query -> query.at("/metric/namespace").asText().equals(BACKUP));
  }

  /** Of an expression, the longest of what it is made of. */
  private static long period(Resource alarm) {
    long longest = alarm.at("period").asLong();
    for (JsonNode query : alarm.at("metric_query")) {
      longest = Math.max(longest, query.path("metric").path("period").asLong());
    }
    return longest;
  }

  private static Requirement tells() {
    return new Requirement(
        "alarm_actions with an aws_sns_topic of the own Region, actions_enabled true or absent",
        AlarmRules::silence);
  }

  private static boolean isOnLag(Resource alarm) {
    return LAG.contains(alarm.text("metric_name"))
        || alarm.has("metric_query") && LAG.stream().anyMatch(alarm.text("metric_query")::contains);
  }

  static boolean isOn(Resource rule) {
    return Set.of("", "ENABLED").contains(rule.text("state"))
        && (!rule.has("is_enabled") || rule.isOn("is_enabled"));
  }

  private static Requirement leadsSomewhere() {
    return new Requirement(
            "state \"ENABLED\" or absent",
            (rule, stack) -> faultIf(!isOn(rule), rule.describe("state")))
        .and(part("aws_cloudwatch_event_target", "rule", Requirement.has("arn")));
  }

  private static Requirement enabled(String path) {
    return new Requirement(
        path + " \"ENABLED\" or absent",
        (resource, stack) ->
            faultIf(!Set.of("", "ENABLED").contains(resource.text(path)), resource.describe(path)));
  }
}
