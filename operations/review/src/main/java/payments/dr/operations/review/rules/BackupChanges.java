package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.first;
import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.isEmpty;
import static payments.dr.operations.review.rules.Values.isOn;
import static payments.dr.operations.review.rules.Values.turnedOff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import payments.dr.compliance.Schedule;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Compares the rules of a backup plan by their names: AWS returns them in any order. */
final class BackupChanges {

  /** As AWS Backup counts: null and 0 mean that recovery points live for ever. */
  private static final long FOR_EVER = Long.MAX_VALUE;

  private BackupChanges() {}

  static Optional<String> stopped(ResourceChange change) {
    return switch (change.type()) {
      case "aws_backup_plan" ->
          change.action() == Action.DELETE
              ? Optional.of("is deleted")
              : first(notDaily(change), anyRule(change, BackupChanges::ended));
      case "aws_backup_selection" -> narrowed(change);
      case "aws_backup_region_settings" -> optedOut(change);
      case "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment" ->
          found(
              change.action() == Action.DELETE && change.name().contains("_backup-plan_role_"),
              () -> "the service may no longer make backups");
      default -> Optional.empty();
    };
  }

  /** Days for which the oldest recovery point is kept, before and after; all of them for ever. */
  static Optional<Lowered> retention(ResourceChange change) {
    if (!change.is("aws_backup_plan")
        || !change.alters()
        || anyRule(change, BackupChanges::shortened).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Lowered("recovery points are kept shorter", longest(change.after("rule"))));
  }

  private static long longest(JsonNode rules) {
    return StreamSupport.stream(rules.spliterator(), false)
        .mapToLong(rule -> days(rule.at("/lifecycle/0")))
        .max()
        .orElse(0);
  }

  /** The hourly rule may go where a daily one stays. */
  private static Optional<String> notDaily(ResourceChange change) {
    return found(
        change.alters() && isDaily(change.before("rule")) && !isDaily(change.after("rule")),
        () ->
            "nothing is backed up each day and kept for %d days any more"
                .formatted(Lowered.SHORTEST_DAYS));
  }

  private static boolean isDaily(JsonNode rules) {
    return StreamSupport.stream(rules.spliterator(), false)
        .anyMatch(
            rule ->
                Schedule.isDaily(rule.path("schedule").asText())
                    && days(rule.at("/lifecycle/0")) >= Lowered.SHORTEST_DAYS);
  }

  private static Optional<String> ended(JsonNode before, JsonNode after) {
    if (after == null) {
      return Optional.empty();
    }
    if (after.path("copy_action").size() < before.path("copy_action").size()) {
      return Optional.of("a rule copies to no other Region any more");
    }
    return found(
        isOn(before.path("enable_continuous_backup"))
            && !isOn(after.path("enable_continuous_backup")),
        () -> "continuous backup is switched off");
  }

  private static Optional<String> narrowed(ResourceChange change) {
    if (change.action() == Action.DELETE) {
      return Optional.of("fewer resources are backed up");
    }
    return found(
        change.alters()
            && (!change.isUnknown("resources")
                    && lacks(change.before("resources"), change.after("resources"))
                || lacks(change.after("not_resources"), change.before("not_resources"))
                || isAdded(change, "condition")
                || isAdded(change, "selection_tag")),
        () -> "fewer resources are backed up");
  }

  /** What AWS fills in is known after apply, and no condition of the plan's. */
  private static boolean isAdded(ResourceChange change, String block) {
    return !change.isUnknown(block)
        && !isEmpty(change.after(block))
        && !Direction.REORDERED.holds(change.before(block), change.after(block));
  }

  private static Optional<String> shortened(JsonNode before, JsonNode after) {
    if (after == null) {
      return Optional.empty();
    }
    if (days(after.at("/lifecycle/0")) < days(before.at("/lifecycle/0"))) {
      return Optional.of("recovery points are kept shorter");
    }
    for (int i = 0; i < before.path("copy_action").size(); i++) {
      String lifecycle = "/copy_action/" + i + "/lifecycle/0";
      if (days(after.at(lifecycle)) < days(before.at(lifecycle))) {
        return Optional.of("copies of recovery points are kept shorter");
      }
    }
    return Optional.empty();
  }

  private static long days(JsonNode lifecycle) {
    long days = lifecycle.path("delete_after").asLong();
    return days == 0 ? FOR_EVER : days;
  }

  private static Optional<String> anyRule(
      ResourceChange change, BiFunction<JsonNode, JsonNode, Optional<String>> compare) {
    if (!change.alters()) {
      return Optional.empty();
    }
    Map<String, JsonNode> after = byName(change.after("rule"));
    return byName(change.before("rule")).entrySet().stream()
        .flatMap(rule -> compare.apply(rule.getValue(), after.get(rule.getKey())).stream())
        .findFirst();
  }

  private static Map<String, JsonNode> byName(JsonNode rules) {
    return StreamSupport.stream(rules.spliterator(), false)
        .collect(
            Collectors.toMap(
                rule -> rule.path("rule_name").asText(), rule -> rule, (one, other) -> one));
  }

  private static boolean lacks(JsonNode wanted, JsonNode there) {
    for (JsonNode resource : wanted) {
      boolean kept = StreamSupport.stream(there.spliterator(), false).anyMatch(resource::equals);
      if (!kept) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> optedOut(ResourceChange change) {
    String attribute = "resource_type_opt_in_preference";
    return change.before(attribute).properties().stream()
        .flatMap(type -> turnedOff(change, "/" + attribute + "/" + type.getKey()).stream())
        .findFirst();
  }
}
