package payments.dr.lambda.rules;

import java.time.Duration;
import java.util.Optional;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Decision;

/** The rules while the primary Region is the one that serves, or should. */
final class Watching {

  private Watching() {}

  static Decision steady(Situation s) {
    if (s.settledIn(Site.DR)) {
      return s.policy().mode() == Mode.OBSERVE
          ? s.stay("OBSERVE: would route to the DR Region, which writes")
          : follow(s.with(open(s, Promotion.FAILOVER, Authority.MACHINE)));
    }
    if (s.ordered(Order.Kind.FORCE)) {
      return onOrder(s, open(s, Promotion.FAILOVER, Authority.HUMAN));
    }
    if (s.ordered(Order.Kind.SWITCHOVER)) {
      return switchover(s);
    }
    if (s.quorumDown()) {
      return s.with(open(s, Promotion.FAILOVER, Authority.MACHINE))
          .go(Phase.SUSPECT, "EXTERNAL is DOWN, and so is PEER or REPLICATION");
    }
    return s.stay();
  }

  static Decision suspect(Situation s) {
    if (mayFollow(s)) {
      return follow(s);
    }
    if (s.ordered(Order.Kind.FORCE)) {
      return onOrder(s, decidedBy(s, Authority.HUMAN));
    }
    if (!s.quorumDown()) {
      return s.go(Phase.STEADY, "the quorum is gone before it was confirmed");
    }
    if (!s.atLeast(s.policy().confirm())) {
      return s.stay();
    }
    Optional<Vetoes.Veto> veto = Vetoes.on(s);
    if (s.policy().mode() == Mode.OBSERVE) {
      return s.stay("OBSERVE: would " + (veto.isEmpty() ? "promote" : "ask"));
    }
    if (veto.isEmpty()) {
      // Not known would have been a veto.
      long loss = Vetoes.estimatedLoss(s).orElseThrow().toSeconds();
      return Promoting.prepare(s, "confirmed; estimated loss " + loss + " s");
    }
    Duration patience = s.policy().confirm().plus(s.policy().patience());
    return veto.get().known() || s.atLeast(patience)
        ? s.go(Phase.AWAITING_APPROVAL, veto.get().why())
        : s.stay();
  }

  static Decision awaitingApproval(Situation s) {
    if (mayFollow(s)) {
      return follow(s);
    }
    if (s.ordered(Order.Kind.APPROVE) || s.ordered(Order.Kind.FORCE)) {
      return onOrder(s, decidedBy(s, Authority.HUMAN));
    }
    if (s.externalUp()) {
      return s.go(Phase.STEADY, "the primary Region recovered while a human was asked");
    }
    return s.stay();
  }

  private static Decision switchover(Situation s) {
    if (!s.externalUp()) {
      return s.refuse("EXTERNAL must be UP, got " + s.seen().external());
    }
    return s.versionsDiffer()
        ? s.refuse(s.seen().database().versions().difference())
        : onOrder(s, open(s, Promotion.SWITCHOVER, Authority.HUMAN));
  }

  private static Decision onOrder(Situation s, State accepted) {
    return s.drReady()
        ? Promoting.prepare(s.with(accepted.took(s.order())), s.order().text())
        : s.refuse("the DR Region must be ready, got " + s.seen().readiness());
  }

  /** Somebody moved the writer by hand; the route follows it. */
  private static boolean mayFollow(Situation s) {
    return s.settledIn(Site.DR) && s.policy().mode() != Mode.OBSERVE;
  }

  private static Decision follow(Situation s) {
    return TrafficRouting.toDr(s, "the DR Region writes already: the route follows the writer");
  }

  private static State open(Situation s, Promotion promotion, Authority authority) {
    return s.state().with(s.openIncident(Site.PRIMARY, promotion, authority));
  }

  private static State decidedBy(Situation s, Authority authority) {
    return s.state().with(s.state().incident().decidedBy(authority));
  }
}
