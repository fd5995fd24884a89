package payments.dr.lambda.rules;

import java.time.Duration;
import java.util.Optional;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** The rules for customers' traffic: it follows the writer, in both directions. */
final class TrafficRouting {

  private static final String MOVED_BACK =
      "the primary Region writes: the route follows the writer";

  /** Ten probes of the slow checks, 10 s apart, 5 s until the checkers agree, and as much again. */
  static final Duration HOLD_LAPSES = Duration.ofSeconds(110);

  /** Three looks: what goes later is forgotten later than {@link #HOLD_LAPSES} reckons with. */
  private static final Duration LOOSENED_WITHIN = Duration.ofSeconds(15);

  private TrafficRouting() {}

  static Decision toDr(Situation s, String why) {
    State followed = s.state().with(s.state().memory().followed());
    return s.with(followed).go(Phase.ROUTING, why, held(s).act());
  }

  /**
   * Leaves a move whose latch may stand, though nobody sees it: once the writer is seen at rest in
   * the primary Region, the latch is taken away there.
   */
  static Situation unheld(Situation s) {
    return s.with(s.state().with(s.state().memory().turned(s.now())));
  }

  /**
   * Whether a copy of the latch that is there is the controller's own to take away: customers were
   * sent ahead of a writer that stayed, or came home before every copy was gone. A latch that a
   * human put stays where it is.
   */
  static boolean leftOver(Situation s, Decision decision) {
    return decision.next().phase().wantsNoFence()
        && decision.act() instanceof Act.Nothing
        && decision.next().memory().routeIsAhead()
        && s.settledIn(Site.PRIMARY)
        && s.nothingAsked();
  }

  /**
   * Customers leave while the writer is on its way: it takes longer than they do. Only when RDS has
   * begun to move it: an old Region that fails is left for good then, and one that is well takes no
   * more writes until the move is over.
   */
  static Decision ahead(Situation s) {
    boolean missing = !s.seen().traffic().noCopyMissing();
    if (s.seen().database().movingTo() != Site.DR
        || !missing && !s.state().memory().routeIsAhead()) {
      return s.stay();
    }
    return missing ? unheld(s).stay(new Act.Latch()) : unheld(s).stay();
  }

  /** The same on the way back. */
  static Decision aheadToPrimary(Situation s) {
    return s.seen().database().movingTo() == Site.PRIMARY && s.seen().traffic().anyCopySeen()
        ? s.stay(new Act.Unroute())
        : s.stay();
  }

  static Decision toPrimary(Situation s, String why) {
    return s.go(Phase.UNROUTING, why, new Act.Unlatch());
  }

