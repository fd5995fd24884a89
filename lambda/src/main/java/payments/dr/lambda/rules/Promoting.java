package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
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
    Optional<String> unseen = unseen(s);
    Optional<String> obstacle = unseen.or(() -> unproven(s));
    if (unseen.isEmpty() && mustForce(s)) {
      return s.stay(new Act.Force(incident));
    }
    if (obstacle.isPresent()) {
      return s.longerThan(s.policy().giveUpAfter())
          ? left(s, unseen.isPresent())
              .giveUp("given up before the writer moved: " + obstacle.get())
          : s.writes(Site.UNKNOWN) ? s.stay() : again(s);
    }
    if (s.seen().lease() instanceof LeaseReading.Registered lease && machine) {
      Duration loss = provenLoss(s, lease.until());
      if (loss.compareTo(s.policy().lossTarget()) > 0) {
        String why =
            "proven bound of the loss must be at most "
                + s.policy().lossTarget().toSeconds()
                + " s, got "
                + loss.toSeconds()
                + " s";
        return s.withdrawn(why).go(Phase.AWAITING_APPROVAL, why);
      }
    }
    boolean stopped = proven(s) || planned(s) || s.atLeast(s.policy().prepareCap());
    return incident.attempts() > 0 && stopped
        ? promoting(s.with(s.state().enter(Phase.PROMOTING, s.now(), "prepared")))
        : again(s);
  }

  /** The machine may go on by itself once it sees more, but not where it tried and failed. */
  private static Situation left(Situation s, boolean unseen) {
    return unseen ? s : s.withdrawn("the lease must be taken");
  }

  /** What of the database forbids to promote yet. */
  private static Optional<String> unseen(Situation s) {
    if (s.writes(Site.UNKNOWN)) {
      return Optional.of("nobody saw which Region writes");
    }
    return s.seen().database().activity() == Activity.IDLE
        ? Optional.empty()
        : Optional.of("the database must be at rest, got " + s.seen().database().activity());
  }

  /** What of the lease forbids to promote yet. */
  private static Optional<String> unproven(Situation s) {
    if (s.seen().lease() instanceof LeaseReading.Unread) {
      return Optional.of(Vetoes.LEASE_UNREAD);
    }
    if (s.seen().lease() instanceof LeaseReading.Registered lease) {
      boolean enough = proven(s) || planned(s) && lease.taken() || s.insists() && lease.forced();
      return enough
          ? Optional.empty()
          : Optional.of("the writer's lease could not be taken, or has not run out");
    }
    return Optional.empty();
  }

  /** Then Aurora itself stops the old writer before the new one takes writes. */
  private static boolean planned(Situation s) {
    return s.state().incident().promotion() == Promotion.SWITCHOVER;
  }

  /** Whether the other Region is known to have stopped. */
  static boolean proven(Situation s) {
    return s.seen().lease() instanceof LeaseReading.Registered lease
        && lease.proves(s.now(), s.policy().leaseMargin());
  }

  /** Whether a human insists, and two registers were not to be had in the time for it. */
  static boolean mustForce(Situation s) {
    return s.insists() && !s.leased() && s.atLeast(s.policy().prepareCap());
  }

  static Decision promoting(Situation s) {
    if (s.settledIn(Site.DR)) {
      return TrafficRouting.toDr(s, "the DR Region writes");
    }
    if (s.settledIn(Site.PRIMARY)) {
      return ask(s, planned(s), Act.PromoteDr::new, Situation::giveUp);
    }
    return s.longerThan(s.policy().promotionTimeout())
        ? s.go(Phase.HALTED, "the promotion took too long")
        : TrafficRouting.ahead(s);
  }

  /** Asks AWS no more; the writer stays unless a call of before moves it. */
  static Decision abort(Situation s) {
    String why = s.order().text();
    State stopped =
        s.state().took(s.order()).because(why).coolUntil(s.now().plus(s.policy().coolDown()));
    Situation aborted = s.with(stopped).aborted(why);
    return aborted.nothingAsked() ? aborted.giveUp(why) : aborted.stay();
  }

  static Decision failingBack(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(s, "the primary Region writes");
    }
    if (s.settledIn(Site.DR)) {
      boolean cancelled = s.seen().traffic().unlatchedAnywhere();
      Situation wanted = cancelled ? s.withdrawn("RDS gave it up, and the DR Region serves") : s;
      Decision asked =
          ask(
              wanted,
              true,
              Act.PromotePrimary::new,
              (over, why) -> over.go(Phase.FAILED_OVER, why));
      // What RDS gave up may have taken the latch away.
      return asked.act() instanceof Act.Nothing
          ? new Decision(asked.next(), TrafficRouting.hold(s).act())
          : asked;
    }
    if (s.longerThan(s.policy().promotionTimeout())) {
      return s.writes(Site.DR)
          ? s.go(Phase.FAILED_OVER, "the fail-back took too long; the DR Region still writes")
          : s.go(Phase.HALTED, "the fail-back took too long");
    }
    return TrafficRouting.aheadToPrimary(s);
  }

  /**
   * Asks AWS to move a writer that is seen at rest where it was, until that is not worth it any
   * more; then waits until no call can move it, and goes back.
   *
   * @param back where to, and why
   */
  static Decision ask(
      Situation s,
      boolean planned,
      Function<Incident, Act> move,
      BiFunction<Situation, String, Decision> back) {
    Situation wanted = enough(s, planned).map(s::withdrawn).orElse(s);
    Asking asking = wanted.state().incident().asking();
    if (!asking.isWithdrawn()) {
      Situation asked = wanted.asking();
      return asked.stay(move.apply(asked.state().incident()));
    }
    return wanted.nothingAsked()
        ? back.apply(wanted, "the writer stays: " + asking.withdrawn())
        : wanted.stay();
  }

  /**
   * Says why AWS was asked often enough. A planned move keeps payments away from a Region that
   * could serve, and is not worth that. A failover has nothing to go back to, and is tried for
   * longer; most of all one that a human decided.
   */
  private static Optional<String> enough(Situation s, boolean planned) {
    Asking asking = s.state().incident().asking();
    boolean machine = s.state().incident().authority() == Authority.MACHINE;
    boolean late = machine && s.longerThan(s.policy().giveUpAfter());
    boolean turned = !s.state().memory().turnedAt().isBefore(s.state().since());
    if (turned && (planned || s.externalUp())) {
      return Optional.of("RDS gave it up, and the primary Region serves");
    }
    if (asking.allRefused() && (planned || late)) {
      return Optional.of(asking.refusal());
    }
    Duration limit = planned ? s.policy().patience() : s.policy().promotionTimeout();
    return s.longerThan(limit)
        ? Optional.of("RDS did not move it within " + limit.toSeconds() + " s")
        : Optional.empty();
  }

  /** The route goes where the writer came to rest. A human may say so while nobody sees it. */
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
    if (s.settledIn(Site.PRIMARY) && s.nothingAsked()) {
      Observation.Traffic traffic = s.seen().traffic();
      boolean ahead = s.state().memory().routeIsAhead();
      // On the way back the latch went while the writer moved.
      boolean moved = traffic.anyCopySeen() || planned(s);
      if (moved && !ahead || resumed) {
        return TrafficRouting.toPrimary(next, why);
      }
      // To clear a latch in a Region that is dark would take until it is back.
      return ahead || traffic.drLatch() == Presence.ABSENT
          ? TrafficRouting.unheld(next).withdrawn("the promotion took too long").giveUp(why)
          : s.stay();
    }
    if (resumed && s.settledIn(Site.PRIMARY)) {
      return s.refuse("AWS was asked to move the writer less than 30 s ago");
    }
    if (resumed && s.seen().database().activity() == Activity.BUSY) {
      return s.refuse("the writer must be at rest, got " + s.seen().database().writer() + ", BUSY");
    }
    return resumed ? TrafficRouting.unheld(next).go(Phase.STEADY, why) : s.stay();
  }

  private static Decision again(Situation s) {
    Incident incident = s.state().incident().attempted();
    return new Decision(s.state().with(incident), new Act.Prepare(incident));
  }

  static Duration provenLoss(Situation s, Instant leaseUntil) {
    return Duration.between(s.state().memory().lastReplicatedAt(), leaseUntil);
  }
}
