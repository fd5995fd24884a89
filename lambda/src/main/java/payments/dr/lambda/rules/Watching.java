package payments.dr.lambda.rules;

import java.time.Duration;
import java.util.Optional;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.model.Suspicion;
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
      return onOrder(s, open(s, Promotion.FAILOVER, Authority.FORCED));
    }
    if (s.ordered(Order.Kind.SWITCHOVER)) {
      return switchover(s);
    }
    if (s.quorumDown()) {
      return s.with(open(s, Promotion.FAILOVER, Authority.MACHINE))
          .go(Phase.SUSPECT, "EXTERNAL is DOWN, and so is PEER or REPLICATION");
    }
    return onlyCheckersSayDown(s) ? questioned(s) : s.stay();
  }

  static Decision suspect(Situation s) {
    if (mayFollow(s)) {
      return follow(s);
    }
    if (s.ordered(Order.Kind.FORCE)) {
      return onOrder(s, decidedBy(s, Authority.FORCED));
    }
    if (s.externalUp() || !s.quorumDown() && s.state().incident().suspicion().held().isZero()) {
      return s.go(Phase.STEADY, "the quorum is gone before it was confirmed");
    }
    if (!s.confirmed()) {
      return onlyCheckersSayDown(s) ? ask(s, unconfirmed(s)) : s.stay();
    }
    Optional<Vetoes.Veto> veto = Vetoes.on(s);
    if (s.policy().mode() == Mode.OBSERVE) {
      return s.stay("OBSERVE: would " + (veto.isEmpty() ? "promote" : "ask"));
    }
    if (veto.isEmpty()) {
      return failOver(s);
    }
    Duration patience = s.policy().confirm().plus(s.policy().patience());
    return veto.get().mayPass() && !s.atLeast(patience) ? s.stay() : ask(s, veto.get().why());
  }

  static Decision awaitingApproval(Situation s) {
    if (mayFollow(s)) {
      return follow(s);
    }
    if (s.ordered(Order.Kind.APPROVE) || s.ordered(Order.Kind.FORCE)) {
      boolean insists = s.ordered(Order.Kind.FORCE);
      return onOrder(s, decidedBy(s, insists ? Authority.FORCED : Authority.HUMAN));
    }
    if (s.externalUp()) {
      return s.go(Phase.STEADY, "the primary Region recovered while a human was asked");
    }
    if (!mayGoOn(s)) {
      return s.stay();
    }
    return s.state().incident().authority().human()
        ? Promoting.prepare(s, "what a human decided can begin now")
        : failOver(s);
  }

  /**
   * A later look may answer what a human was asked. But what AWS was asked for in vain, and what
   * was asked in a cool-down, is a human's. A human who decided already, while the move could not
   * begin, is not asked again as long as an order is valid.
   */
  private static boolean mayGoOn(Situation s) {
    Incident incident = s.state().incident();
    if (!incident.asking().fresh() || !s.confirmed()) {
      return false;
    }
    if (incident.authority().human()) {
      boolean valid = !s.longerThan(Order.VALID);
      return valid && !s.versionsDiffer() && Vetoes.passing(s.seen()).isEmpty();
    }
    return s.policy().mode() == Mode.AUTO
        && !s.state().coolDownUntil().isAfter(incident.suspectedAt())
        && Vetoes.on(s).isEmpty();
  }

  private static Decision failOver(Situation s) {
    // Not known would have been a veto.
    long loss = Vetoes.estimatedLoss(s).orElseThrow().toSeconds();
    return Promoting.prepare(s, "confirmed; estimated loss " + loss + " s");
  }

  private static boolean onlyCheckersSayDown(Situation s) {
    return s.downForTooLong() && !s.quorumDown() && !s.coolingDown();
  }

  private static Decision questioned(Situation s) {
    if (s.policy().mode() == Mode.OBSERVE) {
      return s.stay("OBSERVE: would ask");
    }
    Incident incident = s.openIncident(Site.PRIMARY, Promotion.FAILOVER, Authority.MACHINE);
    return ask(s.with(s.state().with(incident.weighed(Suspicion.none(s.now())))), unconfirmed(s));
  }

  private static Decision ask(Situation s, String why) {
    return s.policy().mode() == Mode.OBSERVE
        ? s.stay("OBSERVE: would ask")
        : s.go(Phase.AWAITING_APPROVAL, why);
  }

  private static String unconfirmed(Situation s) {
    return "EXTERNAL has been DOWN for "
        + s.policy().askAfter().toSeconds()
        + " s, and no other signal confirms it; got PEER "
        + s.seen().peer()
        + ", REPLICATION "
        + s.replication();
  }

  private static Decision switchover(Situation s) {
    if (!s.externalUp()) {
      return s.refuse("EXTERNAL must be UP, got " + s.seen().external());
    }
    Observation.Database database = s.seen().database();
    if (!s.settledIn(Site.PRIMARY)) {
      return s.refuse(
          "the primary Region must write and be at rest, got %s, %s"
              .formatted(database.writer(), database.activity()));
    }
    return s.versionsDiffer()
        ? s.refuse(database.versions().difference())
        : onOrder(s, open(s, Promotion.SWITCHOVER, Authority.HUMAN));
  }

  private static Decision onOrder(Situation s, State accepted) {
    Health readiness = s.seen().readiness();
    // Where nobody sees the DR Region, only a human who insists goes there.
    return readiness == Health.UP || readiness == Health.UNKNOWN && s.ordered(Order.Kind.FORCE)
        ? Promoting.prepare(s.with(accepted.took(s.order())), s.order().text())
        : s.refuse("the DR Region must be ready, got " + readiness);
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
