package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** The rules while the writer is on its way to the DR Region or back. */
final class Promoting {

  private Promoting() {}

  /** Starts with an attempt, so that the cap never ends before the first one. */
  static Decision prepare(Situation s, String why) {
    Incident incident = s.state().incident().of(s.seen().generation()).attempted();
    return s.with(s.state().with(incident)).go(Phase.PREPARING, why, new Act.Prepare(incident));
  }

  static Decision preparing(Situation s) {
    Incident incident = s.state().incident();
    boolean machine = incident.authority() == Authority.MACHINE;
    if (machine && s.externalUp()) {
      return s.close("the primary Region recovered before the writer moved");
    }
    if (s.settledIn(Site.DR)) {
      return TrafficRouting.toDr(s, "the DR Region writes already: the route follows the writer");
    }
    if (s.writes(Site.UNKNOWN)) {
      return s.stay();
    }
    if (s.seen().lease() instanceof LeaseReading.Unread) {
      return again(s);
    }
    if (s.seen().lease() instanceof LeaseReading.Registered lease) {
      // Observation to run out is not enough: until it is taken, its holder may renew it.
      boolean over = s.now().isAfter(lease.until().plus(s.policy().leaseMargin()));
      if (!lease.taken() || !over) {
        return again(s);
      }
      Duration loss = provenLoss(s, lease.until());
      if (machine && loss.compareTo(s.policy().lossTarget()) > 0) {
        return s.go(
            Phase.AWAITING_APPROVAL,
            "proven bound of the loss must be at most "
                + s.policy().lossTarget().toSeconds()
                + " s, got "
                + loss.toSeconds()
                + " s");
      }
    }
    return incident.attempts() > 0 && s.atLeast(s.policy().prepareCap())
        ? promoting(s.with(s.state().enter(Phase.PROMOTING, s.now(), "prepared")))
        : again(s);
  }

  static Decision promoting(Situation s) {
    if (s.settledIn(Site.DR)) {
      return TrafficRouting.toDr(s, "the DR Region writes");
    }
    if (s.longerThan(s.policy().promotionTimeout())) {
      return s.go(Phase.HALTED, "the promotion took too long");
    }
    return s.settledIn(Site.PRIMARY) ? s.stay(new Act.PromoteDr(s.state().incident())) : s.stay();
  }

  static Decision failingBack(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(s, "the primary Region writes");
    }
    if (s.longerThan(s.policy().promotionTimeout())) {
      return s.writes(Site.DR)
          ? s.go(Phase.FAILED_OVER, "the fail-back took too long; the DR Region still writes")
          : s.go(Phase.HALTED, "the fail-back took too long");
    }
    return s.settledIn(Site.DR) ? s.stay(new Act.PromotePrimary(s.state().incident())) : s.stay();
  }

  static Decision halted(Situation s) {
    if (!s.ordered(Order.Kind.RESUME)) {
      return s.stay();
    }
    Situation resumed =
        s.with(s.state().took(s.order()).coolUntil(s.now().plus(s.policy().coolDown())));
    return s.writes(Site.DR)
        ? TrafficRouting.toDr(resumed, s.order().text())
        : resumed.go(Phase.STEADY, s.order().text());
  }

  private static Decision again(Situation s) {
    Incident incident = s.state().incident().attempted();
    return new Decision(s.state().with(incident), new Act.Prepare(incident));
  }

  private static Duration provenLoss(Situation s, Instant leaseUntil) {
    return Duration.between(s.state().memory().lastReplicatedAt(), leaseUntil);
  }
}