  static Decision routing(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return toPrimary(s, MOVED_BACK);
    }
    if (s.ordered(Order.Kind.FORCE) && !s.leased()) {
      return force(s);
    }
    return s.seen().traffic().latched() ? s.go(Phase.VERIFYING, "latched") : hold(s);
  }

  static Decision verifying(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return toPrimary(s, MOVED_BACK);
    }
    if (s.seen().traffic().answers() == Site.DR && s.seen().traffic().paymentCommits()) {
      Decision done = s.go(Phase.FAILED_OVER, "DNS answers DR and a test payment was committed");
      return new Decision(done.next().coolUntil(s.now().plus(s.policy().coolDown())), done.act());
    }
    return s.ordered(Order.Kind.FORCE) && !s.leased() ? force(s) : hold(s);
  }

  static Decision failedOver(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return toPrimary(s, MOVED_BACK);
    }
    if (s.ordered(Order.Kind.FAILBACK)) {
      return failback(s);
    }
    return s.ordered(Order.Kind.FORCE) && !s.leased() ? force(s) : hold(s);
  }

  static Decision unrouting(Situation s) {
    if (s.settledIn(Site.DR)) {
      return toDr(s, "the DR Region writes again: the route follows the writer");
    }
    if (s.seen().traffic().cleared()) {
      return s.seen().traffic().answers() == Site.PRIMARY
          ? s.close("closed: the primary Region serves")
          : s.stay();
    }
    return s.writes(Site.PRIMARY) ? s.stay(new Act.Unlatch()) : s.stay();
  }

  /**
   * Latch and lease are levels, not edges: whatever removed a copy, it is put again, and a lease
   * that a writer who was moved by hand did not bring along is taken.
   */
  static Decision hold(Situation s) {
    return s.writes(Site.DR) ? held(s) : s.stay();
  }

  private static Decision held(Situation s) {
    if (s.seen().lease() instanceof LeaseReading.Registered && !s.leased()) {
      return s.stay(new Act.Follow(s.state().incident()));
    }
    boolean leaving = s.seen().database().movingTo() == Site.PRIMARY;
    return leaving || s.seen().traffic().noCopyMissing() ? s.stay() : s.stay(new Act.Latch());
  }

  /** The DR Region writes, and lost two registers: it stops unless a human insists. */
  private static Decision force(Situation s) {
    State taken = s.state().took(s.order()).because(s.order().text());
    return new Decision(taken, new Act.Force(taken.incident()));
  }

  private static Decision failback(Situation s) {
    Optional<String> obstacle = obstacle(s);
    if (obstacle.isPresent()) {
      return s.refuse(obstacle.get());
    }
    State accepted = s.state().with(s.state().incident().returning(s.now())).took(s.order());
    return s.with(accepted).go(Phase.LOOSENING, s.order().text(), new Act.Loosen());
  }

  /** A human changed their mind before RDS was asked: a pause does not keep them from it. */
  static Decision abort(Situation s) {
    return s.with(s.state().took(s.order())).go(Phase.FAILED_OVER, s.order().text());
  }

  /**
   * The way back begins once the slow checks have forgotten the route. Until then the latch alone
   * keeps it, which nothing may take away while the DR Region writes.
   */
  static Decision loosening(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return toPrimary(s, MOVED_BACK);
    }
    boolean lease = s.seen().lease() instanceof LeaseReading.Registered && !s.leased();
    if (lease || s.seen().traffic().unlatchedAnywhere()) {
      return s.go(Phase.FAILED_OVER, "the writer stays: latch and lease must stand in DR");
    }
    if (s.longerThan(Order.VALID)) {
      return s.go(
          Phase.FAILED_OVER,
          "the writer stays: ordered more than " + Order.VALID.toMinutes() + " minutes ago");
    }
    if (s.longerThan(LOOSENED_WITHIN) && s.seen().traffic().held()) {
      return s.go(
          Phase.FAILED_OVER,
          "the writer stays: what holds the latch must be gone from both buckets within "
              + LOOSENED_WITHIN.toSeconds()
              + " s");
    }
    if (!s.atLeast(HOLD_LAPSES)) {
      boolean held = s.writes(Site.DR) && !s.seen().traffic().loosened();
      return held ? s.stay(new Act.Loosen()) : s.stay();
    }
    return obstacle(s)
        .map(why -> s.go(Phase.FAILED_OVER, "the writer stays: " + why))
        .orElseGet(
            () ->
                Promoting.failingBack(
                    s.with(s.state().enter(Phase.FAILING_BACK, s.now(), "the route can turn"))));
  }

  /** What forbids to move the writer back. */
  private static Optional<String> obstacle(Situation s) {
    Observation.Database database = s.seen().database();
    Duration lag = database.replicaLag();
    Duration stable = s.state().memory().stableFor(s.now());
    if (!s.settledIn(Site.DR) || !database.otherIsReplica()) {
      return Optional.of("the DR Region must write and the primary one follow as its replica");
    }
    if (s.versionsDiffer()) {
      return Optional.of(database.versions().difference());
    }
    if (lag == null || lag.compareTo(s.policy().failbackLag()) > 0) {
      return Optional.of(
          "the replica's lag must be at most "
              + s.policy().failbackLag().toMillis()
              + " ms, got "
              + (lag == null ? "none" : lag.toMillis() + " ms"));
    }
    if (stable.compareTo(s.policy().stableBeforeFailback()) < 0) {
      return Optional.of(
          "EXTERNAL must be UP for "
              + s.policy().stableBeforeFailback().toSeconds()
              + " s, got "
              + stable.toSeconds()
              + " s");
    }
    return Optional.empty();
  }
}
