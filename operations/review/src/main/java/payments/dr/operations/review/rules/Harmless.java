package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Knows the updates that cause neither loss nor downtime. An unknown update is not harmless. */
final class Harmless {

  private static final Set<String> ANYWHERE =
      Set.of("comment", "description", "tag", "tags", "tags_all", "timeouts");

  /** Harmless when they grow: more is kept, or more can be had. */
  private static final Set<String> WHEN_RAISED =
      Set.of(
          "backup_retention_period",
          "deletion_window_in_days",
          "max_retention_days",
          "max_size",
          "min_retention_days",
          "recovery_window_in_days",
          "retention_in_days");

  private Harmless() {}

  /** Whether an update changes nothing but harmless attributes. */
  static boolean is(ResourceChange change) {
    return change.action() == Action.UPDATE
        && (change.is(ResourceTypes.OBSERVATION) || others(change).isEmpty());
  }

  /** The changed attributes that are not harmless. */
  static Set<String> others(ResourceChange change) {
    Set<String> others = new TreeSet<>(change.changedAttributes());
    others.removeAll(ANYWHERE);
    others.removeIf(attribute -> isRaised(change, attribute));
    others.removeIf(attribute -> isLongerExpiration(change, attribute));
    others.removeIf(attribute -> isLongerBackup(change, attribute));
    return others;
  }

  private static boolean isRaised(ResourceChange change, String attribute) {
    JsonNode after = change.after(attribute);
    return WHEN_RAISED.contains(attribute)
        && after.isNumber()
        && after.asLong() > change.before(attribute).asLong();
  }

  /** A lifecycle rule of a bucket in which only days grow. */
  private static boolean isLongerExpiration(ResourceChange change, String attribute) {
    return change.is("aws_s3_bucket_lifecycle_configuration")
        && attribute.equals("rule")
        && onlyNumbersGrow(change.before(attribute), change.after(attribute));
  }

  /** A backup plan in which only days grow; its version is AWS's count of changes. */
  private static boolean isLongerBackup(ResourceChange change, String attribute) {
    return change.is("aws_backup_plan")
        && (attribute.equals("version")
            || attribute.equals("rule") && BackupChanges.onlyDaysGrow(change));
  }

  static boolean onlyNumbersGrow(JsonNode before, JsonNode after) {
    if (before.isNumber() && after.isNumber()) {
      return after.asLong() >= before.asLong();
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        if (!onlyNumbersGrow(before.get(i), after.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> keys = new TreeSet<>();
      before.fieldNames().forEachRemaining(keys::add);
      after.fieldNames().forEachRemaining(keys::add);
      return keys.stream().allMatch(key -> onlyNumbersGrow(before.path(key), after.path(key)));
    }
    return before.equals(after);
  }
}
