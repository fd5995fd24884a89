package payments.dr.lambda.simulation;

import java.util.Map;
import java.util.Set;
import payments.dr.lambda.model.Phase;

/**
 * What became of one scenario.
 *
 * @param violations by invariant, the first of each
 * @param splitSeconds in which both Regions committed payments after the controller promoted
 * @param splitSecondsByHand the same after a human promoted without it
 * @param loss of the automatic failover, in seconds of payments; -1: there was none
 * @param longestOutage in seconds
 * @param reached what the controller came to say and do
 */
record Outcome(
    Scenario scenario,
    Map<String, String> violations,
    Phase phase,
    int promotions,
    int splitSeconds,
    int splitSecondsByHand,
    int loss,
    int longestOutage,
    int routesLost,
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
