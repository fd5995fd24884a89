package payments.dr.lambda.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static payments.dr.lambda.rules.Observations.NOW;
import static payments.dr.lambda.rules.Observations.TO_DR;
import static payments.dr.lambda.rules.Observations.TO_PRIMARY;
import static payments.dr.lambda.rules.Observations.WELL;
import static payments.dr.lambda.rules.Observations.database;
import static payments.dr.lambda.rules.Observations.dr;
import static payments.dr.lambda.rules.Observations.with;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.measurement.ControllerPace;
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
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

/** The planned way back: first the hold goes, then the writer, and customers with it. */
class LooseningTest {

  private static final Observation.Traffic LOOSENED =
      traffic(Presence.PRESENT, Presence.PRESENT, Presence.ABSENT, Presence.ABSENT);

  @Test
  void hold_is_taken_away_until_no_copy_is_seen_and_the_latch_stays() {
    assertEquals(new Act.Loosen(), decide(5, dr(WELL, TO_DR)).act());
    Observation.Traffic half =
        traffic(Presence.PRESENT, Presence.PRESENT, Presence.UNKNOWN, Presence.ABSENT);
    assertEquals(new Act.Loosen(), decide(5, dr(WELL, half)).act());

    Decision loose = decide(109, dr(WELL, LOOSENED));
    assertEquals(new Act.Nothing(), loose.act());
    assertEquals(Phase.LOOSENING, loose.next().phase());
    Observation moving = with(dr(WELL, TO_DR), database(Site.UNKNOWN, Activity.UNKNOWN));
    assertEquals(new Act.Nothing(), decide(5, moving).act());
  }

  @Test
  void rds_is_asked_once_the_slow_checks_have_forgotten() {
    Decision back = decide(110, dr(WELL, LOOSENED));

    assertEquals(Phase.FAILING_BACK, back.next().phase());
    assertEquals(NOW, back.next().since());
    assertEquals(new Act.PromotePrimary(back.next().incident()), back.act());
    assertEquals(
        TrafficRouting.HOLD_LAPSES,
        Duration.ofSeconds(
            ControllerPace.LATCH_INTERVAL_SECONDS * ControllerPace.LATCH_HOLD_THRESHOLD + 10));
  }

  @Test
  void what_forbids_the_way_back_by_then_keeps_the_writer_and_holds_the_route_again() {
    Observation behind = with(dr(WELL, LOOSENED), following(Duration.ofSeconds(6)));
    Decision stays = decide(110, behind);

    assertEquals(Phase.FAILED_OVER, stays.next().phase());
    assertEquals(
        "the writer stays: the replica's lag must be at most 5000 ms, got 6000 ms",
        stays.next().why());
    assertEquals(
        new Act.Latch(),
        decide(state(Phase.FAILED_OVER, 5), dr(WELL, LOOSENED), (Order) null).act());
  }

  @Test
  void latch_that_somebody_took_away_or_a_lost_lease_ends_it() {
    Observation.Traffic gone =
        traffic(Presence.PRESENT, Presence.ABSENT, Presence.ABSENT, Presence.ABSENT);
    assertEquals(Phase.FAILED_OVER, decide(20, dr(WELL, gone)).next().phase());
    Observation.Traffic unseen =
        traffic(Presence.UNKNOWN, Presence.UNKNOWN, Presence.ABSENT, Presence.ABSENT);
    assertEquals(Phase.LOOSENING, decide(20, dr(WELL, unseen)).next().phase());

    LeaseReading lost = new LeaseReading.Registered(false, false, false, NOW);
    assertEquals(Phase.FAILED_OVER, decide(20, with(dr(WELL, LOOSENED), lost)).next().phase());
    LeaseReading taken = new LeaseReading.Registered(true, false, false, NOW);
    assertEquals(Phase.LOOSENING, decide(20, with(dr(WELL, LOOSENED), taken)).next().phase());
  }

  @Test
  void human_may_change_their_mind_and_somebody_may_move_the_writer_first() {
    Order abort = new Order("order-1", Order.Kind.ABORT, "not today", "alice", NOW);
    Decision aborted = decide(state(Phase.LOOSENING, 20), dr(WELL, LOOSENED), abort);
    assertEquals(Phase.FAILED_OVER, aborted.next().phase());
    assertEquals("ABORT by alice: not today", aborted.next().why());

    Decision moved = decide(20, with(WELL, LOOSENED));
    assertEquals(Phase.UNROUTING, moved.next().phase());
    assertEquals(new Act.Unlatch(), moved.act());
  }

  @Test
  void a_pause_keeps_nobody_from_changing_their_mind() {
    Order abort = new Order("order-1", Order.Kind.ABORT, "not today", "alice", NOW);

    Decision aborted =
        decide(state(Phase.LOOSENING, 300), dr(WELL, LOOSENED), new ControlState(true, abort));

    assertEquals(Phase.FAILED_OVER, aborted.next().phase());
    assertEquals("order-1", aborted.next().lastOrder());
  }

