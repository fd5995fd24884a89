package payments.dr.compliance;

import java.util.List;
import java.util.Optional;

/**
 * How an environment keeps one rule.
 *
 * @param resources how many it looked at
 * @param violations those that nothing excuses
 * @param excused those that an exception excuses
 */
public record RuleCoverage(
    Rule rule, int resources, List<Violation> violations, List<Violation> excused) {

  public Status status() {
    if (!violations.isEmpty()) {
      return Status.BROKEN;
    }
    if (resources == 0) {
      return Status.NONE;
    }
    return excused.isEmpty() ? Status.COVERED : Status.PARTLY;
  }

  /** Why it does not cover what it answers to; empty where it does, and where it is broken. */
  Optional<String> reason() {
    return switch (status()) {
      case NONE ->
          Optional.of(
              rule.scope() == Scope.ALWAYS
                  ? rule.id() + " finds nothing to look at"
                  : rule.id() + " holds " + rule.scope().words());
      case PARTLY -> Optional.of(rule.id() + " has exceptions");
      case COVERED, OPEN, ACCEPTED, BROKEN -> Optional.empty();
    };
  }
}
