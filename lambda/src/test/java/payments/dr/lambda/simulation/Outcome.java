package payments.dr.lambda.simulation;

import java.util.Map;
import java.util.Set;
import payments.dr.lambda.model.Phase;

/**
 * What became of one scenario.
 *
 * @param violations by invariant, the first of each
 * @param promotionsHome by the primary Region's controller
 * @param splitSeconds in which both Regions committed payments after the controller promoted
 * @param splitSecondsByHand the same after a human promoted without it
 * @param loss of the automatic failover, in seconds of payments; -1: there was none
 * @param longestOutage in seconds
 * @param routesReturned how often a DR Region that had come back was led to, because of its latch
 * @param reached what the DR Region's controller came to say and do
 */
record Outcome(
    Scenario scenario,
    Map<String, String> violations,
    Phase phase,
    int promotions,
    int promotionsHome,
    int splitSeconds,
    int splitSecondsByHand,
    int loss,
    int longestOutage,
    int routesLost,
    int routesReturned,
    long ticks,
    int crashes,
    int freezes,
    Set<String> reached,
    String story) {

  /** The whole story, for a reader. */
  String told() {
    return "%s %s %d: faults %s, mode %s%n%s%n        ends in %s, longest outage %d s, %s"
        .formatted(
            scenario.kind(),
            scenario.grade(),
            scenario.seed(),
            scenario.faults(),
            scenario.policy().mode(),
            story,
            phase,
            longestOutage,
            violations.isEmpty() ? "no invariant broken" : "broken: " + violations);
  }

  String seedText() {
    return scenario.kind() + " " + scenario.grade() + " " + scenario.seed() + " " + violations;
  }
}