  @Test
  void the_order_does_not_come_true_after_a_long_pause() {
    assertEquals(Phase.FAILING_BACK, decide(600, dr(WELL, LOOSENED)).next().phase());
    Decision late = decide(601, dr(WELL, LOOSENED));

    assertEquals(Phase.FAILED_OVER, late.next().phase());
    assertEquals("the writer stays: ordered more than 10 minutes ago", late.next().why());
  }

  @Test
  void a_hold_that_does_not_go_ends_it_and_one_in_a_dark_region_does_not() {
    assertEquals(Phase.LOOSENING, decide(15, dr(WELL, TO_DR)).next().phase());
    Decision stays = decide(16, dr(WELL, TO_DR));
    assertEquals(Phase.FAILED_OVER, stays.next().phase());
    assertEquals(
        "the writer stays: what holds the latch must be gone from both buckets within 15 s",
        stays.next().why());

    Observation.Traffic unseen =
        traffic(Presence.PRESENT, Presence.PRESENT, Presence.UNKNOWN, Presence.ABSENT);
    assertEquals(new Act.Loosen(), decide(60, dr(WELL, unseen)).act());
    assertEquals(Phase.FAILING_BACK, decide(110, dr(WELL, unseen)).next().phase());
  }

  @Test
  void way_back_that_rds_cancels_at_once_is_not_asked_for_again() {
    Incident asked = incident().with(Asking.NONE.asked(NOW.minusSeconds(12)));
    State state = state(Phase.FAILING_BACK, 15).with(asked);

    Decision cancelled = decide(state, dr(WELL, TO_PRIMARY), (Order) null);

    assertEquals(new Act.Latch(), cancelled.act());
    assertEquals(
        "RDS gave it up, and the DR Region serves",
        cancelled.next().incident().asking().withdrawn());
  }

  @Test
  void latch_does_not_lead_back_while_the_writer_leaves() {
    Observation leaving =
        with(dr(WELL, TO_PRIMARY), database(Site.DR, Activity.IDLE).movingTo(Site.PRIMARY));

    assertEquals(
        new Act.Nothing(), decide(state(Phase.FAILED_OVER, 5), leaving, (Order) null).act());
  }

  @Test
  void writer_that_came_home_after_a_halt_is_told_though_the_latch_is_gone() {
    Decision home = decide(state(Phase.HALTED, 100), with(WELL, TO_PRIMARY), (Order) null);

    assertEquals(Phase.UNROUTING, home.next().phase());
  }

  @Test
  void customers_leave_for_the_primary_region_once_rds_has_begun() {
    Observation pending = with(dr(WELL, LOOSENED), database(Site.DR, Activity.BUSY));
    Observation begun = with(pending, pending.database().movingTo(Site.PRIMARY));

    assertEquals(new Act.Nothing(), failingBack(pending).act());
    assertEquals(new Act.Unroute(), failingBack(begun).act());
    assertEquals(new Act.Nothing(), failingBack(with(begun, TO_PRIMARY)).act());
  }

  @Test
  void way_back_that_rds_gave_up_leads_customers_to_the_dr_region_again() {
    Incident asked = incident().with(Asking.NONE.asked(NOW.minusSeconds(60)));
    State state = state(Phase.FAILING_BACK, 61).with(asked);

    Decision stays = decide(state, dr(WELL, TO_PRIMARY), (Order) null);

    assertEquals(Phase.FAILED_OVER, stays.next().phase());
    assertEquals(new Act.Latch(), stays.act());
  }

  private static Decision failingBack(Observation seen) {
    return decide(state(Phase.FAILING_BACK, 20), seen, (Order) null);
  }

  private static Decision decide(int seconds, Observation seen) {
    return decide(state(Phase.LOOSENING, seconds), seen, (Order) null);
  }

  private static Decision decide(State state, Observation seen, Order order) {
    return decide(state, seen, new ControlState(false, order));
  }

  private static Decision decide(State state, Observation seen, ControlState control) {
    return new FailoverDecider(Policy.recommended("test", Mode.AUTO), Site.DR)
        .decide(state, seen, control, NOW);
  }

  private static Observation.Database following(Duration lag) {
    Observation.Database settled = database(Site.DR, Activity.IDLE);
    return new Observation.Database(
        Site.DR, Activity.IDLE, settled.heartbeatAt(), true, lag, settled.versions());
  }

  private static Observation.Traffic traffic(
      Presence primaryLatch, Presence drLatch, Presence primaryHold, Presence drHold) {
    return new Observation.Traffic(primaryLatch, drLatch, primaryHold, drHold, Site.DR, true);
  }

  private static State state(Phase phase, int seconds) {
    return new State(
        7,
        phase,
        NOW.minusSeconds(seconds),
        incident(),
        new Memory(NOW, NOW.minusSeconds(3600), Instant.EPOCH, NOW),
        NOW.minusSeconds(3600),
        "",
        "before");
  }

  private static Incident incident() {
    return Incident.open(
            "test", "v1", Site.DR, 7, Promotion.SWITCHOVER, Authority.HUMAN, NOW.minusSeconds(200))
        .returning(NOW.minusSeconds(200));
  }
}
