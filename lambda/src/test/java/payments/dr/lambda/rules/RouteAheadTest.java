package payments.dr.lambda.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.lambda.rules.Observations.DOWN;
import static payments.dr.lambda.rules.Observations.NOW;
import static payments.dr.lambda.rules.Observations.TO_DR;
import static payments.dr.lambda.rules.Observations.TO_PRIMARY;
import static payments.dr.lambda.rules.Observations.WELL;
import static payments.dr.lambda.rules.Observations.database;
import static payments.dr.lambda.rules.Observations.with;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Memory;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** Customers leave while the writer is on its way, and come back where it stays. */
class RouteAheadTest {

  private static final Observation BEGUN =
      with(DOWN, database(Site.PRIMARY, Activity.BUSY).movingTo(Site.DR));
  private static final Observation PENDING = with(DOWN, database(Site.PRIMARY, Activity.BUSY));
  private static final Observation STAYS = with(DOWN, TO_DR);

  @Test
  void customers_leave_once_rds_has_begun_the_failover() {
    Decision decision = decide(promoting(Promotion.FAILOVER), BEGUN);

    assertEquals(Phase.PROMOTING, decision.next().phase());
    assertInstanceOf(Act.Latch.class, decision.act());
    assertEquals(NOW, decision.next().memory().turnedAt());
  }

  @Test
  void what_is_pending_may_still_be_refused() {
    Decision decision = decide(promoting(Promotion.FAILOVER), PENDING);

    assertInstanceOf(Act.Nothing.class, decision.act());
    assertFalse(decision.next().memory().routeIsAhead());
  }

  /** Neither Region takes writes while it moves, so that nothing is taken from anybody. */
  @Test
  void customers_of_a_planned_move_leave_once_rds_has_begun_it() {
    Decision decision = decide(promoting(Promotion.SWITCHOVER), BEGUN);

    assertInstanceOf(Act.Latch.class, decision.act());
    assertTrue(decision.next().memory().routeIsAhead());
    assertInstanceOf(Act.Nothing.class, decide(promoting(Promotion.SWITCHOVER), PENDING).act());
  }

  @Test
  void planned_move_that_rds_gave_up_is_not_asked_for_again() {
    Incident asked = incident(Promotion.SWITCHOVER).with(Asking.NONE.asked(NOW.minusSeconds(50)));
    State state = state(Phase.PROMOTING).with(asked).with(turned(NOW.minusSeconds(40)));

    Decision decision = decide(state, STAYS);

    assertEquals(Phase.STEADY, decision.next().phase());
    assertEquals(
        "the writer stays: RDS gave it up, and the primary Region serves", decision.next().why());
    assertInstanceOf(Act.Unlatch.class, decision.act());
  }

