package payments.dr.operations.review.rules;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.AlarmActions;
import payments.dr.operations.review.plan.ResourceChange;

/** Knows the changes that need nobody's approval. An unknown change is not harmless. */
final class Harmless {

  private Harmless() {}

  /** Whether an update changes nothing but harmless attributes. */
  static boolean is(ResourceChange change) {
    return change.action() == Action.UPDATE && others(change).isEmpty();
  }

  /** The changed attributes that are not harmless. */
  static Set<String> others(ResourceChange change) {
    Set<String> others = new TreeSet<>(change.differing());
    others.removeIf(attribute -> isHarmless(change, attribute));
    return others;
  }

  /** What a change does that is not known to be harmless, in a few words. */
  static Optional<String> exceptFor(Subject subject, ResourceChange change) {
    return switch (change.action()) {
      case UPDATE -> updated(change);
      case CREATE ->
          Values.found(!subject.isNew() && !mayBeCreated(subject, change), () -> "is created");
      case REPLACE, DELETE -> DestroyRules.destroyed(true, change);
      // Told by rules of their own, or nothing happens.
      case FORGET, READ, NO_OP -> Optional.empty();
    };
  }

  private static boolean mayBeCreated(Subject subject, ResourceChange change) {
    return change.is(HarmlessChange.CREATED)
        && AlarmActions.tellOnly(subject.plan().alarmTopics(), change);
  }

  private static Optional<String> updated(ResourceChange change) {
    if (change.differing().isEmpty()) {
      return Optional.of("is updated in something that the plan does not show");
    }
    Set<String> others = others(change);
    return Values.found(!others.isEmpty(), () -> "changes " + String.join(", ", others));
  }

  private static boolean isHarmless(ResourceChange change, String attribute) {
    if (!ResourceTypes.isKnown(change.type())) {
      return false;
    }
    if (attribute.endsWith("_actions")
        && !AlarmActions.tellOnly(AlarmActions.topics(change.before()), change)) {
      return false;
    }
    return HarmlessChange.ALL.stream().anyMatch(row -> row.covers(change, attribute))
        || AlarmThreshold.isTighter(change, attribute)
        || PolicyChange.isHarmless(change, attribute);
  }
}
