package payments.dr.lambda.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.lambda.rules.Observations.DOWN;
import static payments.dr.lambda.rules.Observations.FENCED;
import static payments.dr.lambda.rules.Observations.NOTHING;
import static payments.dr.lambda.rules.Observations.NOW;
import static payments.dr.lambda.rules.Observations.TO_DR;
import static payments.dr.lambda.rules.Observations.TO_PRIMARY;
import static payments.dr.lambda.rules.Observations.WELL;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
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
import payments.dr.lambda.model.Suspicion;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** What the primary Region's controller makes of what it sees. */
class ReturningTest {

  private static final Observation DR_SERVES = Observations.dr(WELL, TO_DR);

  /** The DR Region is dark: its copy of the latch cannot be seen, and no checker sees it. */
  private static final Observation.Traffic HOME =
      new Observation.Traffic(Presence.ABSENT, Presence.UNKNOWN, Site.PRIMARY, false);

  /** It is back, and its latch with it. */
  private static final Observation.Traffic COPY_IS_BACK =
      new Observation.Traffic(Presence.ABSENT, Presence.PRESENT, Site.PRIMARY, false);

  @Test
  void nothing_begins_without_an_order() {
    for (Observation seen :
        new Observation[] {WELL, DOWN, NOTHING, DR_SERVES, Observations.with(WELL, FENCED)}) {
      Decision decision = decide(Phase.STEADY, 0, seen, null);

      assertEquals(Phase.STEADY, decision.next().phase());
      assertEquals(new Act.Nothing(), decision.act());
    }
  }

  @Test
  void force_takes_the_writer_home() {
    Decision decision = decide(Phase.STEADY, 0, DR_SERVES, Order.Kind.FORCE);

    assertEquals(Phase.FAILING_BACK, decision.next().phase());
    assertEquals(new Act.ForcePrimary(decision.next().incident()), decision.act());
    assertEquals("v1", decision.next().incident().generation());
    assertNotEquals(
        Incident.id("test", "v1", Site.PRIMARY, 7),
        decision.next().incident().id(),
        "not the incident that another controller may have opened");
  }

  @Test
  void lease_comes_home_before_the_writer_does() {
    Observation foreign = lease(false, false, 20);
    Decision ordered = decide(Phase.STEADY, 0, foreign, Order.Kind.FORCE);
    assertEquals(Phase.PREPARING, ordered.next().phase());
    assertEquals(new Act.Unfence(), ordered.act());

    assertEquals(new Act.Unfence(), preparing(5, lease(true, false, 20)).act());
    Decision proven = preparing(5, lease(true, false, -6));
    assertEquals(Phase.FAILING_BACK, proven.next().phase());
    assertTrue(proven.act() instanceof Act.ForcePrimary);
  }

  @Test
  void lease_that_is_not_to_be_had_is_forced_home() {
    Observation silent = Observations.with(DR_SERVES, new LeaseReading.Unread());
    assertEquals(new Act.Unfence(), preparing(9, silent).act());
    assertTrue(preparing(10, silent).act() instanceof Act.Force);
    assertEquals(Phase.FAILING_BACK, preparing(15, lease(false, true, 20)).next().phase());
    assertEquals(Phase.STEADY, preparing(61, silent).next().phase());
    assertEquals(
        Phase.UNROUTING,
        preparing(5, Observations.with(WELL, new LeaseReading.Unread())).next().phase());
  }

  @Test
  void human_lets_a_primary_region_write_that_lost_two_registers() {
    Observation alone = Observations.with(WELL, new LeaseReading.Unread());

    Decision forced = decide(Phase.STEADY, 0, alone, Order.Kind.FORCE);

    assertEquals(Phase.STEADY, forced.next().phase());
    assertTrue(forced.act() instanceof Act.Force);
    assertEquals("order-1", forced.next().lastOrder());
  }

  private static Observation lease(boolean taken, boolean forced, int seconds) {
    return Observations.with(
        DR_SERVES, new LeaseReading.Registered(taken, !taken, forced, NOW.plusSeconds(seconds)));
  }

  private static Decision preparing(int seconds, Observation seen) {
    Decision ordered = decide(Phase.STEADY, 0, lease(false, false, 20), Order.Kind.FORCE);
    return controller().decide(ordered.next(), seen, ControlState.NONE, NOW.plusSeconds(seconds));
  }

