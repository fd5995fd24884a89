package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.atLeast;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.off;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** What must exist so that a Region, or a table that somebody emptied, can be recovered. */
final class RecoveryRules {

  private static final int BACKUP_DAYS = 7;

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "data-not-backed-up",
              "each generation is backed up, in each of its Regions",
              types("aws_rds_global_cluster", "aws_dynamodb_table"),
              Scope.ALWAYS,
              new Requirement(
                      "an aws_backup_selection with a role that names it; of a global database each"
                          + " cluster, of a table each replica, too",
                      (data, stack) ->
                          copies(data, stack)
                              .filter(it -> !isSelected(it, stack))
                              .findFirst()
                              .map(it -> "none that names " + it.address()))
                  .only(
                      "of global databases and of tables with a stream", RecoveryRules::isBackedUp),
              pci("10.3.3", "12.10.1(k)").fsbp("DynamoDB.4", "RDS.26"),
              "what is deleted in one Region is deleted in the other a second later",
              "name it in an aws_backup_selection of the daily plan"),
          new Rule(
              "backup-rare",
              "each generation is backed up daily, for a week, in each of its Regions",
              types("aws_rds_global_cluster", "aws_dynamodb_table"),
              Scope.KEPT_DATA,
              new Requirement(
                      "selected in each Region by an aws_backup_plan with a rule at least daily with a"
                          + " copy_action, delete_after 7 or more or absent in both",
                      (data, stack) ->
                          copies(data, stack)
                              .filter(
                                  it ->
                                      plans(it, stack)
                                          .flatMap(RecoveryRules::rules)
                                          .noneMatch(RecoveryRules::isDaily))
                              .findFirst()
                              .map(it -> "none for " + it.address()))
                  .only(
                      "of global databases and of tables with a stream", RecoveryRules::isBackedUp),
              pci("10.3.3", "12.10.1(k)"),
              "a fault that is found on Monday happened on Friday",
              "set backup.daily.schedule to one time a day or more often, retentionDays and"
                  + " copyRetentionDays to 7 or more"),
          new Rule(
              "table-in-one-region",
              "tables with a stream have a replica",
              types("aws_dynamodb_table"),
              Scope.ALWAYS,
              new Requirement(
                      "an aws_dynamodb_table_replica of another Region",
                      (table, stack) ->
                          faultIf(
                              stack
                                  .naming("aws_dynamodb_table_replica", "global_table_arn", table)
                                  .noneMatch(it -> isElsewhere(it, table)),
                              "no replica"))
                  .only("of tables with a stream", (it, stack) -> it.isOn("stream_enabled")),
              pci("12.10.1(k)"),
              "sessions would end with their Region",
              "add an aws_dynamodb_table_replica"),
          new Rule(
              "database-in-one-region",
              "global databases have a cluster in each Region, with instances",
              types("aws_rds_global_cluster"),
              Scope.ALWAYS,
              new Requirement(
                  "clusters with instances in 2 Regions",
                  (global, stack) -> {
                    long regions =
                        clusters(global, stack)
                            .filter(it -> hasInstances(it, stack))
                            .map(stack::region)
                            .distinct()
                            .count();
                    return faultIf(regions < 2, regions + " Regions");
                  }),
              pci("12.10.1(k)"),
              "without the second cluster there is nothing to fail over to",
              "add a cluster in the other Region"),
          new Rule(
              "fleet-of-one",
              "fleets outlive an instance",
              types("aws_autoscaling_group"),
              Scope.KEPT_DATA,
              atLeast("min_size", 2),
              pci("12.10.1(k)"),
              "the service would be gone while the only instance is replaced",
              "set compute.minInstances, and compute.dr.minInstances, to 2 or more"),
          new Rule(
              "health-check-off",
              "health checks are on, and ask in three Regions or more",
              types("aws_route53_health_check"),
              Scope.ALWAYS,
              off("disabled")
                  .and(
                      new Requirement(
                          "regions 3 or more, or absent; invert_healthcheck of CALCULATED only",
                          (check, stack) ->
                              faultIf(
                                      check.has("regions") && check.at("regions").size() < 3,
                                      check.describe("regions"))
                                  .or(
                                      () ->
                                          faultIf(
                                              check.isOn("invert_healthcheck")
                                                  && !check.text("type").equals("CALCULATED"),
                                              check.describe("invert_healthcheck"))))),
              NONE,
              "a check that is off always says healthy, and an inverted one the contrary",
              "leave disabled out"),
          new Rule(
              "failover-record-alone",
              "records fail over to another Region by a health check",
              types("aws_route53_record"),
              Scope.ALWAYS,
              new Requirement(
                      "health_check_id of the PRIMARY, a SECONDARY of the same name and type, ttl 300"
                          + " or less",
                      (record, stack) ->
                          faultIf(
                                  record.text("failover_routing_policy.type").equals("PRIMARY")
                                      && stack.named(record, "health_check_id").isEmpty(),
                                  record.describe("health_check_id"))
                              .or(
                                  () ->
                                      faultIf(
                                          record.at("ttl").asInt(Integer.MAX_VALUE) > 300,
                                          record.describe("ttl")))
                              .or(() -> faultIf(!hasOther(record, stack), "no other record")))
                  .only(
                      "of records with a failover_routing_policy",
                      (record, stack) -> record.has("failover_routing_policy")),
              pci("12.10.1(k)"),
              "customers would be sent to a Region that is gone",
              "write a pair of records, the first with the latch's health check"));

  private RecoveryRules() {}

  private static boolean isTable(Resource data) {
    return data.type().equals("aws_dynamodb_table");
  }

  private static Stream<Resource> clusters(Resource global, Resources stack) {
    return stack.naming("aws_rds_cluster", "global_cluster_identifier", global);
  }

  private static Stream<Resource> copies(Resource data, Resources stack) {
    return isTable(data)
        ? Stream.concat(
            Stream.of(data), stack.naming("aws_dynamodb_table_replica", "global_table_arn", data))
        : clusters(data, stack);
  }

  private static boolean isBackedUp(Resource data, Resources stack) {
    return !isTable(data) || data.isOn("stream_enabled");
  }

  private static boolean isSelected(Resource data, Resources stack) {
    return plans(data, stack).findAny().isPresent();
  }

  /** Those of selections that name it. */
  private static Stream<Resource> plans(Resource data, Resources stack) {
    return stack
        .naming("aws_backup_selection", "resources", data)
        .filter(selection -> selection.has("iam_role_arn"))
        .flatMap(selection -> stack.named(selection, "plan_id").stream());
  }

  private static boolean hasInstances(Resource cluster, Resources stack) {
    return stack
        .naming("aws_rds_cluster_instance", "cluster_identifier", cluster)
        .findAny()
        .isPresent();
  }

  private static Stream<JsonNode> rules(Resource plan) {
    return plan.at("rule").valueStream();
  }

  private static boolean isDaily(JsonNode rule) {
    return Schedule.isDaily(rule.path("schedule").asText())
        && isKept(rule)
        && rule.path("copy_action").valueStream().anyMatch(RecoveryRules::isKept);
  }

  private static boolean isKept(JsonNode point) {
    JsonNode days = point.path("lifecycle").path("delete_after");
    return days.isMissingNode() || days.asInt() >= BACKUP_DAYS;
  }

  private static boolean isElsewhere(Resource one, Resource other) {
    return !one.text("provider").equals(other.text("provider"));
  }

  private static boolean hasOther(Resource record, Resources stack) {
    String type = record.text("failover_routing_policy.type");
    String wanted = type.equals("PRIMARY") ? "SECONDARY" : "PRIMARY";
    return stack
        .ofType("aws_route53_record")
        .filter(it -> it.text("name").equals(record.text("name")))
        .filter(it -> it.text("type").equals(record.text("type")))
        .anyMatch(it -> it.text("failover_routing_policy.type").equals(wanted));
  }
}
