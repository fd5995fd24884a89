package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/**
 * One tick's inputs together, with the words that the rules are written in.
 *
 * @param order the order that no earlier tick took; null: none
 */
record Situation(Policy policy, State state, Observation seen, Order order, Instant now) {

  /**
   * What the signals together say of the primary Region. For DOWN two independent ones must agree,
   * and the checkers must be one of them. A deep probe that the DR Region just saw succeed says the
   * opposite, whatever else is silent.
   */
  Health primary() {
    if (externalUp() || seen.peer() == Health.UP) {
      return Health.UP;
    }
    boolean second = seen.peer() == Health.DOWN || replication() == Health.DOWN;
    return seen.external() == Health.DOWN && second ? Health.DOWN : Health.UNKNOWN;
  }

  boolean quorumDown() {
    return primary() == Health.DOWN;
  }

  boolean externalUp() {
    return seen.external() == Health.UP;
  }

  /**
   * Says something of the primary Region only while that is where heartbeats come from. Other
   * writes that arrive are no vote: a Region whose customers are away may go on writing.
   */
  Health replication() {
    Instant heartbeat = seen.database().heartbeatBy(now);
    if (heartbeat == null || seen.database().writer() != Site.PRIMARY) {
      return Health.UNKNOWN;
    }
    boolean silent = Duration.between(heartbeat, now).compareTo(policy.heartbeatSilence()) > 0;
    return silent ? Health.DOWN : Health.UP;
  }

  boolean writes(Site site) {
    return seen.database().writer() == site;
  }

  boolean settledIn(Site site) {
    return seen.database().settledIn(site);
  }

  /** Then Aurora moves no writer. */
  boolean versionsDiffer() {
    return seen.database().versions().differ();
  }

  /** Returns whether the lease is this Region's, where there is one; a forced one is. */
  boolean leased() {
    LeaseReading lease = seen.lease();
    return lease instanceof LeaseReading.Unproven
        || lease instanceof LeaseReading.Registered held && (held.taken() || held.forced());
  }

  /** Returns whether a human said that both Regions may write rather than neither. */
  boolean insists() {
    return state.incident().authority() == Authority.FORCED;
  }

  boolean ordered(Order.Kind kind) {
    return order != null && order.kind() == kind;
  }

  boolean longerThan(Duration limit) {
    return Duration.between(state.since(), now).compareTo(limit) > 0;
  }

  boolean atLeast(Duration limit) {
    return Duration.between(state.since(), now).compareTo(limit) >= 0;
  }

  /** This situation with its look counted in the incident's suspicion. */
  Situation weighed() {
    Incident incident = state.incident();
    return with(
        state.with(incident.weighed(incident.suspicion().after(primary(), now, policy.confirm()))));
  }

  /** Returns whether the quorum has held for long enough, and still does. */
  boolean confirmed() {
    Duration held = state.incident().suspicion().held();
    return quorumDown() && held.compareTo(policy.confirm()) >= 0;
  }

  boolean coolingDown() {
    return now.isBefore(state.coolDownUntil());
  }

  /** Returns whether customers have been away for so long that a human must know. */
  boolean downForTooLong() {
    return seen.external() == Health.DOWN
        && state.memory().downFor(now).compareTo(policy.askAfter()) >= 0;
  }

  Decision stay() {
    return new Decision(state, new Act.Nothing());
  }

  /** Stays, and leaves a reason that must not change from tick to tick: each is an audit row. */
  Decision stay(String why) {
    return new Decision(state.because(why), new Act.Nothing());
  }

  Decision stay(Act act) {
    return new Decision(state, act);
  }

  Decision go(Phase phase, String why) {
    return new Decision(state.enter(phase, now, why), new Act.Nothing());
  }

  Decision go(Phase phase, String why, Act act) {
    return new Decision(state.enter(phase, now, why), act);
  }

  /** Back where the machine must not start anew for a while. */
  Decision close(String why) {
    State next = state.enter(Phase.STEADY, now, why).coolUntil(now.plus(policy.coolDown()));
    return new Decision(next, new Act.Nothing());
  }

  /**
   * Back to the primary Region from a move that did not begin. A planned one is over, and so is one
   * that a human aborted; for another failover a human is asked. Looks at a fenced Region say
   * nothing of its health, and count no more.
   */
  Decision giveUp(String why) {
    Incident incident = state.incident();
    Asking asking = incident.asking();
    boolean over = incident.promotion() == Promotion.SWITCHOVER || asking.aborted();
    Incident left = incident.weighed(incident.suspicion().unconfirmed());
    return with(state.with(mayAskAgain() ? left.with(Asking.NONE) : left))
        .go(over ? Phase.STEADY : Phase.AWAITING_APPROVAL, why);
  }

  /** Where AWS took no call, the machine may try again, for as long as a move may take. */
  private boolean mayAskAgain() {
    Incident incident = state.incident();
    Duration open = Duration.between(incident.suspectedAt(), now);
    return incident.asking().allRefused() && open.compareTo(policy.promotionTimeout()) < 0;
  }

  /** This situation with AWS asked no more to move the writer. */
  Situation withdrawn(String why) {
    return with(state.incident().asking().withdraw(why));
  }

  /** The same, because a human said so. */
  Situation aborted(String why) {
    return with(state.incident().asking().abort(why));
  }

  /** This situation with one more call to AWS noted. */
  Situation asking() {
    return with(state.incident().asking().asked(now));
  }

  private Situation with(Asking changed) {
    return with(state.with(state.incident().with(changed)));
  }

  /** Returns whether no call to move the writer is under way, or may still show. */
  boolean nothingAsked() {
    return state.incident().asking().over(now);
  }

  Decision refuse(String why) {
    String reason = order.kind() + " refused: " + why;
    return new Decision(state.took(order).because(reason), new Act.Nothing());
  }

  Situation with(State changed) {
    return new Situation(policy, changed, seen, order, now);
  }

  /**
   * @param active the Region that is left
   */
  Incident openIncident(Site active, Promotion promotion, Authority authority) {
    Incident opened =
        Incident.open(
            policy.environment(),
            seen.generation(),
            active,
            state.version(),
            promotion,
            authority,
            now);
    // At rest where nothing can move it, the writer says that all before is over.
    return settledIn(Site.PRIMARY) && nothingAsked() ? opened : opened.after(state.incident());
  }
}