  @Test
  void latch_that_is_there_is_not_put_again() {
    assertInstanceOf(
        Act.Nothing.class, decide(promoting(Promotion.FAILOVER), with(BEGUN, TO_DR)).act());
    Observation.Traffic dark =
        new Observation.Traffic(Presence.UNKNOWN, Presence.PRESENT, Site.DR, false);
    assertInstanceOf(
        Act.Nothing.class, decide(promoting(Promotion.FAILOVER), with(BEGUN, dark)).act());
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "SUSPECT", "AWAITING_APPROVAL"})
  void customers_who_left_for_a_writer_that_stayed_come_back(Phase phase) {
    assertInstanceOf(Act.Unlatch.class, decide(ahead(phase), STAYS).act());
    assertInstanceOf(
        Act.Nothing.class, decide(ahead(phase), STAYS, true).act(), "a human paused it");
    assertFalse(
        decide(ahead(phase).with(turned(Instant.EPOCH)), STAYS).act() instanceof Act.Unlatch,
        "a human put the latch");
    Observation unseen = with(STAYS, database(Site.UNKNOWN, Activity.UNKNOWN));
    assertFalse(
        decide(ahead(phase), unseen).act() instanceof Act.Unlatch, "nobody sees the writer");
    Incident asked = incident(Promotion.FAILOVER).with(Asking.NONE.asked(NOW.minusSeconds(29)));
    assertFalse(
        decide(ahead(phase).with(asked), STAYS).act() instanceof Act.Unlatch, "it may still move");
  }

  @Test
  void latch_is_the_controllers_own_until_it_holds_the_route_or_both_copies_are_gone() {
    Memory ahead = turned(NOW.minusSeconds(31));

    assertTrue(ahead.after(STAYS, NOW).routeIsAhead());
    assertFalse(ahead.after(with(DOWN, TO_PRIMARY), NOW).routeIsAhead());
    assertTrue(
        turned(NOW.minusSeconds(30)).after(with(DOWN, TO_PRIMARY), NOW).routeIsAhead(),
        "a slow tick may still put it");
    Observation writesThere = Observations.dr(DOWN, TO_DR);
    assertTrue(ahead.after(writesThere, NOW).routeIsAhead(), "the writer may go back unnoticed");
    Decision held = decide(ahead(Phase.PROMOTING), writesThere);
    assertEquals(Phase.ROUTING, held.next().phase());
    assertFalse(held.next().memory().routeIsAhead());
  }

  @Test
  void writer_that_went_there_and_back_in_a_pause_takes_customers_back() {
    State paused =
        decide(ahead(Phase.AWAITING_APPROVAL), Observations.dr(DOWN, TO_DR), true).next();

    assertInstanceOf(Act.Unlatch.class, decide(paused, STAYS).act());
  }

  @Test
  void latch_that_a_halted_move_may_have_left_is_the_controllers_own() {
    Observation unseen = with(STAYS, database(Site.UNKNOWN, Activity.UNKNOWN));
    Order resume = new Order("1", Order.Kind.RESUME, "go on", "alice", NOW);

    Decision resumed =
        new FailoverDecider(Policy.recommended("test", Mode.AUTO), Site.DR)
            .decide(state(Phase.HALTED), unseen, new ControlState(false, resume), NOW);

    assertEquals(Phase.STEADY, resumed.next().phase());
    assertInstanceOf(Act.Unlatch.class, decide(resumed.next(), STAYS).act());

    Observation.Traffic half =
        new Observation.Traffic(Presence.UNKNOWN, Presence.ABSENT, Site.DR, false);
    Decision left = decide(state(Phase.HALTED), with(STAYS, half));

    assertEquals(Phase.AWAITING_APPROVAL, left.next().phase());
    assertInstanceOf(Act.Unlatch.class, decide(left.next(), STAYS).act(), "it is seen again");
  }

  /** What an earlier move turned says nothing of the call that was just made. */
  @Test
  void route_that_was_ahead_before_this_move_does_not_end_it() {
    Incident asked = incident(Promotion.FAILOVER).with(Asking.NONE.asked(NOW.minusSeconds(5)));
    State before = promoting(Promotion.FAILOVER).with(asked).with(turned(NOW.minusSeconds(61)));

    assertInstanceOf(Act.PromoteDr.class, decide(before, with(WELL, TO_DR)).act());

    Memory anew = decide(before, with(BEGUN, TO_DR)).next().memory();
    assertEquals(NOW, anew.turnedAt());
  }

  @Test
  void halted_move_that_came_to_nothing_asks_a_human_and_does_not_wait_for_a_dark_region() {
    Decision decision = decide(ahead(Phase.HALTED), STAYS);

    assertEquals(Phase.AWAITING_APPROVAL, decision.next().phase());
    assertInstanceOf(Act.Unlatch.class, decision.act());
  }

  /** Else they would wait before a Region that does not write while theirs does. */
  @Test
  void cancelled_failover_is_not_asked_for_again_where_the_primary_region_serves() {
    Incident cancelled = incident(Promotion.FAILOVER).with(Asking.NONE.asked(NOW.minusSeconds(60)));
    State state = promoting(Promotion.FAILOVER).with(cancelled);
    Observation serves = with(WELL, TO_DR);

    Decision ahead = decide(state.with(turned(NOW.minusSeconds(60))), serves);

    assertEquals(Phase.AWAITING_APPROVAL, ahead.next().phase());
    assertInstanceOf(Act.Unlatch.class, ahead.act());
    assertEquals(
        "the writer stays: RDS gave it up, and the primary Region serves", ahead.next().why());
    assertInstanceOf(Act.PromoteDr.class, decide(state, serves).act(), "nobody was sent ahead");
    assertInstanceOf(
        Act.PromoteDr.class,
        decide(state.with(turned(NOW.minusSeconds(60))), STAYS).act(),
        "it does not serve");
  }

  @Test
  void copy_in_a_dark_region_is_not_asked_for_again_and_again() {
    Observation.Traffic dark =
        new Observation.Traffic(Presence.UNKNOWN, Presence.ABSENT, Site.PRIMARY, false);
    Observation.Traffic unread =
        new Observation.Traffic(Presence.UNKNOWN, Presence.UNKNOWN, Site.DR, false);

    assertFalse(decide(ahead(Phase.STEADY), with(DOWN, dark)).act() instanceof Act.Unlatch);
    assertTrue(decide(ahead(Phase.STEADY), with(DOWN, dark)).next().memory().routeIsAhead());
    assertInstanceOf(Act.Unlatch.class, decide(ahead(Phase.STEADY), with(DOWN, unread)).act());
  }

  private static Decision decide(State state, Observation seen) {
    return decide(state, seen, false);
  }

  private static Decision decide(State state, Observation seen, boolean paused) {
    return new FailoverDecider(Policy.recommended("test", Mode.AUTO), Site.DR)
        .decide(state, seen, new ControlState(paused, null), NOW);
  }

  private static State promoting(Promotion promotion) {
    return state(Phase.PROMOTING).with(incident(promotion));
  }

  private static State ahead(Phase phase) {
    return state(phase).with(turned(NOW.minusSeconds(40)));
  }

  private static Memory turned(Instant turnedAt) {
    return new Memory(
        NOW.minusSeconds(30),
        NOW.minus(Duration.ofHours(1)),
        Instant.EPOCH,
        NOW.minusSeconds(30),
        turnedAt);
  }

  /** In a cool-down, so that nothing new begins. */
  private static State state(Phase phase) {
    return new State(
        7,
        phase,
        NOW.minusSeconds(60),
        incident(Promotion.FAILOVER),
        turned(Instant.EPOCH),
        NOW.plusSeconds(60),
        "",
        "before");
  }

  private static Incident incident(Promotion promotion) {
    return Incident.open(
        "test", "v1", Site.PRIMARY, 7, promotion, Authority.MACHINE, NOW.minusSeconds(60));
  }
}
