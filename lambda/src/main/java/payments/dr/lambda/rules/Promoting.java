package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** The rules while the writer is on its way to the DR Region or back. */
final class Promoting {

  static final String AT_REST = "the writer is at rest: the route follows it";

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
    Optional<String> obstacle = obstacle(s);
    if (obstacle.isPresent()) {
      return s.longerThan(s.policy().prepareLimit())
          // Nothing was asked to move yet, so that the fence may fall whoever is seen to write.
          ? s.giveUp("given up before the writer moved: " + obstacle.get(), new Act.Unfence())
          : s.writes(Site.UNKNOWN) ? s.stay() : again(s);
    }
    if (s.seen().lease() instanceof LeaseReading.Registered lease) {
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

  /** What forbids to promote yet. */
  private static Optional<String> obstacle(Situation s) {
    if (s.writes(Site.UNKNOWN)) {
      return Optional.of("nobody saw which Region writes");
    }
    if (s.seen().lease() instanceof LeaseReading.Unread) {
      return Optional.of("the writer's lease could not be read");
    }
    if (s.seen().lease() instanceof LeaseReading.Registered lease) {
      // To see it run out is not enough: until it is taken, its holder may renew it.
      boolean over = s.now().isAfter(lease.until().plus(s.policy().leaseMargin()));
      return lease.taken() && over
          ? Optional.empty()
          : Optional.of("the writer's lease could not be taken, or has not run out");
    }
    return Optional.empty();
  }

  static Decision promoting(Situation s) {
    if (s.settledIn(Site.DR)) {
      return TrafficRouting.toDr(s, "the DR Region writes");
    }
    if (s.settledIn(Site.PRIMARY)) {
      return notTaken(s, s.state().incident().promotion() == Promotion.SWITCHOVER)
          .map(why -> s.giveUp(why, new Act.Nothing()))
          .orElseGet(() -> s.stay(new Act.PromoteDr(s.state().incident())));
    }
    return s.longerThan(s.policy().promotionTimeout())
        ? s.go(Phase.HALTED, "the promotion took too long")
        : s.stay();
  }

  static Decision failingBack(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(s, "the primary Region writes");
    }
    if (s.settledIn(Site.DR)) {
      return notTaken(s, true)
          .map(why -> s.go(Phase.FAILED_OVER, why))
          .orElseGet(() -> s.stay(new Act.PromotePrimary(s.state().incident())));
    }
    if (s.longerThan(s.policy().promotionTimeout())) {
      return s.writes(Site.DR)
          ? s.go(Phase.FAILED_OVER, "the fail-back took too long; the DR Region still writes")
          : s.go(Phase.HALTED, "the fail-back took too long");
    }
    return s.stay();
  }

  /**
   * Says why a move that is seen not to have begun is over; empty while it is tried again. A
   * planned move keeps payments away from a Region that could serve, and is not worth that. A
   * failover has nothing to go back to, and is tried for longer, unless AWS refuses it for good.
   */
  static Optional<String> notTaken(Situation s, boolean planned) {
    String refusal = s.state().incident().refusal();
    if (!refusal.isEmpty() && (planned || s.longerThan(s.policy().patience()))) {
      return Optional.of("the writer stays: " + refusal);
    }
    Duration limit = planned ? s.policy().patience() : s.policy().promotionTimeout();
    return s.longerThan(limit)
        ? Optional.of("the writer stays: RDS began no move within " + limit.toSeconds() + " s")
        : Optional.empty();
  }

  /** The route goes where the writer came to rest, and a human may say so before. */
  static Decision halted(Situation s) {
    boolean resumed = s.ordered(Order.Kind.RESUME);
    Situation next =
        resumed
            ? s.with(s.state().took(s.order()).coolUntil(s.now().plus(s.policy().coolDown())))
            : s;
    String why = resumed ? s.order().text() : AT_REST;
    if (s.settledIn(Site.DR) || resumed && s.writes(Site.DR)) {
      return TrafficRouting.toDr(next, why);
    }
    if (s.settledIn(Site.PRIMARY) || resumed && s.writes(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(next, why);
    }
    return resumed ? next.go(Phase.STEADY, why) : s.stay();
  }

  private static Decision again(Situation s) {
    Incident incident = s.state().incident().attempted();
    return new Decision(s.state().with(incident), new Act.Prepare(incident));
  }

  private static Duration provenLoss(Situation s, Instant leaseUntil) {
    return Duration.between(s.state().memory().lastReplicatedAt(), leaseUntil);
  }
}
