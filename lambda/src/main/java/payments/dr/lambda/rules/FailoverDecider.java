package payments.dr.lambda.rules;

import java.time.Instant;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/**
 * Decides whether and how the writer moves between the Regions.
 *
 * <p>One stands in each Region. The DR Region's decides on everything but its own loss, which it
 * would not survive: then the primary Region's, otherwise idle, takes the writer home by order.
 *
 * <p>Two rules stand above the phases' own: ABORT and PAUSE come first, and a fence or a latch that
 * a move left and no phase wants is lifted.
 */
public final class FailoverDecider implements Decider {

  private final Policy policy;
  private final Rules rules;
  private final LeftOvers leftOvers;

  /** What a Region's controller makes of a situation in which no human stops it. */
  private interface Rules {
    Decision apply(Situation situation);
  }

  /** What a Region's controller adds to a decision that leaves the outside as it is. */
  private interface LeftOvers {
    Decision lift(Situation situation, Decision decision);
  }

  /**
   * Makes the decider of one Region's controller.
   *
   * @param standsIn the Region whose controller decides
   * @throws IllegalArgumentException for no Region
   */
  public FailoverDecider(Policy policy, Site standsIn) {
    this.policy = policy;
    this.rules =
        switch (standsIn) {
          case DR -> FailoverDecider::inDr;
          case PRIMARY -> Returning::decide;
          case UNKNOWN -> throw new IllegalArgumentException("controller must stand in a Region");
        };
    this.leftOvers =
        standsIn == Site.DR ? FailoverDecider::liftLeftOvers : Returning::liftLeftOverLatch;
  }

  @Override
  public Decision decide(State state, Observation seen, ControlState control, Instant now) {
    State remembering = state.with(state.memory().after(seen, now));
    Order order = untaken(control.order(), state);
    Order valid = order == null || order.expired(now) ? null : order;
    Situation found = new Situation(policy, remembering, seen, valid, now);
    Situation situation = state.phase().doubtsPrimary() ? found.weighed() : found;
    Decision heeded = heedingHumans(situation, control.paused());
    Decision lifted = control.paused() ? heeded : leftOvers.lift(situation, heeded);
    Decision decision = takeOrder(order, situation, lifted);
    return new Decision(decision.next().next(), decision.act());
  }

  private Decision heedingHumans(Situation s, boolean paused) {
    if (s.ordered(Order.Kind.ABORT)) {
      if (s.state().phase().abortable()) {
        return s.with(s.state().took(s.order())).close(s.order().text());
      }
      if (s.state().phase() == Phase.PROMOTING) {
        return s.settledIn(Site.PRIMARY)
            ? Promoting.abort(s)
            : s.refuse("the writer must be seen at rest in the primary Region");
      }
      if (s.state().phase() == Phase.LOOSENING && !s.settledIn(Site.PRIMARY)) {
        return TrafficRouting.abort(s);
      }
    }
    if (paused) {
      return s.order() == null ? s.stay() : s.refuse("paused");
    }
    return rules.apply(s);
  }

  private static Decision inDr(Situation s) {
    return switch (s.state().phase()) {
      case STEADY -> Watching.steady(s);
      case SUSPECT -> Watching.suspect(s);
      case AWAITING_APPROVAL -> Watching.awaitingApproval(s);
      case PREPARING -> Promoting.preparing(s);
      case PROMOTING -> Promoting.promoting(s);
      case ROUTING -> TrafficRouting.routing(s);
      case VERIFYING -> TrafficRouting.verifying(s);
      case FAILED_OVER -> TrafficRouting.failedOver(s);
      case LOOSENING -> TrafficRouting.loosening(s);
      case FAILING_BACK -> Promoting.failingBack(s);
      case UNROUTING -> TrafficRouting.unrouting(s);
      case HALTED -> Promoting.halted(s);
    };
  }

  /** An order that no rule took is refused now, rather than kept for a surprise. */
  private static Decision takeOrder(Order order, Situation s, Decision decision) {
    if (order == null || decision.next().lastOrder().equals(order.id())) {
      return decision;
    }
    String unfit =
        order.expired(s.now())
            ? "ordered more than " + Order.VALID.toMinutes() + " minutes ago"
            : "no order for " + s.state().phase();
    String refused = order.kind() + " refused: " + unfit;
    boolean moved = decision.next().phase() != s.state().phase();
    String why = moved ? decision.next().why() + "; " + refused : refused;
    return new Decision(decision.next().took(order).because(why), decision.act());
  }

  private static Decision liftLeftOvers(Situation s, Decision decision) {
    return TrafficRouting.leftOver(s, decision) && anyCopyLeft(s.seen().traffic())
        ? new Decision(decision.next(), new Act.Unlatch())
        : liftLeftOverFence(s, decision);
  }

  /** One in a dark Region waits until that is back. */
  private static boolean anyCopyLeft(Observation.Traffic traffic) {
    return traffic.anyCopySeen() || traffic.drLatch() == Presence.UNKNOWN;
  }

  /**
   * Else the fence itself, which fails the deep probe, would look like an outage. It falls where
   * the writer is seen at rest in the primary Region, and where nobody sees it but the controller
   * put the fence and AWS took no call to move the writer. A payment that the DR Region commits
   * says that a human moved it.
   */
  private static Decision liftLeftOverFence(Situation s, Decision decision) {
    Incident incident = decision.next().incident();
    boolean home = s.settledIn(Site.PRIMARY) && incident.asking().over(s.now());
    boolean ownAlone = incident.attempts() > 0 && !incident.asking().unseen();
    boolean unseen = s.writes(Site.UNKNOWN) && !s.seen().traffic().paymentCommits();
    boolean leftOver =
        decision.next().phase().wantsNoFence()
            && decision.act() instanceof Act.Nothing
            && s.seen().lease().fenced()
            && (home || unseen && ownAlone);
    return leftOver ? new Decision(decision.next(), new Act.Unfence()) : decision;
  }

  private static Order untaken(Order order, State state) {
    return order == null || order.id().equals(state.lastOrder()) ? null : order;
  }
}