  @Test
  void force_needs_a_writer_to_take() {
    for (Observation seen : new Observation[] {WELL, NOTHING, moving()}) {
      Decision decision = decide(Phase.STEADY, 0, seen, Order.Kind.FORCE);

      assertEquals(Phase.STEADY, decision.next().phase());
      assertEquals(new Act.Nothing(), decision.act());
      assertTrue(
          decision.next().why().startsWith("FORCE refused: the DR Region must write"),
          decision.next().why());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Order.Kind.class,
      names = {"FORCE"},
      mode = EnumSource.Mode.EXCLUDE)
  void no_other_order_is_taken(Order.Kind kind) {
    Decision decision = decide(Phase.STEADY, 0, DR_SERVES, kind);

    assertEquals(Phase.STEADY, decision.next().phase());
    assertEquals(kind + " refused: no order for STEADY", decision.next().why());
  }

  @Test
  void promotion_is_repeated_until_the_primary_region_writes() {
    Decision again = decide(Phase.FAILING_BACK, 5, DR_SERVES, null);
    assertEquals(new Act.ForcePrimary(again.next().incident()), again.act());

    assertEquals(new Act.Nothing(), decide(Phase.FAILING_BACK, 5, moving(), null).act());

    Decision there = decide(Phase.FAILING_BACK, 10, Observations.with(WELL, TO_DR), null);
    assertEquals(Phase.UNROUTING, there.next().phase());
    assertEquals(new Act.Unlatch(), there.act());
  }

  @Test
  void customers_leave_while_the_writer_comes_home() {
    Observation coming =
        Observations.with(
            Observations.with(WELL, TO_DR),
            Observations.database(Site.DR, Activity.BUSY).movingTo(Site.PRIMARY));
    assertEquals(new Act.Unroute(), decide(Phase.FAILING_BACK, 20, coming, null).act());
    assertEquals(
        new Act.Nothing(),
        decide(Phase.FAILING_BACK, 20, Observations.with(moving(), TO_DR), null).act());
    assertEquals(
        new Act.Nothing(),
        decide(Phase.FAILING_BACK, 20, Observations.with(coming, HOME), null).act());
  }

  @Test
  void customers_go_back_to_a_writer_that_stayed_before_the_move_is_over() {
    Observation unlatched = Observations.dr(WELL, TO_PRIMARY);
    for (Phase phase : new Phase[] {Phase.FAILING_BACK, Phase.HALTED}) {
      Decision back = decide(phase, 301, unlatched, null);
      assertEquals(phase, back.next().phase());
      assertEquals(new Act.Latch(), back.act());

      Decision over = decide(phase, 301, DR_SERVES, null);
      assertEquals(Phase.STEADY, over.next().phase());
      assertEquals(new Act.Nothing(), over.act());
    }
  }

  @Test
  void promotion_that_takes_too_long_waits_until_the_writer_is_seen_at_rest() {
    assertEquals(Phase.HALTED, decide(Phase.FAILING_BACK, 301, moving(), null).next().phase());
    assertEquals(Phase.HALTED, decide(Phase.HALTED, 9, moving(), null).next().phase());

    assertEquals(Phase.UNROUTING, decide(Phase.HALTED, 9, WELL, null).next().phase());
    assertEquals(Phase.STEADY, decide(Phase.HALTED, 9, DR_SERVES, null).next().phase());
    assertEquals(Phase.HALTED, decide(Phase.HALTED, 9, moving(), Order.Kind.RESUME).next().phase());
    State unseen = decide(Phase.HALTED, 9, Observations.NOTHING, Order.Kind.RESUME).next();
    assertEquals(Phase.STEADY, unseen.phase());
    assertEquals(
        "RESUME by alice: us-east-2 is lost; nobody sees the writer, so the latch is left as it is",
        unseen.why());
  }

  @Test
  void promotion_that_never_begins_is_given_up_and_followed_when_it_does_after_all() {
    Decision late = decide(Phase.FAILING_BACK, 301, DR_SERVES, null);
    assertEquals(Phase.STEADY, late.next().phase());
    assertEquals("the writer stays: RDS did not move it within 300 s", late.next().why());

    Observation moved =
        Observations.with(
            WELL, new Observation.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, false));
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 9, moved, null).next().phase());
    Decision home = decide(Phase.STEADY, 9, moved, Order.Kind.FORCE);
    assertEquals(Phase.UNROUTING, home.next().phase());
    assertEquals(new Act.Unlatch(), home.act());
    Observation paidInDr = Observations.with(WELL, TO_DR);
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 9, paidInDr, Order.Kind.FORCE).next().phase());
  }

  @Test
  void latch_is_cleared_where_it_is_seen_and_dns_has_the_last_word() {
    Observation copyLeft =
        Observations.with(
            WELL, new Observation.Traffic(Presence.PRESENT, Presence.UNKNOWN, Site.DR, false));
    assertEquals(new Act.Unlatch(), decide(Phase.UNROUTING, 5, copyLeft, null).act());

    Observation cached =
        Observations.with(
            WELL, new Observation.Traffic(Presence.ABSENT, Presence.UNKNOWN, Site.DR, false));
    Decision waits = decide(Phase.UNROUTING, 5, cached, null);
    assertEquals(Phase.UNROUTING, waits.next().phase());
    assertEquals(new Act.Nothing(), waits.act());

    assertEquals(
        Phase.STEADY,
        decide(Phase.UNROUTING, 90, Observations.with(WELL, HOME), null).next().phase());
    assertEquals(
        Phase.STEADY,
        decide(Phase.UNROUTING, 90, Observations.with(WELL, TO_PRIMARY), null).next().phase());
  }

  @Test
  void latch_of_a_dr_region_that_comes_back_is_taken_away() {
    Decision home = decide(Phase.UNROUTING, 90, Observations.with(WELL, HOME), null);
    assertEquals(new Act.Nothing(), after(home, 60, Observations.with(WELL, HOME)).act());
    Observation back = Observations.with(WELL, COPY_IS_BACK);
    assertEquals(new Act.Unroute(), after(home, 3600, back).act());
    assertEquals(Phase.STEADY, after(home, 3600, back).next().phase());

    Observation unsettled =
        Observations.with(
            Observations.with(DR_SERVES, Observations.database(Site.PRIMARY, Activity.BUSY)),
            COPY_IS_BACK);
    assertEquals(new Act.Nothing(), after(home, 3600, unsettled).act());
    assertEquals(new Act.Nothing(), after(home, 3600, DR_SERVES).act());
    assertEquals(new Act.Nothing(), after(home, 3600, Observations.with(WELL, TO_DR)).act());
    assertEquals(
        new Act.Nothing(),
        controller()
            .decide(home.next(), back, new ControlState(true, null), NOW.plusSeconds(60))
            .act());
  }

  @Test
  void latch_that_a_human_puts_after_every_copy_was_gone_stays() {
    Observation back = Observations.with(WELL, COPY_IS_BACK);
    Observation gone = Observations.with(WELL, TO_PRIMARY);
    Decision early = decide(Phase.UNROUTING, 90, Observations.with(WELL, HOME), null);
    Decision known = decide(Phase.UNROUTING, 90, gone, null);
    assertEquals(Phase.STEADY, known.next().phase());

    assertEquals(new Act.Nothing(), after(known, 3600, back).act());
    assertEquals(new Act.Nothing(), after(after(early, 60, gone), 3600, back).act());
  }

  @Test
  void latch_that_a_human_ended_the_wait_with_is_taken_away_once_the_writer_is_seen_at_home() {
    Decision unseen = decide(Phase.HALTED, 301, Observations.NOTHING, Order.Kind.RESUME);
    assertEquals(Phase.STEADY, unseen.next().phase());

    assertEquals(new Act.Nothing(), after(unseen, 60, DR_SERVES).act());
    Observation back = Observations.with(WELL, COPY_IS_BACK);
    assertEquals(new Act.Unroute(), after(unseen, 3600, back).act());
  }

  @Test
  void primary_region_that_has_the_writer_is_let_write_though_no_latch_is_seen() {
    Observation home = Observations.with(Observations.with(WELL, HOME), FENCED);
    Decision decision = decide(Phase.STEADY, 9, home, Order.Kind.FORCE);

    assertEquals(Phase.UNROUTING, decision.next().phase());
    assertEquals(new Act.Unlatch(), decision.act());
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 9, home, null).next().phase());
    Observation paidInDr = Observations.with(Observations.with(WELL, TO_DR), FENCED);
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 9, paidInDr, Order.Kind.FORCE).next().phase());
    LeaseReading taken = new LeaseReading.Registered(false, true, false, NOW);
    Decision forced = decide(Phase.STEADY, 9, Observations.with(home, taken), Order.Kind.FORCE);
    assertEquals(new Act.Force(forced.next().incident()), forced.act());
  }

  private static Decision after(Decision before, int seconds, Observation seen) {
    return controller().decide(before.next(), seen, ControlState.NONE, NOW.plusSeconds(seconds));
  }

  @Test
  void a_dr_region_that_writes_again_routes_by_itself() {
    Decision decision = decide(Phase.UNROUTING, 5, DR_SERVES, null);

    assertEquals(Phase.STEADY, decision.next().phase());
    assertEquals(new Act.Nothing(), decision.act());
  }

  @Test
  void pause_stops_every_act() {
    Decision decision =
        controller()
            .decide(state(Phase.FAILING_BACK, 5), DR_SERVES, new ControlState(true, null), NOW);

    assertEquals(new Act.Nothing(), decision.act());
  }

  private static Observation moving() {
    return Observations.with(WELL, Observations.database(Site.DR, Activity.BUSY));
  }

  private static Decision decide(Phase phase, int seconds, Observation seen, Order.Kind kind) {
    Order order =
        kind == null ? null : new Order("order-1", kind, "us-east-2 is lost", "alice", NOW);
    return controller().decide(state(phase, seconds), seen, new ControlState(false, order), NOW);
  }

  private static FailoverDecider controller() {
    return new FailoverDecider(Policy.recommended("test", Mode.OBSERVE), Site.PRIMARY);
  }

  private static State state(Phase phase, int seconds) {
    return new State(
        7,
        phase,
        NOW.minusSeconds(seconds),
        new Incident(
            "id",
            "v1",
            Promotion.FAILOVER,
            Authority.HUMAN,
            NOW.minusSeconds(seconds),
            Suspicion.since(NOW.minusSeconds(seconds)),
            0,
            Asking.NONE),
        Memory.EMPTY,
        NOW.minus(Duration.ofHours(1)),
        "",
        "before");
  }
}
