package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Memory;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.model.Suspicion;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.DroppedException;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;
import payments.dr.lambda.rules.Decider;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.Mutex;
import payments.dr.ledger.TestClock;

class TickTest {

  private static final Holder CONTROLLER = new Holder("failover-lambda", "failover");
  private static final Holder SOMEBODY = new Holder("somebody", "migration v1-v2");

  private final TestClock clock = new TestClock();
  private final Ledger ledger = new InMemoryLedger();
  private final Mutex mutex = new Mutex(ledger, clock, Mutex.TTL);
  private final List<String> calls = new ArrayList<>();
  private Phase next = Phase.ROUTING;
  private Act act = new Act.Latch();
  private Runnable whileLooking = () -> {};
  private Runnable onTheWay = () -> {};
  private Asking asking = Asking.NONE;
  private boolean deaf;
  private boolean paused;

  @BeforeEach
  void dataIsInV1() {
    ledger.write(List.of(DataRecord.first("v1", "us-east-1", clock.instant())));
  }

  @Test
  void state_and_row_are_written_before_anybody_is_told_and_the_act_begins() {
    tick().run();

    assertEquals(List.of("look at v1", "orders", "tell [1 row]", "latch [1 row]"), calls);
    Map<String, String> row = ledger.readAll("AUDIT#-").get(0).values();
    assertEquals("STEADY", row.get("from"));
    assertEquals("ROUTING", row.get("phase"));
    assertEquals("Latch", row.get("act"));
    assertEquals("because", row.get("auditWhat"));
    assertEquals("failover-lambda (failover)", row.get("auditBy"));
    assertEquals("ROUTING", state().get("phase"));
  }

  @Test
  void other_region_sees_how_long_ago_it_ticked() {
    DrController seen = new DrController(ledger, clock);
    assertEquals(Optional.empty(), seen.tickAge());

    tick().run();
    clock.advance(Duration.ofSeconds(90));

    assertEquals(Optional.of(Duration.ofSeconds(90)), seen.tickAge());
  }

  @Test
  void state_is_read_back_as_it_was_written() {
    Instant at = clock.instant();
    State state =
        new State(
            1,
            Phase.PREPARING,
            at.plusSeconds(1),
            new Incident(
                "id",
                "v2",
                Promotion.SWITCHOVER,
                Authority.HUMAN,
                at.plusSeconds(2),
                new Suspicion(Duration.ofMillis(2500), at.plusSeconds(8), at.plusSeconds(10)),
                3,
                new Asking(2, 1, at.plusSeconds(11), "RDS refused it", "enough", true)),
            new Memory(
                at.plusSeconds(4),
                at.plusSeconds(5),
                at.plusSeconds(9),
                at.plusSeconds(6),
                at.plusSeconds(12)),
            at.plusSeconds(7),
            "order",
            "why");
    StateStore store = store();

    store.swap(
        store.load(),
        new Decision(state, new Act.Nothing()),
        seen("v1", new LeaseReading.Unread()),
        at);

    assertEquals(state, store.load().state());
  }

  @Test
  void tick_that_was_overtaken_does_nothing() {
    whileLooking =
        () -> {
          whileLooking = () -> {};
          tick().run();
          calls.clear();
        };

    tick().run();

    assertEquals(List.of("orders"), calls, "the overtaken one neither tells nor acts");
    assertEquals(1, ledger.read(StateStore.KEY).orElseThrow().version());
  }

  @Test
  void act_on_an_old_look_is_dropped() {
    whileLooking = () -> clock.advance(Duration.ofSeconds(9));
    tick().run();
    assertEquals(List.of("look at v1", "orders", "tell [1 row]"), calls);

    calls.clear();
    whileLooking = () -> clock.advance(Duration.ofSeconds(8));
    tick().run();
    assertEquals(List.of("look at v1", "orders", "latch [2 row]"), calls);
  }

  @Test
  void writer_is_not_moved_by_a_tick_that_was_overtaken_or_slept_on_the_way_to_rds() {
    for (Runnable meanwhile :
        List.<Runnable>of(
            () -> clock.advance(Duration.ofSeconds(9)),
            () -> {
              act = new Act.Nothing();
              next = Phase.STEADY;
              onTheWay = () -> {};
              tick().run();
            },
            () -> paused = true)) {
      next = Phase.ROUTING;
      act = new Act.PromoteDr(Incident.NONE);
      onTheWay = meanwhile;
      Tick tick = tick();

      PortException late = assertThrows(PortException.class, tick::run);
      assertEquals(
          "PromoteDr is not wanted any more, or its look is older than 8 s", late.getMessage());
    }
    paused = false;
    act = new Act.PromoteDr(Incident.NONE);
    onTheWay = () -> {};
    calls.clear();
    tick().run();
    assertTrue(calls.get(calls.size() - 1).startsWith("promoteDr"), calls::toString);
  }

  @Test
  void writer_is_not_moved_once_another_tick_saw_that_aws_is_to_be_asked_no_more() {
    act = new Act.PromoteDr(Incident.NONE);
    onTheWay =
        () -> {
          onTheWay = () -> {};
          act = new Act.Nothing();
          asking = Asking.NONE.withdraw("ABORT by alice: false alarm");
          tick().run();
        };

    assertThrows(DroppedException.class, tick()::run);

    assertEquals(0, calls.stream().filter(call -> call.startsWith("promoteDr")).count());
  }

