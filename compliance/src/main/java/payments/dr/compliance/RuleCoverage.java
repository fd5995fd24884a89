package payments.dr.compliance;

import java.util.List;

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
}
