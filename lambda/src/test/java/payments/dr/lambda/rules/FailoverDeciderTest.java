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
import static payments.dr.lambda.rules.Observations.database;
import static payments.dr.lambda.rules.Observations.dr;
import static payments.dr.lambda.rules.Observations.primary;
import static payments.dr.lambda.rules.Observations.ready;
import static payments.dr.lambda.rules.Observations.versions;
import static payments.dr.lambda.rules.Observations.with;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
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

/** The state table, row by row. */
class FailoverDeciderTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private Mode mode = Mode.AUTO;

  @ParameterizedTest
  @CsvSource({
    "DOWN, DOWN, SUSPECT",
    "DOWN, UP, STEADY",
    "DOWN, UNKNOWN, STEADY",
    "UP, DOWN, STEADY",
    "UNKNOWN, DOWN, STEADY",
    "UNKNOWN, UNKNOWN, STEADY",
  })
  void steady_suspects_when_external_and_peer_are_down(Health external, Health peer, Phase next) {
    assertEquals(next, decide(Phase.STEADY, 0, primary(external, peer)).next().phase());
  }

  @Test
  void silent_heartbeat_is_as_good_as_peer() {
    Observation silent =
        with(primary(Health.DOWN, Health.UNKNOWN), heartbeat(NOW.minusSeconds(26)));
    Observation late = with(primary(Health.DOWN, Health.UNKNOWN), heartbeat(NOW.minusSeconds(25)));
    Observation unseen = with(primary(Health.DOWN, Health.UNKNOWN), heartbeat(null));

    assertEquals(Phase.SUSPECT, decide(Phase.STEADY, 0, silent).next().phase());
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 0, late).next().phase());
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 0, unseen).next().phase());
  }

  /** The primary Region's function has been silent for an hour, and replication goes on. */
  @Test
  void what_the_database_proves_counts_for_the_loss_and_is_no_vote() {
    Observation.Database silent = heartbeat(NOW.minus(HOUR));
    Observation proved =
        with(primary(Health.DOWN, Health.UNKNOWN), silent.replicatedUntil(NOW.minusSeconds(2)));
    Observation ahead =
        with(primary(Health.DOWN, Health.UNKNOWN), silent.replicatedUntil(NOW.plusSeconds(11)));

    Decision decision = decide(Phase.STEADY, 0, proved);
    assertEquals(Phase.SUSPECT, decision.next().phase());
    assertEquals(NOW.minusSeconds(2), decision.next().memory().lastReplicatedAt());
    Instant before = NOW.minusSeconds(30);
    assertEquals(before, decide(Phase.STEADY, 0, ahead).next().memory().lastReplicatedAt());
    Observation refilled =
        with(
            primary(Health.DOWN, Health.UNKNOWN),
            new Observation.Database(
                    Site.PRIMARY, Activity.IDLE, null, false, null, EngineVersions.UNSEEN)
                .replicatedUntil(NOW.minusSeconds(2)));
    assertEquals(before, decide(Phase.STEADY, 0, refilled).next().memory().lastReplicatedAt());
  }

  @Test
  void heartbeat_that_only_a_wrong_clock_can_have_written_is_not_seen() {
    Observation possible =
        with(primary(Health.DOWN, Health.UNKNOWN), heartbeat(NOW.plusSeconds(10)));
    Observation ahead = with(primary(Health.DOWN, Health.UNKNOWN), heartbeat(NOW.plusSeconds(11)));

    assertEquals(
        NOW.plusSeconds(10), decide(Phase.STEADY, 0, possible).next().memory().lastReplicatedAt());
    Decision unseen = decide(Phase.STEADY, 900, ahead);
    assertEquals(NOW.minusSeconds(30), unseen.next().memory().lastReplicatedAt());
    State late = state(Phase.STEADY, 900).with(down(120));
    assertTrue(decide(late, ahead).next().why().endsWith("REPLICATION UNKNOWN"));
  }

  @Test
  void payment_that_was_just_committed_outweighs_a_silent_heartbeat() {
    Observation paid = with(primary(Health.DOWN, Health.UP), heartbeat(NOW.minusSeconds(60)));

    assertEquals(Phase.STEADY, decide(Phase.STEADY, 0, paid).next().phase());
    assertEquals(Phase.SUSPECT, decide(Phase.SUSPECT, 25, paid).next().phase());
  }

  @Test
  void suspicion_is_confirmed_or_given_up() {
    assertEquals(Phase.SUSPECT, decide(Phase.SUSPECT, 24, DOWN).next().phase());
    assertEquals(Phase.STEADY, decide(Phase.SUSPECT, 24, WELL).next().phase());
    Decision confirmed = decide(Phase.SUSPECT, 25, DOWN);
    assertEquals(Phase.PREPARING, confirmed.next().phase());
    assertTrue(confirmed.act() instanceof Act.Prepare);
    assertEquals(1, confirmed.next().incident().attempts());
  }

  @Test
  void vetoes_ask_a_human() {
    assertEquals(
        "cool-down until 2026-01-01T00:00:01Z",
        vetoed(DOWN, state(Phase.SUSPECT, 25).coolUntil(NOW.plusSeconds(1))));
    State behind =
        state(Phase.SUSPECT, 25)
            .with(new Memory(NOW.minusSeconds(40), NOW, Instant.EPOCH, NOW.minusSeconds(98)));
    Observation lagging =
        with(
            DOWN,
            new Observation.Database(
                Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN));
    assertEquals("estimated loss must be at most 57 s, got 58 s", vetoed(lagging, behind));
    State closeBy =
        behind.with(new Memory(NOW.minusSeconds(40), NOW, Instant.EPOCH, NOW.minusSeconds(97)));
    assertEquals(Phase.PREPARING, decide(closeBy, lagging).next().phase());
    State never =
        state(Phase.SUSPECT, 25)
            .with(new Memory(NOW.minusSeconds(40), NOW, Instant.EPOCH, Instant.EPOCH));
    assertEquals(
        "estimated loss must be at most 57 s, got not known: nothing was ever seen to be replicated",
        vetoed(lagging, never));
    mode = Mode.APPROVAL;
    assertEquals("mode APPROVAL always asks", vetoed(DOWN, state(Phase.SUSPECT, 25)));
    assertEquals(
        "mode APPROVAL always asks; the DR Region is not ready",
        vetoed(ready(DOWN, Health.DOWN), state(Phase.SUSPECT, 25)));
  }

  @ParameterizedTest
  @MethodSource("mayPass")
  void what_may_pass_is_looked_at_again_before_a_human_is_asked(Observation seen, String why) {
    assertEquals(Phase.SUSPECT, decide(Phase.SUSPECT, 54, seen).next().phase());
    assertEquals(why, vetoed(seen, state(Phase.SUSPECT, 55)));
    assertEquals(Phase.PREPARING, decide(Phase.SUSPECT, 54, DOWN).next().phase());
  }

  static List<Arguments> mayPass() {
    return List.of(
        Arguments.of(ready(DOWN, Health.DOWN), "the DR Region is not ready"),
        Arguments.of(
            with(DOWN, database(Site.PRIMARY, Activity.BUSY)), "a database operation is under way"),
        Arguments.of(
            with(DOWN, database(Site.PRIMARY, Activity.UNKNOWN)),
            "the DR Region or the database was not seen"));
  }

  @Test
  void machine_goes_on_when_what_it_asked_for_is_gone() {
    Decision decision = decide(Phase.AWAITING_APPROVAL, 90, DOWN);

    assertEquals(Phase.PREPARING, decision.next().phase());
    assertEquals(Authority.MACHINE, decision.next().incident().authority());
  }

  @Test
  void machine_stays_with_its_question_otherwise() {
    List<Observation> open =
        List.of(
            ready(DOWN, Health.DOWN),
            primary(Health.DOWN, Health.UP),
            primary(Health.UNKNOWN, Health.DOWN));
    for (Observation seen : open) {
      assertEquals(
          Phase.AWAITING_APPROVAL, decide(Phase.AWAITING_APPROVAL, 90, seen).next().phase());
    }
    State tried = state(Phase.AWAITING_APPROVAL, 90);
    for (Asking asking :
        List.of(Asking.NONE.asked(NOW.minusSeconds(90)), Asking.NONE.withdraw("x"))) {
      assertEquals(
          Phase.AWAITING_APPROVAL,
          decide(tried.with(tried.incident().with(asking)), DOWN).next().phase());
    }
    State cooled = tried.coolUntil(tried.incident().suspectedAt().plusSeconds(1));
    assertEquals(Phase.AWAITING_APPROVAL, decide(cooled, DOWN).next().phase());
    State unconfirmed = state(Phase.AWAITING_APPROVAL, 10);
    assertEquals(Phase.AWAITING_APPROVAL, decide(unconfirmed, DOWN).next().phase());
    for (Mode asking : List.of(Mode.APPROVAL, Mode.OBSERVE)) {
      mode = asking;
      assertEquals(
          Phase.AWAITING_APPROVAL, decide(Phase.AWAITING_APPROVAL, 90, DOWN).next().phase());
    }
  }

  @Test
  void human_is_asked_when_only_the_checkers_say_down_for_two_minutes() {
    Observation unaddressed = primary(Health.DOWN, Health.UNKNOWN);
    State soon = state(Phase.STEADY, 900).with(down(119));
    State late = state(Phase.STEADY, 900).with(down(120));

    assertEquals(Phase.STEADY, decide(soon, unaddressed).next().phase());
    Decision asked = decide(late, unaddressed);
    assertEquals(Phase.AWAITING_APPROVAL, asked.next().phase());
    assertEquals(
        "EXTERNAL has been DOWN for 120 s, and no other signal confirms it; got PEER UNKNOWN,"
            + " REPLICATION UP",
        asked.next().why());
    assertEquals(Phase.STEADY, decide(late, WELL).next().phase());
    State aborted = late.coolUntil(NOW.plusSeconds(1));
    assertEquals(Phase.STEADY, decide(aborted, unaddressed).next().phase());
    mode = Mode.OBSERVE;
    assertEquals("OBSERVE: would ask", decide(late, unaddressed).next().why());
  }

  @Test
  void looks_that_could_not_be_read_count_for_nothing_for_a_minute() {
    Observation unread = primary(Health.UNKNOWN, Health.DOWN);
    State suspect = state(Phase.SUSPECT, 90);

    for (int ago : List.of(60, 61)) {
      Suspicion before =
          new Suspicion(
              Duration.ofSeconds(25),
              NOW.minusSeconds(ago),
              NOW.minusSeconds(ago).minusSeconds(30));
      Decision decision = decide(suspect.with(suspect.incident().weighed(before)), unread);
      if (ago == 60) {
        assertEquals(Phase.SUSPECT, decision.next().phase());
        assertEquals(before, decision.next().incident().suspicion());
      } else {
        assertEquals(Phase.STEADY, decision.next().phase());
      }
    }
  }

  @Test
  void peer_that_answers_once_puts_the_confirmation_off() {
    Decision answered = decide(Phase.SUSPECT, 20, primary(Health.DOWN, Health.UP));

    assertEquals(Phase.SUSPECT, answered.next().phase());
    assertEquals(Duration.ofMillis(12_500), answered.next().incident().suspicion().held());
    assertEquals(
        Phase.STEADY, decide(Phase.SUSPECT, 5, primary(Health.DOWN, Health.UP)).next().phase());
  }

  @Test
  void blind_observer_is_no_optimist() {
    // Never seen UP, suspected 25 s ago: it may have served until 45 s ago, minus the detection.
    State blind =
        state(Phase.SUSPECT, 25)
            .with(
                new Memory(NOW.minus(HOUR), NOW.minus(HOUR), Instant.EPOCH, NOW.minusSeconds(103)));
    Observation lagging =
        with(
            DOWN,
            new Observation.Database(
                Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN));

    assertEquals("estimated loss must be at most 57 s, got 58 s", vetoed(lagging, blind));
  }

  @Test
  void observer_only_says_what_it_would_do() {
    mode = Mode.OBSERVE;
    Decision decision = decide(Phase.SUSPECT, 25, DOWN);
    assertEquals(Phase.SUSPECT, decision.next().phase());
    assertEquals("OBSERVE: would promote", decision.next().why());
    assertEquals(Phase.STEADY, decide(Phase.STEADY, 0, dr(WELL, TO_PRIMARY)).next().phase());
    assertEquals(Phase.PREPARING, ordered(Phase.SUSPECT, DOWN, Order.Kind.FORCE).next().phase());
  }

  @ParameterizedTest
  @CsvSource({"APPROVE", "FORCE"})
  void human_approves(Order.Kind kind) {
    Decision decision = ordered(Phase.AWAITING_APPROVAL, DOWN, kind);
    assertEquals(Phase.PREPARING, decision.next().phase());
    boolean insists = kind == Order.Kind.FORCE;
    assertEquals(
        insists ? Authority.FORCED : Authority.HUMAN, decision.next().incident().authority());
    assertEquals("order", decision.next().lastOrder());

    Decision unseen = ordered(Phase.AWAITING_APPROVAL, ready(DOWN, Health.UNKNOWN), kind);
    assertEquals(insists ? Phase.PREPARING : Phase.AWAITING_APPROVAL, unseen.next().phase());
    Decision unready = ordered(Phase.AWAITING_APPROVAL, ready(DOWN, Health.DOWN), kind);
    assertEquals(Phase.AWAITING_APPROVAL, unready.next().phase());
    assertEquals(kind + " refused: the DR Region must be ready, got DOWN", unready.next().why());
    assertEquals("order", unready.next().lastOrder());
  }

  @Test
  void primary_that_recovers_ends_the_waiting() {
    assertEquals(Phase.STEADY, decide(Phase.AWAITING_APPROVAL, 900, WELL).next().phase());
  }

  @Test
  void orders_move_a_steady_writer() {
    Decision force = ordered(Phase.STEADY, DOWN, Order.Kind.FORCE);
    assertEquals(Promotion.FAILOVER, force.next().incident().promotion());
    Decision planned = ordered(Phase.STEADY, WELL, Order.Kind.SWITCHOVER);
    assertEquals(Phase.PREPARING, planned.next().phase());
    assertEquals(Promotion.SWITCHOVER, planned.next().incident().promotion());
    assertEquals(
        "SWITCHOVER refused: EXTERNAL must be UP, got DOWN",
        ordered(Phase.STEADY, DOWN, Order.Kind.SWITCHOVER).next().why());
    Observation busy = with(WELL, database(Site.PRIMARY, Activity.BUSY));
    assertEquals(
        "SWITCHOVER refused: the primary Region must write and be at rest, got PRIMARY, BUSY",
        ordered(Phase.STEADY, busy, Order.Kind.SWITCHOVER).next().why());
    assertEquals(
        "FAILBACK refused: no order for STEADY",
        ordered(Phase.STEADY, WELL, Order.Kind.FAILBACK).next().why());
  }

  @Test
  void order_counts_once() {
    State done = state(Phase.STEADY, 0).took(order(Order.Kind.FORCE));

    Decision decision = decide(done, WELL, new ControlState(false, order(Order.Kind.FORCE)));

    assertEquals(Phase.STEADY, decision.next().phase());
  }

  @Test
  void preparing_promotes_when_its_time_is_over() {
    State tried = state(Phase.PREPARING, 9).with(incident().attempted());
    assertTrue(decide(tried, DOWN).act() instanceof Act.Prepare);

    Decision decision = decide(state(Phase.PREPARING, 10).with(incident().attempted()), DOWN);
    assertEquals(Phase.PROMOTING, decision.next().phase());
    assertTrue(decision.act() instanceof Act.PromoteDr);

    Decision untried = decide(Phase.PREPARING, 10, DOWN);
    assertEquals(Phase.PREPARING, untried.next().phase());
    assertTrue(untried.act() instanceof Act.Prepare);
  }

  @Test
  void machine_yields_to_a_primary_that_recovers_and_a_human_does_not() {
    Decision yielded = decide(Phase.PREPARING, 5, WELL);
    assertEquals(Phase.STEADY, yielded.next().phase());
    assertEquals(NOW.plusSeconds(1800), yielded.next().coolDownUntil());

    State human = state(Phase.PREPARING, 5).with(incident().decidedBy(Authority.HUMAN));
    assertEquals(Phase.PREPARING, decide(human, WELL).next().phase());
  }

  @Test
  void lease_must_be_taken_and_run_out() {
    State tried =
        state(Phase.PREPARING, 60)
            .with(incident().attempted())
            .with(new Memory(NOW, NOW, Instant.EPOCH, NOW.minusSeconds(3)));
    for (LeaseReading held :
        List.of(
            new LeaseReading.Unread(),
            new LeaseReading.Registered(false, false, false, NOW.minusSeconds(100)),
            new LeaseReading.Registered(true, true, false, NOW.minusSeconds(8)))) {
      Decision decision = decide(tried, with(DOWN, held));
      assertEquals(Phase.PREPARING, decision.next().phase(), held::toString);
      assertTrue(decision.act() instanceof Act.Prepare, held::toString);
    }
    LeaseReading over = new LeaseReading.Registered(true, true, false, NOW.minusSeconds(9));
    assertEquals(Phase.PROMOTING, decide(tried, with(DOWN, over)).next().phase());
  }

  @Test
  void lease_that_proves_that_writes_stopped_ends_the_preparation_at_once() {
    LeaseReading over = new LeaseReading.Registered(true, true, false, NOW.minusSeconds(9));

    assertEquals(
        Phase.PROMOTING, decide(tried(5, Authority.HUMAN), with(DOWN, over)).next().phase());
  }

  /** Aurora stops the old writer of a switchover; but who has no lease could not write there. */
  @Test
  void planned_move_needs_the_lease_and_does_not_wait_for_it_to_run_out() {
    State planned = state(Phase.PREPARING, 10);
    Incident moves =
        Incident.open("test", "v1", Site.PRIMARY, 7, Promotion.SWITCHOVER, Authority.HUMAN, NOW)
            .attempted();
    LeaseReading running = new LeaseReading.Registered(true, true, false, NOW.plusSeconds(20));
    LeaseReading foreign = new LeaseReading.Registered(false, false, false, NOW.plusSeconds(20));

    assertEquals(Phase.PROMOTING, decide(planned.with(moves), with(WELL, running)).next().phase());
    assertTrue(decide(planned.with(moves), with(WELL, foreign)).act() instanceof Act.Prepare);
  }

  @Test
  void registers_that_do_not_answer_keep_the_machine_from_moving() {
    Decision silent = decide(state(Phase.SUSPECT, 30), with(DOWN, new LeaseReading.Unread()));
    assertEquals(Phase.SUSPECT, silent.next().phase());

    Decision asking = decide(state(Phase.SUSPECT, 60), with(DOWN, new LeaseReading.Unread()));
    assertEquals(Phase.AWAITING_APPROVAL, asking.next().phase());
    assertEquals(
        "two registers of the writer's lease must answer and know a renewal", asking.next().why());
  }

  @Test
  void only_a_human_who_insists_moves_without_the_lease() {
    for (LeaseReading missing :
        List.of(
            new LeaseReading.Unread(),
            new LeaseReading.Registered(false, false, false, NOW.plusSeconds(20)))) {
      assertTrue(
          decide(tried(10, Authority.HUMAN), with(DOWN, missing)).act() instanceof Act.Prepare);
      assertTrue(
          decide(tried(9, Authority.FORCED), with(DOWN, missing)).act() instanceof Act.Prepare);
      assertTrue(
          decide(tried(10, Authority.FORCED), with(DOWN, missing)).act() instanceof Act.Force);
    }
    LeaseReading running = new LeaseReading.Registered(true, true, false, NOW.plusSeconds(20));
    assertTrue(
        decide(tried(10, Authority.FORCED), with(DOWN, running)).act() instanceof Act.Prepare);
    LeaseReading forced = new LeaseReading.Registered(false, true, true, NOW.plusSeconds(20));
    assertEquals(
        Phase.PROMOTING, decide(tried(10, Authority.FORCED), with(DOWN, forced)).next().phase());
    assertEquals(
        Phase.PREPARING, decide(tried(10, Authority.MACHINE), with(DOWN, forced)).next().phase());
  }

  @Test
  void lease_that_ran_out_bounds_the_estimated_loss() {
    State late =
        state(Phase.SUSPECT, 30)
            .with(new Memory(NOW, Instant.EPOCH, NOW.minusSeconds(60), NOW.minusSeconds(90)));
    LeaseReading ranOut = new LeaseReading.Registered(false, false, false, NOW.minusSeconds(60));
    LeaseReading running = new LeaseReading.Registered(false, false, false, NOW.minusSeconds(8));
    Observation noProof =
        with(
            DOWN,
            new Observation.Database(
                Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN));

    assertEquals(
        "confirmed; estimated loss 30 s", decide(late, with(noProof, ranOut)).next().why());
    assertTrue(
        decide(late, with(noProof, running)).next().why().startsWith("estimated loss must be"));
  }

  @Test
  void lease_follows_a_writer_that_was_moved_without_it() {
    LeaseReading foreign = new LeaseReading.Registered(false, false, false, NOW);
    LeaseReading own = new LeaseReading.Registered(true, true, false, NOW);
    Observation serves = dr(WELL, TO_DR);
    assertTrue(decide(Phase.FAILED_OVER, 0, with(serves, foreign)).act() instanceof Act.Follow);
    for (LeaseReading other : List.of(own, new LeaseReading.Unread())) {
      assertEquals(new Act.Nothing(), decide(Phase.FAILED_OVER, 0, with(serves, other)).act());
    }
    assertTrue(decide(Phase.STEADY, 0, with(serves, foreign)).act() instanceof Act.Follow);
  }

  @Test
  void human_lets_a_dr_region_write_that_lost_two_registers() {
    Observation serves = with(dr(WELL, TO_DR), new LeaseReading.Unread());
    for (Phase phase : List.of(Phase.ROUTING, Phase.FAILED_OVER)) {
      Decision forced = ordered(phase, serves, Order.Kind.FORCE);

      assertEquals(phase, forced.next().phase());
      assertEquals("order", forced.next().lastOrder());
      assertTrue(forced.act() instanceof Act.Force);
    }
    Observation leased = with(serves, new LeaseReading.Registered(true, true, false, NOW));
    assertEquals(
        "FORCE refused: no order for FAILED_OVER",
        ordered(Phase.FAILED_OVER, leased, Order.Kind.FORCE).next().why());
  }

  @Test
  void proven_loss_above_the_target_asks_a_human() {
    State behind =
        state(Phase.PREPARING, 60)
            .with(incident().attempted())
            .with(new Memory(NOW, NOW, Instant.EPOCH, NOW.minusSeconds(70)));
    Observation over =
        with(
            with(
                DOWN,
                new Observation.Database(
                    Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN)),
            new LeaseReading.Registered(true, true, false, NOW.minusSeconds(9)));

    Decision decision = decide(behind, over);

    assertEquals(Phase.AWAITING_APPROVAL, decision.next().phase());
    assertEquals("proven bound of the loss must be at most 60 s, got 61 s", decision.next().why());
    State closeBy = behind.with(new Memory(NOW, NOW, Instant.EPOCH, NOW.minusSeconds(69)));
    assertEquals(Phase.PROMOTING, decide(closeBy, over).next().phase());
  }

  @Test
  void preparation_that_cannot_go_on_is_given_up_and_the_fence_falls() {
    Observation silent = with(with(DOWN, FENCED), database(Site.UNKNOWN, Activity.UNKNOWN));
    Observation held =
        with(DOWN, new LeaseReading.Registered(false, false, false, NOW.minusSeconds(100)));

    assertEquals(Phase.PREPARING, decide(tried(60, Authority.HUMAN), silent).next().phase());
    Decision unseen = decide(tried(61, Authority.HUMAN), silent);
    assertEquals(Phase.AWAITING_APPROVAL, unseen.next().phase());
    assertEquals(new Act.Unfence(), unseen.act());
    assertEquals(Asking.NONE, unseen.next().incident().asking());
    Observation busy = with(with(DOWN, FENCED), database(Site.PRIMARY, Activity.BUSY));
    assertTrue(decide(tried(11, Authority.HUMAN), busy).act() instanceof Act.Prepare);
    // It may be a failover that somebody ordered by hand.
    assertEquals(new Act.Nothing(), decide(tried(61, Authority.HUMAN), busy).act());
    assertEquals(
        "given up before the writer moved: nobody saw which Region writes", unseen.next().why());
    Decision untaken = decide(tried(61, Authority.MACHINE), held);
    assertEquals(Phase.AWAITING_APPROVAL, untaken.next().phase());
    assertTrue(untaken.next().incident().asking().isWithdrawn());
    Decision unread = decide(tried(61, Authority.MACHINE), with(DOWN, new LeaseReading.Unread()));
    assertEquals(
        "given up before the writer moved: two registers of the writer's lease must answer and know a renewal",
        unread.next().why());
  }

  @Test
  void promotion_is_asked_for_until_it_is_seen() {
    assertTrue(decide(Phase.PROMOTING, 5, DOWN).act() instanceof Act.PromoteDr);
    Observation busy = with(DOWN, database(Site.PRIMARY, Activity.BUSY));
    assertEquals(new Act.Nothing(), decide(Phase.PROMOTING, 5, busy).act());
    assertEquals(Phase.HALTED, decide(Phase.PROMOTING, 301, busy).next().phase());
    Decision done = decide(Phase.PROMOTING, 5, dr(DOWN, TO_PRIMARY));
    assertEquals(Phase.ROUTING, done.next().phase());
    assertEquals(new Act.Latch(), done.act());
  }

  @Test
  void refused_move_goes_back_and_lifts_the_fence() {
    State planned = refused(Promotion.SWITCHOVER, 5);
    Decision stays = decide(planned, with(WELL, FENCED));
    assertEquals(Phase.STEADY, stays.next().phase());
    assertEquals("the writer stays: RDS refused it", stays.next().why());
    assertEquals(new Act.Unfence(), stays.act());
    assertEquals(planned.coolDownUntil(), stays.next().coolDownUntil());

    assertTrue(decide(refused(Promotion.FAILOVER, 60), DOWN).act() instanceof Act.PromoteDr);
    Decision failover = decide(refused(Promotion.FAILOVER, 61), with(DOWN, FENCED));
    assertEquals(Phase.AWAITING_APPROVAL, failover.next().phase());
    assertEquals(new Act.Unfence(), failover.act());
    assertEquals(Asking.NONE, failover.next().incident().asking(), "the machine may try again");
  }

  @Test
  void refusal_beside_a_call_without_an_answer_proves_nothing() {
    State promoting = promoting(Promotion.SWITCHOVER, 5);
    Asking asking =
        Asking.NONE.asked(NOW.minusSeconds(9)).asked(NOW.minusSeconds(4)).refused("RDS refused it");

    Decision decision = decide(promoting.with(promoting.incident().with(asking)), WELL);

    assertTrue(decision.act() instanceof Act.PromoteDr);
    assertEquals(3, decision.next().incident().asking().times());
  }

  @Test
  void move_that_never_begins_is_given_up_once_no_call_can_begin_it_the_planned_one_soon() {
    State planned = promoting(Promotion.SWITCHOVER, 30);
    assertTrue(decide(planned, WELL).act() instanceof Act.PromoteDr);
    Decision waits = decide(asked(Promotion.SWITCHOVER, 31, 29), with(WELL, FENCED));
    assertEquals(Phase.PROMOTING, waits.next().phase());
    assertEquals(new Act.Nothing(), waits.act());
    Decision late = decide(asked(Promotion.SWITCHOVER, 60, 30), with(WELL, FENCED));
    assertEquals("the writer stays: RDS did not move it within 30 s", late.next().why());
    assertEquals(Phase.STEADY, late.next().phase());
    assertEquals(new Act.Unfence(), late.act());

    assertTrue(decide(promoting(Promotion.FAILOVER, 300), DOWN).act() instanceof Act.PromoteDr);
    Decision failover = decide(asked(Promotion.FAILOVER, 330, 30), DOWN);
    assertEquals("the writer stays: RDS did not move it within 300 s", failover.next().why());
    assertEquals(Phase.AWAITING_APPROVAL, failover.next().phase());
    assertEquals(1, failover.next().incident().asking().times(), "a human's from here");
  }

  @Test
  void route_follows_the_writer_and_is_proved() {
    assertEquals(Phase.VERIFYING, decide(Phase.ROUTING, 5, dr(DOWN, TO_DR)).next().phase());
    assertEquals(new Act.Latch(), decide(Phase.ROUTING, 5, dr(DOWN, TO_PRIMARY)).act());
    Decision proved = decide(Phase.VERIFYING, 15, dr(DOWN, TO_DR));
    assertEquals(Phase.FAILED_OVER, proved.next().phase());
    assertEquals(NOW.plusSeconds(1800), proved.next().coolDownUntil());
    Observation.Traffic unproved =
        new Observation.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, false);
    assertEquals(Phase.VERIFYING, decide(Phase.VERIFYING, 15, dr(DOWN, unproved)).next().phase());
  }

  @Test
  void latch_is_held_whatever_removes_it_and_however_well_the_primary_looks() {
    Observation.Traffic oneCopy =
        new Observation.Traffic(Presence.ABSENT, Presence.PRESENT, Site.DR, true);
    Observation.Traffic dark =
        new Observation.Traffic(Presence.UNKNOWN, Presence.PRESENT, Site.DR, true);

    assertEquals(new Act.Latch(), decide(Phase.FAILED_OVER, 9000, dr(WELL, oneCopy)).act());
    assertEquals(new Act.Nothing(), decide(Phase.FAILED_OVER, 9000, dr(WELL, dark)).act());
    assertEquals(
        Phase.FAILED_OVER, decide(Phase.FAILED_OVER, 9000, dr(WELL, TO_DR)).next().phase());
  }

  @Test
  void failback_needs_an_order_and_a_primary_that_is_stable_and_close() {
    State stable =
        state(Phase.FAILED_OVER, 9000)
            .with(new Memory(NOW, NOW.minusSeconds(600), Instant.EPOCH, NOW));
    ControlState failback = new ControlState(false, order(Order.Kind.FAILBACK));

    Decision taken = decide(stable, dr(WELL, TO_DR), failback);
    assertEquals(Phase.LOOSENING, taken.next().phase());
    assertEquals(new Act.Loosen(), taken.act());
    State fresh = stable.with(new Memory(NOW, NOW.minusSeconds(599), Instant.EPOCH, NOW));
    assertEquals(
        "FAILBACK refused: EXTERNAL must be UP for 600 s, got 599 s",
        decide(fresh, dr(WELL, TO_DR), failback).next().why());
    assertEquals(
        "FAILBACK refused: the replica's lag must be at most 5000 ms, got 6000 ms",
        decide(stable, following(true, Duration.ofSeconds(6)), failback).next().why());
    assertEquals(
        Phase.LOOSENING,
        decide(stable, following(true, Duration.ofSeconds(5)), failback).next().phase());
  }

  @Test
  void failback_needs_a_primary_that_is_seen_to_follow() {
    State stable =
        state(Phase.FAILED_OVER, 9000)
            .with(new Memory(NOW, NOW.minusSeconds(600), Instant.EPOCH, NOW));
    ControlState failback = new ControlState(false, order(Order.Kind.FAILBACK));
    Observation moving = with(dr(WELL, TO_DR), database(Site.DR, Activity.BUSY));

    for (Observation seen : List.of(following(false, Duration.ofSeconds(1)), moving)) {
      Decision refused = decide(stable, seen, failback);
      assertEquals(Phase.FAILED_OVER, refused.next().phase());
      assertEquals(
          "FAILBACK refused: the DR Region must write and the primary one follow as its replica",
          refused.next().why());
    }
    Decision blind = decide(stable, following(true, null), failback);
    assertEquals(Phase.FAILED_OVER, blind.next().phase());
    assertEquals(
        "FAILBACK refused: the replica's lag must be at most 5000 ms, got none",
        blind.next().why());
  }

  @Test
  void no_writer_is_moved_by_itself_between_unequal_engine_versions() {
    EngineVersions versions = new EngineVersions("17.7", "17.8");
    String why =
        "engine versions must be equal, got 17.7 in the primary Region and 17.8 in the DR Region";
    State stable =
        state(Phase.FAILED_OVER, 9000)
            .with(new Memory(NOW, NOW.minusSeconds(600), Instant.EPOCH, NOW));
    ControlState failback = new ControlState(false, order(Order.Kind.FAILBACK));

    assertEquals(why, vetoed(versions(DOWN, versions), state(Phase.SUSPECT, 25)));
    assertEquals(
        "SWITCHOVER refused: " + why,
        ordered(Phase.STEADY, versions(WELL, versions), Order.Kind.SWITCHOVER).next().why());
    assertEquals(
        "FAILBACK refused: " + why,
        decide(stable, versions(dr(WELL, TO_DR), versions), failback).next().why());
  }

  /** Aurora may take it after all, and who orders it knows what is lost otherwise. */
  @Test
  void humans_may_try_a_failover_between_unequal_engine_versions() {
    Observation unequal = versions(DOWN, new EngineVersions("17.7", "17.8"));

    assertEquals(Phase.PREPARING, ordered(Phase.STEADY, unequal, Order.Kind.FORCE).next().phase());
    assertEquals(
        Phase.PREPARING,
        ordered(Phase.AWAITING_APPROVAL, unequal, Order.Kind.APPROVE).next().phase());
  }

  @Test
  void engine_version_that_was_never_seen_forbids_nothing() {
    assertEquals(
        Phase.PREPARING,
        decide(Phase.SUSPECT, 25, versions(DOWN, new EngineVersions("", "17.8"))).next().phase());
  }

  @Test
  void failing_back_moves_writer_then_route() {
    assertTrue(decide(Phase.FAILING_BACK, 5, dr(WELL, TO_DR)).act() instanceof Act.PromotePrimary);
    Decision moved = decide(Phase.FAILING_BACK, 60, with(WELL, TO_DR));
    assertEquals(Phase.UNROUTING, moved.next().phase());
    assertEquals(new Act.Unlatch(), moved.act());
    Decision unmoved = decide(Phase.FAILING_BACK, 31, dr(WELL, TO_DR));
    assertEquals(Phase.FAILED_OVER, unmoved.next().phase());
    assertEquals("the writer stays: RDS did not move it within 30 s", unmoved.next().why());
    Observation moving = with(dr(WELL, TO_DR), database(Site.DR, Activity.BUSY));
    assertEquals(Phase.FAILING_BACK, decide(Phase.FAILING_BACK, 300, moving).next().phase());
    assertEquals(Phase.FAILED_OVER, decide(Phase.FAILING_BACK, 301, moving).next().phase());
    assertEquals(Phase.HALTED, decide(Phase.FAILING_BACK, 301, NOTHING).next().phase());
  }

  @Test
  void route_is_back_when_both_copies_are_gone_and_dns_says_so() {
    Observation.Traffic oneLeft =
        new Observation.Traffic(Presence.UNKNOWN, Presence.ABSENT, Site.PRIMARY, false);
    Observation.Traffic slow =
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.DR, false);

    assertEquals(new Act.Unlatch(), decide(Phase.UNROUTING, 60, with(WELL, oneLeft)).act());
    assertEquals(Phase.UNROUTING, decide(Phase.UNROUTING, 60, with(WELL, slow)).next().phase());
    assertEquals(Phase.STEADY, decide(Phase.UNROUTING, 60, with(WELL, TO_PRIMARY)).next().phase());
    assertEquals(Phase.ROUTING, decide(Phase.UNROUTING, 60, dr(WELL, TO_DR)).next().phase());
  }

  @Test
  void route_follows_a_writer_that_came_to_rest_after_all() {
    Decision late = decide(Phase.HALTED, 180, dr(DOWN, TO_PRIMARY));
    assertEquals(Phase.ROUTING, late.next().phase());
    assertEquals(new Act.Latch(), late.act());
    Decision home = decide(Phase.HALTED, 180, with(WELL, TO_DR));
    assertEquals(Phase.UNROUTING, home.next().phase());
    assertEquals(new Act.Unlatch(), home.act());
  }

  @Test
  void only_a_human_leaves_halted_while_nobody_sees_the_writer_at_rest() {
    Observation busy = with(dr(WELL, TO_DR), database(Site.DR, Activity.BUSY));
    Observation moving = with(WELL, database(Site.PRIMARY, Activity.BUSY));

    assertEquals(Phase.HALTED, decide(Phase.HALTED, 9000, busy).next().phase());
    assertEquals(Phase.ROUTING, ordered(Phase.HALTED, busy, Order.Kind.RESUME).next().phase());
    Decision refused = ordered(Phase.HALTED, moving, Order.Kind.RESUME);
    assertEquals(Phase.HALTED, refused.next().phase());
    assertEquals(
        "RESUME refused: the writer must be at rest, got PRIMARY, BUSY", refused.next().why());
    assertEquals(Phase.STEADY, ordered(Phase.HALTED, NOTHING, Order.Kind.RESUME).next().phase());
  }

  @Test
  void refused_move_may_be_tried_again_for_as_long_as_a_move_may_take() {
    for (int open : List.of(299, 300)) {
      State refused = refused(Promotion.FAILOVER, 61);
      Incident incident = refused.incident();
      State aged =
          refused.with(
              new Incident(
                  incident.id(),
                  incident.generation(),
                  incident.promotion(),
                  incident.authority(),
                  NOW.minusSeconds(open),
                  suspicion(90),
                  incident.attempts(),
                  incident.asking()));

      Incident left = decide(aged, WELL).next().incident();

      assertEquals(open < 300, left.asking().equals(Asking.NONE));
      assertEquals(Duration.ZERO, left.suspicion().held(), "its own fence said so, too");
      assertEquals(suspicion(90).since(), left.suspicion().since());
    }
  }

  @Test
  void failover_that_a_human_decided_is_tried_for_as_long_as_a_move_may_take() {
    State refused = refused(Promotion.FAILOVER, 61);
    State decided = refused.with(refused.incident().decidedBy(Authority.HUMAN));
    decided = decided.with(decided.incident().with(refused.incident().asking()));

    assertTrue(decide(decided, WELL).act() instanceof Act.PromoteDr);
  }

  @Test
  void call_without_an_answer_outlives_a_new_decision_whose_call_is_refused() {
    State promoting = promoting(Promotion.FAILOVER, 20);
    Incident unanswered = promoting.incident().with(Asking.NONE.asked(NOW.minusSeconds(40)));
    Asking again =
        unanswered
            .decidedBy(Authority.HUMAN)
            .asking()
            .asked(NOW.minusSeconds(5))
            .refused("RDS refused it");
    ControlState abort = new ControlState(false, order(Order.Kind.ABORT));

    Decision stops = decide(promoting.with(unanswered.with(again)), with(DOWN, FENCED), abort);

    assertEquals(Phase.PROMOTING, stops.next().phase());
    assertEquals(new Act.Nothing(), stops.act());
    assertTrue(again.unseen());
  }

  @Test
  void human_who_decided_is_not_asked_again() {
    mode = Mode.APPROVAL;
    State asked = state(Phase.AWAITING_APPROVAL, 90).coolUntil(NOW.plusSeconds(600));
    State decided = asked.with(asked.incident().decidedBy(Authority.HUMAN));

    Decision decision = decide(decided, DOWN);
    assertEquals(Phase.PREPARING, decision.next().phase());
    assertEquals("what a human decided can begin now", decision.next().why());
    for (Observation notYet : List.of(ready(DOWN, Health.DOWN), primary(Health.DOWN, Health.UP))) {
      assertEquals(Phase.AWAITING_APPROVAL, decide(decided, notYet).next().phase());
    }
  }

  @Test
  void halted_move_that_never_began_has_no_latch_to_clear() {
    Observation.Traffic unlatched =
        new Observation.Traffic(Presence.UNKNOWN, Presence.ABSENT, Site.PRIMARY, false);

    Decision decision = decide(Phase.HALTED, 180, with(with(DOWN, unlatched), FENCED));

    assertEquals(Phase.AWAITING_APPROVAL, decision.next().phase());
    assertEquals("the promotion took too long", decision.next().incident().asking().withdrawn());
    assertEquals(new Act.Unfence(), decision.act());
  }

  @Test
  void halted_keeps_the_fence_while_a_call_may_still_move_the_writer() {
    Observation home = with(WELL, TO_DR);
    ControlState resume = new ControlState(false, order(Order.Kind.RESUME));
    State halted = state(Phase.HALTED, 180);
    State asked = halted.with(halted.incident().with(Asking.NONE.asked(NOW.minusSeconds(29))));
    State over = halted.with(halted.incident().with(Asking.NONE.asked(NOW.minusSeconds(30))));

    assertEquals(Phase.HALTED, decide(asked, home).next().phase());
    Decision refused = decide(asked, home, resume);
    assertEquals(Phase.HALTED, refused.next().phase());
    assertEquals(
        "RESUME refused: AWS was asked to move the writer less than 30 s ago",
        refused.next().why());
    assertEquals(Phase.UNROUTING, decide(over, home).next().phase());
    assertEquals(Phase.UNROUTING, decide(over, home, resume).next().phase());
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "SUSPECT", "AWAITING_APPROVAL", "PREPARING", "PROMOTING"})
  void console_promotion_is_followed(Phase phase) {
    assertEquals(Phase.ROUTING, decide(phase, 5, dr(DOWN, TO_PRIMARY)).next().phase());
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTING", "VERIFYING", "FAILED_OVER"})
  void writer_that_moved_back_is_followed(Phase phase) {
    Decision decision = decide(phase, 5, with(WELL, TO_DR));
    assertEquals(Phase.UNROUTING, decision.next().phase());
    assertEquals(new Act.Unlatch(), decision.act());
  }

  @ParameterizedTest
  @EnumSource
  void abort_works_until_the_writer_is_asked_to_move(Phase phase) {
    Decision decision = ordered(phase, DOWN, Order.Kind.ABORT);

    if (Set.of(Phase.SUSPECT, Phase.AWAITING_APPROVAL, Phase.PREPARING).contains(phase)) {
      assertEquals(Phase.STEADY, decision.next().phase());
      assertEquals(NOW.plusSeconds(1800), decision.next().coolDownUntil());
    } else if (phase != Phase.PROMOTING) {
      assertTrue(decision.next().why().contains("ABORT refused"), decision.next().why());
    }
  }

  @Test
  void abort_of_a_promotion_waits_until_no_call_can_move_the_writer() {
    State asked = promoting(Promotion.FAILOVER, 20);
    asked = asked.with(asked.incident().with(Asking.NONE.asked(NOW.minusSeconds(5))));
    ControlState abort = new ControlState(false, order(Order.Kind.ABORT));

    Decision stops = decide(asked, with(DOWN, FENCED), abort);
    assertEquals(Phase.PROMOTING, stops.next().phase());
    assertEquals(new Act.Nothing(), stops.act());
    assertEquals("ABORT by alice: because", stops.next().why());
    assertEquals("order", stops.next().lastOrder());
    assertEquals(Phase.ROUTING, decide(stops.next(), dr(DOWN, TO_PRIMARY)).next().phase());

    State waited =
        stops
            .next()
            .with(
                stops
                    .next()
                    .incident()
                    .with(
                        new Asking(
                            1, 0, NOW.minusSeconds(30), "", "ABORT by alice: because", true)));
    Decision over = decide(waited, with(DOWN, FENCED));
    assertEquals(Phase.STEADY, over.next().phase());
    assertEquals(new Act.Unfence(), over.act());
    assertEquals("the writer stays: ABORT by alice: because", over.next().why());
    assertEquals(NOW.plusSeconds(1800), over.next().coolDownUntil());

    Decision refused = decide(refused(Promotion.FAILOVER, 20), with(DOWN, FENCED), abort);
    assertEquals(Phase.STEADY, refused.next().phase());
    assertEquals("ABORT by alice: because", refused.next().why(), "what ./dr waits for");

    Observation busy = with(DOWN, database(Site.PRIMARY, Activity.BUSY));
    assertEquals(
        "ABORT refused: the writer must be seen at rest in the primary Region",
        decide(asked, busy, abort).next().why());
  }

  @Test
  void fence_falls_after_an_abort_though_nobody_sees_who_writes() {
    Observation silent = with(with(DOWN, FENCED), database(Site.UNKNOWN, Activity.UNKNOWN));

    Decision aborted =
        decide(tried(8, Authority.HUMAN), silent, new ControlState(false, order(Order.Kind.ABORT)));
    assertEquals(Phase.STEADY, aborted.next().phase());
    assertEquals(new Act.Unfence(), aborted.act());

    State closed = aborted.next();
    Decision next = decide(closed, silent);
    assertEquals(Phase.SUSPECT, next.next().phase(), "a fenced Region fails its probe");
    assertEquals(new Act.Unfence(), next.act());
    Observation.Traffic paid =
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, true);
    assertEquals(new Act.Nothing(), decide(closed, with(silent, paid)).act());

    State asked = tried(8, Authority.HUMAN);
    asked = asked.with(asked.incident().with(Asking.NONE.asked(NOW)));
    assertEquals(new Act.Nothing(), decide(asked.enter(Phase.STEADY, NOW, "closed"), silent).act());
  }

  @Test
  void fence_that_somebody_else_put_stays_while_nobody_sees_who_writes() {
    Observation silent = with(with(DOWN, FENCED), database(Site.UNKNOWN, Activity.UNKNOWN));

    assertEquals(new Act.Nothing(), decide(Phase.STEADY, 900, silent).act());
    State own = state(Phase.STEADY, 900).with(incident().attempted());
    assertEquals(new Act.Unfence(), decide(own, silent).act());
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTING", "VERIFYING", "FAILED_OVER", "FAILING_BACK", "HALTED"})
  void fence_stays_once_the_writer_moved_though_nobody_sees_where_it_is(Phase phase) {
    Observation.Traffic latched =
        new Observation.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, false);
    Observation silent =
        with(with(with(DOWN, FENCED), latched), database(Site.UNKNOWN, Activity.UNKNOWN));

    Decision decision = decide(state(phase, 5).with(incident().attempted()), silent);

    assertEquals(new Act.Nothing(), decision.act());
  }

  @Test
  void fence_falls_on_the_way_back_while_dns_still_has_the_old_answer() {
    Observation.Traffic cached =
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.DR, false);

    Decision decision = decide(Phase.UNROUTING, 5, with(with(WELL, FENCED), cached));

    assertEquals(Phase.UNROUTING, decision.next().phase());
    assertEquals(new Act.Unfence(), decision.act());
  }

  @Test
  void lease_that_this_controller_did_not_take_is_no_fence_of_its_own() {
    LeaseReading foreign = new LeaseReading.Registered(false, false, false, NOW.plusSeconds(30));
    LeaseReading own = new LeaseReading.Registered(true, true, false, NOW.plusSeconds(30));

    assertEquals(new Act.Nothing(), decide(Phase.STEADY, 5, with(WELL, foreign)).act());
    assertEquals(new Act.Unfence(), decide(Phase.STEADY, 5, with(WELL, own)).act());
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "ROUTING", "VERIFYING", "FAILED_OVER", "UNROUTING", "HALTED"})
  void looks_count_for_a_suspicion_only_where_there_is_one(Phase phase) {
    Suspicion before = suspicion(25);
    Observation.Database unseen = database(Site.UNKNOWN, Activity.UNKNOWN);

    Decision decision = decide(phase, 25, with(primary(Health.UNKNOWN, Health.UP), unseen));

    assertEquals(before, decision.next().incident().suspicion());
  }

  @Test
  void new_incident_knows_of_a_call_that_may_still_move_the_writer() {
    State former = state(Phase.STEADY, 900).with(incident().attempted());
    State asked = former.with(former.incident().with(Asking.NONE.asked(NOW.minusSeconds(29))));
    State over = former.with(former.incident().with(Asking.NONE.asked(NOW.minusSeconds(30))));
    ControlState force = new ControlState(false, order(Order.Kind.FORCE));

    Incident follows = decide(asked, WELL, force).next().incident();
    assertEquals(1, follows.asking().times());
    assertEquals(2, follows.attempts(), "the fence may stand since the former one");

    Incident anew = decide(over, WELL, force).next().incident();
    assertEquals(Asking.NONE, anew.asking());
    assertEquals(1, anew.attempts());
    Observation moving = with(WELL, database(Site.PRIMARY, Activity.BUSY));
    assertEquals(1, decide(over, moving, force).next().incident().asking().times());
  }

  @Test
  void order_of_ten_minutes_ago_is_still_taken() {
    Order force = new Order("order", Order.Kind.FORCE, "because", "alice", NOW.minusSeconds(600));

    Decision decision = decide(state(Phase.STEADY, 900), DOWN, new ControlState(false, force));

    assertEquals(Phase.PREPARING, decision.next().phase());
  }

  @ParameterizedTest
  @EnumSource
  void order_that_waited_for_too_long_comes_true_no_more(Order.Kind kind) {
    for (Phase phase : Phase.values()) {
      Decision quiet = decide(phase, 5, DOWN);
      Order late = new Order("order", kind, "because", "alice", NOW.minusSeconds(601));
      Decision decision = decide(state(phase, 5), DOWN, new ControlState(false, late));

      assertEquals(quiet.act(), decision.act(), phase.name());
      assertEquals(quiet.next().phase(), decision.next().phase());
      assertEquals("order", decision.next().lastOrder());
      assertTrue(
          decision.next().why().endsWith(kind + " refused: ordered more than 10 minutes ago"),
          decision.next().why());
    }
  }

  @ParameterizedTest
  @EnumSource
  void pause_stops_every_act(Phase phase) {
    for (Observation seen : List.of(WELL, DOWN, dr(WELL, TO_PRIMARY), with(DOWN, FENCED))) {
      for (Order.Kind kind : Order.Kind.values()) {
        Decision decision = decide(state(phase, 900), seen, new ControlState(true, order(kind)));
        assertEquals(new Act.Nothing(), decision.act());
        assertEquals("order", decision.next().lastOrder());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_seen_means_nothing_done(Phase phase) {
    for (int seconds : new int[] {0, 5, 60, 3600}) {
      State tried = state(phase, seconds).with(incident().attempted());
      assertEquals(new Act.Nothing(), decide(tried, NOTHING).act());
      assertEquals(
          new Act.Nothing(), decide(tried, with(NOTHING, new LeaseReading.Unread())).act());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_tick_is_one_version(Phase phase) {
    assertEquals(8, decide(phase, 5, WELL).next().version());
  }

  @Test
  void left_over_fence_is_lifted_while_the_outage_it_causes_is_judged() {
    for (Phase phase : List.of(Phase.STEADY, Phase.SUSPECT, Phase.AWAITING_APPROVAL)) {
      assertEquals(new Act.Unfence(), decide(phase, 5, with(DOWN, FENCED)).act());
    }
    assertNotEquals(new Act.Unfence(), decide(Phase.PREPARING, 5, with(DOWN, FENCED)).act());
    assertNotEquals(new Act.Unfence(), decide(Phase.PROMOTING, 5, with(DOWN, FENCED)).act());
  }

  @Test
  void incident_is_known_by_its_circumstances() {
    // printf 'prod\nv1\nPRIMARY\n7' | sha256sum
    assertEquals(
        "42a42e78bb8c4e4adb91fd0e1093aaaa5da59331a162f20e3aa79b7714de1dab",
        Incident.id("prod", "v1", Site.PRIMARY, 7));
    assertNotEquals(
        Incident.id("prod", "v1", Site.PRIMARY, 7), Incident.id("prod", "v1", Site.PRIMARY, 8));
    assertEquals(
        Incident.id("test", "v1", Site.PRIMARY, 7),
        decide(Phase.STEADY, 0, DOWN).next().incident().id());
  }

  @Test
  void region_that_was_never_seen_to_serve_is_left_by_humans_only() {
    State unborn =
        state(Phase.SUSPECT, 25).with(new Memory(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, NOW));

    assertEquals("the primary Region was never seen to serve", vetoed(DOWN, unborn));
  }

  @Test
  void generation_is_that_of_the_decision_not_of_the_suspicion() {
    Observation moved =
        new Observation(
            DOWN.external(),
            DOWN.peer(),
            DOWN.readiness(),
            "v2",
            DOWN.database(),
            DOWN.traffic(),
            DOWN.lease());

    assertEquals("v2", decide(Phase.SUSPECT, 25, moved).next().incident().generation());
  }

  private String vetoed(Observation seen, State state) {
    Decision decision = decide(state, seen);
    assertEquals(Phase.AWAITING_APPROVAL, decision.next().phase());
    assertEquals(new Act.Nothing(), decision.act());
    return decision.next().why();
  }

  private Decision ordered(Phase phase, Observation seen, Order.Kind kind) {
    return decide(state(phase, 5), seen, new ControlState(false, order(kind)));
  }

  private Decision decide(Phase phase, int seconds, Observation seen) {
    return decide(state(phase, seconds), seen);
  }

  private Decision decide(State state, Observation seen) {
    return decide(state, seen, ControlState.NONE);
  }

  private Decision decide(State state, Observation seen, ControlState control) {
    return new FailoverDecider(Policy.recommended("test", mode), Site.DR)
        .decide(state, seen, control, NOW);
  }

  /** In {@code phase} for so many seconds, with everything else in order. */
  private static State state(Phase phase, int seconds) {
    return new State(
        7,
        phase,
        NOW.minusSeconds(seconds),
        incident().weighed(suspicion(seconds)),
        new Memory(NOW.minusSeconds(30), NOW.minus(HOUR), Instant.EPOCH, NOW.minusSeconds(30)),
        NOW.minus(HOUR),
        "",
        "before");
  }

  /** As if each look since then, the newest five seconds ago, had confirmed it. */
  private static Suspicion suspicion(int seconds) {
    return new Suspicion(
        Duration.ofSeconds(Math.max(0, Math.min(seconds - 5, 25))),
        NOW.minusSeconds(5),
        NOW.minusSeconds(Math.min(seconds, 25)));
  }

  private static State tried(int seconds, Authority authority) {
    return state(Phase.PREPARING, seconds).with(incident().decidedBy(authority).attempted());
  }

  private static State promoting(Promotion promotion, int seconds) {
    Incident incident =
        Incident.open("test", "v1", Site.PRIMARY, 7, promotion, authority(promotion), NOW);
    return state(Phase.PROMOTING, seconds).with(incident);
  }

  private static Authority authority(Promotion promotion) {
    return promotion == Promotion.SWITCHOVER ? Authority.HUMAN : Authority.MACHINE;
  }

  /** Asked once, and refused. */
  private static State refused(Promotion promotion, int seconds) {
    State promoting = promoting(promotion, seconds);
    Asking asking = Asking.NONE.asked(NOW.minusSeconds(5)).refused("RDS refused it");
    return promoting.with(promoting.incident().with(asking));
  }

  private static State asked(Promotion promotion, int seconds, int before) {
    State promoting = promoting(promotion, seconds);
    return promoting.with(promoting.incident().with(Asking.NONE.asked(NOW.minusSeconds(before))));
  }

  private static Memory down(int seconds) {
    return new Memory(NOW.minus(HOUR), Instant.EPOCH, NOW.minusSeconds(seconds), NOW);
  }

  private static Observation.Database heartbeat(Instant at) {
    return new Observation.Database(
        Site.PRIMARY, Activity.IDLE, at, true, null, EngineVersions.UNSEEN);
  }

  /** The DR Region serves, and the primary one follows or does not. */
  private static Observation following(boolean replica, Duration lag) {
    return with(
        dr(WELL, TO_DR),
        new Observation.Database(
            Site.DR, Activity.IDLE, null, replica, lag, EngineVersions.UNSEEN));
  }

  private static Incident incident() {
    return new Incident(
        "id",
        "v1",
        Promotion.FAILOVER,
        Authority.MACHINE,
        NOW.minusSeconds(25),
        Suspicion.since(NOW.minusSeconds(25)),
        0,
        Asking.NONE);
  }

  private static Order order(Order.Kind kind) {
    return new Order("order", kind, "because", "alice", Observations.NOW);
  }
}