  @Test
  void note_that_other_ticks_overtake_three_times_is_given_up() {
    next = Phase.STEADY;
    act = new Act.Nothing();
    tick().run();
    AtomicInteger writes = new AtomicInteger();
    Ledger busy =
        new Ledger() {
          @Override
          public Optional<LedgerEntry> read(LedgerKey key) {
            return ledger.read(key);
          }

          @Override
          public List<LedgerEntry> readAll(String entity) {
            return ledger.readAll(entity);
          }

          @Override
          public void write(List<LedgerChange> changes) {
            writes.incrementAndGet();
            throw new LedgerConflictException("overtaken");
          }
        };
    StateStore store =
        new StateStore(busy, new Mutex(busy, clock, Mutex.TTL), CONTROLLER, regions());

    store.note(
        store.load().state(),
        asking -> asking.refused("no"),
        "no",
        seen("v1", new LeaseReading.Unread()),
        clock.instant());

    assertEquals(3, writes.get());
  }

  @Test
  void writer_is_moved_though_another_tick_decided_the_same_meanwhile() {
    act = new Act.PromoteDr(Incident.NONE);
    onTheWay =
        () -> {
          onTheWay = () -> {};
          tick().run();
        };

    tick().run();

    assertEquals(2, calls.stream().filter(call -> call.startsWith("promoteDr")).count());
  }

  @Test
  void refusal_is_noted_with_a_row_of_its_own() {
    act = new Act.PromoteDr(Incident.NONE);
    onTheWay =
        () -> {
          throw new RefusedException("RDS refused the failover: no", null);
        };

    assertThrows(RefusedException.class, tick()::run);

    State noted = store().load().state();
    assertEquals("RDS refused the failover: no", noted.incident().asking().refusal());
    assertEquals("RDS refused the failover: no", noted.why());
    assertEquals(2, noted.version());
    assertEquals(2, ledger.readAll("AUDIT#-").size());
  }

  @Test
  void refusal_is_noted_though_other_ticks_went_on_but_not_once_they_decided_otherwise() {
    assertEquals("RDS refused the failover: no", refusedAfterA(Phase.ROUTING));
    assertEquals("", refusedAfterA(Phase.VERIFYING));
  }

  private String refusedAfterA(Phase tick) {
    act = new Act.PromoteDr(Incident.NONE);
    onTheWay =
        () -> {
          onTheWay = () -> {};
          act = new Act.Nothing();
          next = tick;
          tick().run();
          throw new RefusedException("RDS refused the failover: no", null);
        };

    assertThrows(RefusedException.class, tick()::run);

    next = Phase.ROUTING;
    return store().load().state().incident().asking().refusal();
  }

  @Test
  void call_that_was_dropped_before_it_left_counts_no_more() {
    act = new Act.PromoteDr(Incident.NONE);
    asking = Asking.NONE.asked(clock.instant());
    whileLooking = () -> clock.advance(Tick.FRESHNESS.plusSeconds(1));

    assertThrows(DroppedException.class, tick()::run);

    assertEquals(0, store().load().state().incident().asking().times());
  }

  /** As a ledger has it while the function is upgraded. */
  @Test
  void state_of_a_version_without_suspicion_is_read() {
    tick().run();
    LedgerEntry entry = ledger.read(StateStore.KEY).orElseThrow();
    Map<String, String> older = new HashMap<>(entry.values());
    older
        .keySet()
        .removeAll(
            List.of("suspicionMillis", "lookedAt", "downSince", "turnedAt", "asked", "refusal"));
    older.put("suspectedAt", "1700000000");
    ledger.write(List.of(new LedgerChange(StateStore.KEY, entry.version(), older)));

    State read = store().load().state();

    Instant suspected = Instant.ofEpochSecond(1_700_000_000);
    assertEquals(Suspicion.since(suspected), read.incident().suspicion());
    assertEquals(Asking.NONE.asked(clock.instant()), read.incident().asking());
    assertEquals(Instant.EPOCH, read.memory().downSince());
    assertEquals(Instant.EPOCH, read.memory().turnedAt());
  }

  @Test
  void act_happens_though_nobody_can_be_told() {
    deaf = true;
    tick().run();

    assertEquals(
        List.of("look at v1", "orders", "tell [1 row]", "trouble nobody hears", "latch [1 row]"),
        calls);
  }

  @Test
  void quiet_tick_adds_a_version_but_no_row() {
    next = Phase.STEADY;
    act = new Act.Nothing();
    tick().run();
    tick().run();

    assertEquals(2, ledger.read(StateStore.KEY).orElseThrow().version());
    assertEquals(1, ledger.readAll("AUDIT#-").size(), "only the first tick's reason was new");
  }

