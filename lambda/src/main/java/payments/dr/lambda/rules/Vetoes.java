package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;

/** What forbids the machine, though not a human, to fail over. */
final class Vetoes {

  static final String LEASE_UNREAD =
      "two registers of the writer's lease must answer and know a renewal";

  private Vetoes() {}

  /**
   * @param mayPass whether it may be gone at one of the next looks
   */
  record Veto(String why, boolean mayPass) {}

  static Optional<Veto> on(Situation situation) {
    Policy policy = situation.policy();
    Observation seen = situation.seen();
    if (situation.versionsDiffer()) {
      return veto(seen.database().versions().difference());
    }
    if (situation.coolingDown()) {
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
    Optional<Veto> passing = passing(seen);
    // The human who is asked must know what else speaks against it.
    return policy.mode() == Mode.APPROVAL
        ? veto("mode APPROVAL always asks" + passing.map(it -> "; " + it.why()).orElse(""))
        : passing;
  }

  /** What forbids it for the moment. */
  static Optional<Veto> passing(Observation seen) {
    if (seen.readiness() == Health.DOWN) {
      return Optional.of(new Veto("the DR Region is not ready", true));
    }
    if (seen.database().activity() == Activity.BUSY) {
      return Optional.of(new Veto("a database operation is under way", true));
    }
    if (seen.lease() instanceof LeaseReading.Unread) {
      return Optional.of(new Veto(LEASE_UNREAD, true));
    }
    if (seen.readiness() == Health.UNKNOWN
        || seen.database().activity() == Activity.UNKNOWN
        || seen.database().writer() == Site.UNKNOWN) {
      return Optional.of(new Veto("the DR Region or the database was not seen", true));
    }
    return Optional.empty();
  }

  /** A lease that ran out bounds it: nobody wrote after that. */
  static Optional<Duration> estimatedLoss(Situation situation) {
    Optional<Duration> estimate =
        situation.state().estimatedLoss(situation.policy().shortestDetection());
    return situation.seen().lease() instanceof LeaseReading.Registered lease
            && lease.ranOut(situation.now(), situation.policy().leaseMargin())
        ? estimate.map(loss -> shorter(loss, Promoting.provenLoss(situation, lease.until())))
        : estimate;
  }

  private static Duration shorter(Duration loss, Duration bound) {
    Duration proven = bound.isNegative() ? Duration.ZERO : bound;
    return proven.compareTo(loss) < 0 ? proven : loss;
  }

  private static Optional<Veto> veto(String why) {
    return Optional.of(new Veto(why, false));
  }
}
