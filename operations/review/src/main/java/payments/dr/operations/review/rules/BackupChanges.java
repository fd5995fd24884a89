package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.isOn;
import static payments.dr.operations.review.rules.Values.turnedOff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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
              : anyRule(change, BackupChanges::ended);
      case "aws_backup_selection" ->
          found(
              change.action() == Action.DELETE
                  || change.alters()
                      && !change.isUnknown("resources")
                      && lacks(change.before("resources"), change.after("resources")),
              () -> "fewer resources are backed up");
      case "aws_backup_region_settings" -> optedOut(change);
      default -> Optional.empty();
    };
  }

  static Optional<String> retentionLowered(ResourceChange change) {
    return change.is("aws_backup_plan")
        ? anyRule(change, BackupChanges::shortened)
        : Optional.empty();
  }

  /** Whether every rule is still there, and differs in nothing but longer retention. */
  static boolean onlyDaysGrow(ResourceChange change) {
    Map<String, JsonNode> before = byName(change.before("rule"));
    Map<String, JsonNode> after = byName(change.after("rule"));
    return before.keySet().equals(after.keySet())
        && before.entrySet().stream()
            .allMatch(rule -> Harmless.onlyNumbersGrow(rule.getValue(), after.get(rule.getKey())));
  }

  private static Optional<String> ended(JsonNode before, JsonNode after) {
    if (after == null) {
      return Optional.of("a rule is removed");
    }
    if (after.path("copy_action").size() < before.path("copy_action").size()) {
      return Optional.of("a rule copies to no other Region any more");
    }
    return found(
        isOn(before.path("enable_continuous_backup"))
            && !isOn(after.path("enable_continuous_backup")),
        () -> "continuous backup is switched off");
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

  private static boolean lacks(JsonNode before, JsonNode after) {
    for (JsonNode resource : before) {
      boolean kept = StreamSupport.stream(after.spliterator(), false).anyMatch(resource::equals);
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