  @Test
  void move_takes_the_mutex_from_a_cutover_and_records_the_writer() {
    Lease cutover = mutex.acquire(SOMEBODY);
    DataRecord data = DataRecord.read(ledger).orElseThrow();
    cutover.write(
        List.of(data.begin(new DataRecord.Cutover("v1-v2", "v2", "0a"), clock.instant())));
    LedgerChange tooLate = DataRecord.read(ledger).orElseThrow().moved(clock.instant());

    tick().run();

    assertThrows(LeaseLostException.class, () -> cutover.write(List.of(tooLate)));
    assertEquals(CONTROLLER, mutex.holding().orElseThrow().holder());
    assertEquals("us-east-2", DataRecord.read(ledger).orElseThrow().writerRegion());
    assertEquals("v1", DataRecord.read(ledger).orElseThrow().generation());
  }

  @Test
  void tick_that_looked_at_another_generation_is_void() {
    whileLooking =
        () -> {
          Lease cutover = mutex.acquire(SOMEBODY);
          DataRecord data = DataRecord.read(ledger).orElseThrow();
          cutover.write(
              List.of(data.begin(new DataRecord.Cutover("v1-v2", "v2", "0a"), clock.instant())));
          cutover.write(List.of(DataRecord.read(ledger).orElseThrow().moved(clock.instant())));
        };
    tick().run();
    assertEquals(List.of("look at v1", "orders"), calls);

    calls.clear();
    whileLooking = () -> {};
    tick().run();
    assertEquals("look at v2", calls.get(0));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"STEADY", "SUSPECT", "AWAITING_APPROVAL"},
      mode = EnumSource.Mode.EXCLUDE)
  void controller_holds_the_mutex_until_the_move_is_over(Phase phase) {
    Lease cutover = mutex.acquire(SOMEBODY);
    next = phase;
    act = new Act.Nothing();

    tick().run();

    assertThrows(LeaseLostException.class, cutover::check);
    assertEquals(CONTROLLER, mutex.holding().orElseThrow().holder());
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "SUSPECT", "AWAITING_APPROVAL"})
  void controller_that_moves_nothing_leaves_the_mutex_to_others(Phase phase) {
    next = phase;
    act = new Act.Nothing();
    Lease cutover = mutex.acquire(SOMEBODY);

    tick().run();

    cutover.check();
  }

  @Test
  void without_a_record_of_the_data_nothing_is_decided() {
    StateStore empty = new StateStore(new InMemoryLedger(), mutex, CONTROLLER, regions());

    assertEquals(
        "where the data is must be on record, got no entry DATA; ./dr database init writes it",
        assertThrows(IllegalStateException.class, empty::load).getMessage());
  }

  private Map<String, String> state() {
    return ledger.read(StateStore.KEY).map(LedgerEntry::values).orElseThrow();
  }

  private Tick tick() {
    return new Tick(
        decider(),
        store(),
        (generation, lease) -> {
          calls.add("look at " + generation);
          whileLooking.run();
          return seen(generation, lease);
        },
        () -> {
          calls.add("orders");
          return new ControlState(paused, null);
        },
        new NoLease(new BestEffortLease(new InMemoryLedger())),
        new RecordingHands(),
        new RecordingNotices(),
        clock,
        Tick.FRESHNESS);
  }

  private Decider decider() {
    return (state, seen, control, now) ->
        new Decision(
            new State(
                state.version() + 1,
                next,
                now,
                Incident.NONE.with(asking),
                state.memory(),
                Instant.EPOCH,
                "",
                "because"),
            act);
  }

  private StateStore store() {
    return new StateStore(ledger, mutex, CONTROLLER, regions());
  }

  private static StateStore.RegionNames regions() {
    return new StateStore.RegionNames("us-east-1", "us-east-2");
  }

  private String rows() {
    return " [" + ledger.readAll("AUDIT#-").size() + " row]";
  }

  private static Observation seen(String generation, LeaseReading lease) {
    return new Observation(
        Health.UP,
        Health.UP,
        Health.UP,
        generation,
        new Observation.Database(Site.DR, Activity.IDLE, null, true, null, EngineVersions.UNSEEN),
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, true),
        lease);
  }

  private final class RecordingHands implements Actuators {

    @Override
    public void raiseCapacity() {
      calls.add("raiseCapacity" + rows());
    }

    @Override
    public void promoteDr(Incident incident, Guard guard) {
      onTheWay.run();
      guard.check();
      calls.add("promoteDr" + rows());
    }

    @Override
    public void promotePrimary(Incident incident, Guard guard) {
      calls.add("promotePrimary" + rows());
    }

    @Override
    public void forcePrimary(Incident incident, Guard guard) {
      calls.add("forcePrimary" + rows());
    }

    @Override
    public void latch() {
      calls.add("latch" + rows());
    }

    @Override
    public void unlatch() {
      calls.add("unlatch" + rows());
    }

    @Override
    public void loosen() {
      calls.add("loosen" + rows());
    }
  }

  private final class RecordingNotices implements Notifier {

    @Override
    public void tell(State from, Decision decision, Observation seen) {
      calls.add("tell" + rows());
      if (deaf) {
        throw new PortException("nobody hears");
      }
    }

    @Override
    public void trouble(RuntimeException failure) {
      calls.add("trouble " + failure.getMessage());
    }
  }
}
