package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;

/** What forbids the machine, though not a human, to fail over. */
final class Vetoes {

  private Vetoes() {}

  /**
   * @param known false when a look merely failed: the next one may see better
   */
  record Veto(String why, boolean known) {}

  static Optional<Veto> on(Situation situation) {
    Policy policy = situation.policy();
    Observation seen = situation.seen();
    if (seen.readiness() == Health.DOWN) {
      return veto("the DR Region is not ready");
    }
    if (situation.versionsDiffer()) {
      return veto(seen.database().versions().difference());
    }
    if (situation.now().isBefore(situation.state().coolDownUntil())) {
      return veto("cool-down until " + situation.state().coolDownUntil());
    }
    Optional<Duration> loss = estimatedLoss(situation);
    if (loss.map(known -> known.compareTo(policy.lossGuard()) > 0).orElse(true)) {
      return veto(
          "estimated loss must be at most "
              + policy.lossGuard().toSeconds()
              + " s, got "
              + loss.map(known -> known.toSeconds() + " s")
                  .orElse("not known: nothing was ever seen to be replicated"));
    }
    // Nobody pays there yet, or the controller is new: no failover would bring payments back.
    if (situation.state().memory().lastUpAt().equals(Instant.EPOCH)) {
      return veto("the primary Region was never seen to serve");
    }
    if (seen.database().activity() == Activity.BUSY) {
      return veto("a database operation is under way");
    }
    if (policy.mode() == Mode.APPROVAL) {
      return veto("mode APPROVAL always asks");
    }
    if (seen.readiness() == Health.UNKNOWN
        || seen.database().activity() == Activity.UNKNOWN
        || seen.database().writer() == Site.UNKNOWN) {
      return Optional.of(new Veto("the DR Region or the database was not seen", false));
    }
    return Optional.empty();
  }

  static Optional<Duration> estimatedLoss(Situation situation) {
    return situation.state().estimatedLoss(situation.policy().shortestDetection());
  }

  private static Optional<Veto> veto(String why) {
    return Optional.of(new Veto(why, true));
  }
}
