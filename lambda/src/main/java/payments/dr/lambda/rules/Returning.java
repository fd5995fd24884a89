package payments.dr.lambda.rules;

import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/**
 * The rules of the primary Region's controller. It starts nothing by itself: it takes the writer
 * home without the DR Region, when that one is lost while it serves, and a human says so.
 */
final class Returning {

  private Returning() {}

  static Decision decide(Situation s) {
    return switch (s.state().phase()) {
      case PREPARING -> preparing(s);
      case FAILING_BACK -> failingBack(s);
      case UNROUTING -> unrouting(s);
      case HALTED -> halted(s);
      default -> steady(s);
    };
  }

  private static Decision steady(Situation s) {
    if (!s.ordered(Order.Kind.FORCE)) {
      return s.stay();
    }
    if (movedHomeUnnoticed(s)) {
      return TrafficRouting.toPrimary(s.with(s.state().took(s.order())), s.order().text());
    }
    if (s.settledIn(Site.PRIMARY) && !s.leased()) {
      State taken = s.state().took(s.order()).because(s.order().text());
      return new Decision(taken, new Act.Force(taken.incident()));
    }
    if (!s.settledIn(Site.DR)) {
      Observation.Database database = s.seen().database();
      return s.refuse(
          "the DR Region must write and be at rest, got %s, %s"
              .formatted(database.writer(), database.activity()));
    }
    Incident incident = s.openIncident(Site.DR, Promotion.FAILOVER, Authority.FORCED);
    Situation taken = s.with(s.state().with(incident).took(s.order()));
    return stopped(s)
        ? forcePrimary(taken, s.order().text())
        : taken.go(Phase.PREPARING, s.order().text(), new Act.Unfence());
  }

  /** Whether the DR Region stopped, as far as there is a lease that could prove it. */
  private static boolean stopped(Situation s) {
    return s.seen().lease() instanceof LeaseReading.Unproven || Promoting.proven(s);
  }

  private static Decision forcePrimary(Situation s, String why) {
    Situation asked = s.asking();
    return asked.go(Phase.FAILING_BACK, why, new Act.ForcePrimary(asked.state().incident()));
  }

  /** The lease comes home before the writer does; it may be forced to where it is not to be had. */
  private static Decision preparing(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(s, "the primary Region writes");
    }
    boolean forced = s.seen().lease() instanceof LeaseReading.Registered held && held.forced();
    if (stopped(s) || forced) {
      return forcePrimary(s, "prepared");
    }
    if (s.longerThan(s.policy().giveUpAfter())) {
      return s.close("given up before the writer moved: the lease must be taken");
    }
    return s.stay(Promoting.mustForce(s) ? new Act.Force(s.state().incident()) : new Act.Unfence());
  }

  /**
   * After a move that was given up, or by hand: the latch still holds customers in DR, or the fence
   * of the move before keeps the primary Region from writing.
   */
  private static boolean movedHomeUnnoticed(Situation s) {
    Observation.Traffic traffic = s.seen().traffic();
    boolean held = traffic.anyCopySeen() || s.leased() && s.seen().lease().fenced();
    return s.settledIn(Site.PRIMARY) && held && !traffic.paymentCommits();
  }

  private static Decision failingBack(Situation s) {
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(s, "the primary Region writes");
    }
    if (s.settledIn(Site.DR)) {
      return Promoting.ask(s, false, Act.ForcePrimary::new, Returning::leave);
    }
    return s.longerThan(s.policy().promotionTimeout())
        ? s.go(Phase.HALTED, "the way home took too long")
        : TrafficRouting.aheadToPrimary(s);
  }

  /** Customers who were sent ahead of a writer that stayed go back to it first. */
  private static Decision leave(Situation s, String why) {
    return s.seen().traffic().unlatchedAnywhere() ? s.stay(new Act.Latch()) : s.close(why);
  }

  /** A copy that cannot be seen is in a dark Region, where no checker sees it either. */
  private static Decision unrouting(Situation s) {
    if (s.settledIn(Site.DR)) {
      return s.close("the DR Region writes again: its own controller routes");
    }
    Observation.Traffic traffic = s.seen().traffic();
    boolean copySeen = traffic.anyCopySeen();
    if (!copySeen && traffic.answers() == Site.PRIMARY) {
      Situation served = traffic.cleared() ? s : TrafficRouting.unheld(s);
      return served.close("closed: the primary Region serves");
    }
    return copySeen && s.writes(Site.PRIMARY) ? s.stay(new Act.Unlatch()) : s.stay();
  }

  /**
   * Takes away the latch of a DR Region that comes back, before Route 53's checkers make customers
   * of it: that Region does not write, and its own controller may start a minute later. A payment
   * that it commits says otherwise: the data may have moved to another generation since.
   */
  static Decision liftLeftOverLatch(Situation s, Decision decision) {
    Observation.Traffic traffic = s.seen().traffic();
    return TrafficRouting.leftOver(s, decision)
            && traffic.anyCopySeen()
            && !traffic.paymentCommits()
        ? new Decision(decision.next(), new Act.Unroute())
        : decision;
  }

  private static Decision halted(Situation s) {
    boolean resumed = s.ordered(Order.Kind.RESUME);
    Situation next = resumed ? s.with(s.state().took(s.order())) : s;
    String why = resumed ? s.order().text() : Promoting.AT_REST;
    if (s.settledIn(Site.PRIMARY)) {
      return TrafficRouting.toPrimary(next, why);
    }
    if (resumed && s.seen().database().activity() == Activity.BUSY) {
      return s.refuse("the writer must be at rest, got " + s.seen().database().writer() + ", BUSY");
    }
    boolean stays = s.settledIn(Site.DR) && s.nothingAsked();
    if (stays) {
      return leave(next, why);
    }
    return resumed
        ? TrafficRouting.unheld(next)
            .go(Phase.STEADY, why + "; nobody sees the writer, so the latch is left as it is")
        : s.stay();
  }
}
