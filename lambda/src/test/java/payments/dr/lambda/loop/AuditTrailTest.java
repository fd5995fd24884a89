package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
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
import payments.dr.lambda.port.Decision;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.Mutex;
import payments.dr.ledger.TestClock;

class AuditTrailTest {

  private static final Observation SEEN =
      new Observation(
          Health.DOWN,
          Health.UNKNOWN,
          Health.UP,
          "v2",
          new Observation.Database(
              Site.PRIMARY,
              Activity.BUSY,
              Instant.parse("2026-01-01T00:00:00Z"),
              Instant.parse("2026-01-01T00:00:03Z"),
              Site.DR,
              false,
              Duration.ofMillis(1500),
              new EngineVersions("17.7", "17.8")),
          new Observation.Traffic(Presence.ABSENT, Presence.PRESENT, Site.DR, true),
          new LeaseReading.Registered(true, true, false, Instant.parse("2026-01-01T00:00:07Z")));

  private final TestClock clock = new TestClock();
  private final Torn ledger = new Torn();

  /** Two incidents of two rows each after one row of none, with quiet ticks in between. */
  @BeforeEach
  void fiveRowsInNineTicks() {
    ledger.write(List.of(DataRecord.first("v1", "us-east-1", clock.instant())));
    tick("-", Phase.STEADY, "first");
    tick("-", Phase.STEADY, "first");
    tick("one", Phase.SUSPECT, "down");
    tick("one", Phase.SUSPECT, "down");
    tick("one", Phase.STEADY, "up");
    tick("one", Phase.STEADY, "up");
    tick("two", Phase.SUSPECT, "down again");
    tick("two", Phase.SUSPECT, "down again");
    tick("two", Phase.STEADY, "up again");
  }

  @Test
  void rows_of_all_incidents_come_in_order() {
    AuditTrail trail = AuditTrail.read(ledger);

    assertEquals(List.of(), trail.gaps());
    assertEquals(
        List.of("-/1 first", "one/3 down", "one/5 up", "two/7 down again", "two/9 up again"),
        trail.rows().stream()
            .map(row -> row.incident() + "/" + row.version() + " " + row.what())
            .toList());
    AuditTrail.Row last = trail.rows().get(4);
    assertEquals("controller (failover)", last.by());
    assertEquals(Phase.SUSPECT, last.recorded().from());
    assertEquals(SEEN, last.recorded().seen());
    assertEquals(9, last.recorded().state().version());
    assertEquals(StateStore.read(ledger).orElseThrow(), last.recorded());
  }

  @Test
  void row_that_was_taken_away_is_noticed() {
    ledger.hide("one", 5);

    AuditTrail trail = AuditTrail.read(ledger);

    assertEquals(
        List.of("row one/5 must be there, since row two/7 names it, found none"), trail.gaps());
    assertEquals(4, trail.rows().size(), "what is left is told");
  }

  @Test
  void newest_row_is_missed_too() {
    ledger.hide("two", 9);

    assertEquals(
        List.of("row two/9 must be there, since the state names it, found none"),
        AuditTrail.read(ledger).gaps());
  }

  @Test
  void incident_that_was_taken_away_hides_what_was_before() {
    ledger.hide("one", 3);
    ledger.hide("one", 5);

    AuditTrail trail = AuditTrail.read(ledger);

    assertEquals(
        List.of(
            "row one/5 must be there, since row two/7 names it, found none",
            "rows before one/5 cannot be found any more"),
        trail.gaps());
    assertEquals(2, trail.rows().size());
  }

  @Test
  void row_that_was_slipped_in_is_noticed() {
    Map<String, String> copied = ledger.readAll("AUDIT#two").get(0).values();
    ledger.write(List.of(LedgerChange.create(new LedgerKey("AUDIT#two", "0000000008"), copied)));

    assertEquals(List.of("row two/8 is named by no other"), AuditTrail.read(ledger).gaps());
  }

  @Test
  void state_of_a_controller_that_saw_less_is_read() {
    Map<String, String> values = new TreeMap<>(ledger.read(StateStore.KEY).orElseThrow().values());
    values
        .keySet()
        .removeAll(
            List.of(
                "seen.primaryVersion", "seen.drVersion", "seen.replicatedUntil", "seen.movingTo"));
    InMemoryLedger older = new InMemoryLedger();
    older.write(List.of(LedgerChange.create(StateStore.KEY, values)));

    Observation.Database seen = StateStore.read(older).orElseThrow().seen().database();
    assertEquals(EngineVersions.UNSEEN, seen.versions());
    assertNull(seen.replicatedUntil());
    assertEquals(Site.UNKNOWN, seen.movingTo());
  }

  @Test
  void without_a_controller_there_is_none() {
    assertEquals(new AuditTrail(List.of(), List.of()), AuditTrail.read(new InMemoryLedger()));
    assertEquals(Optional.empty(), StateStore.read(new InMemoryLedger()));
  }

  private void tick(String incident, Phase phase, String why) {
    StateStore store =
        new StateStore(
            ledger,
            new Mutex(ledger, clock, Mutex.TTL),
            new Holder("controller", "failover"),
            new StateStore.RegionNames("us-east-1", "us-east-2"));
    StateStore.Loaded current = store.load();
    State next =
        new State(
            current.state().version() + 1,
            phase,
            clock.instant(),
            new Incident(
                incident,
                "v1",
                Promotion.FAILOVER,
                Authority.MACHINE,
                clock.instant(),
                Suspicion.since(clock.instant()),
                0,
                Asking.NONE),
            Memory.EMPTY,
            Instant.EPOCH,
            "",
            why);
    store.swap(current, new Decision(next, new Act.Nothing()), SEEN, clock.instant());
    clock.advance(Duration.ofSeconds(5));
  }

  /** A ledger in which somebody hides rows. */
  private static final class Torn implements Ledger {

    private final Ledger whole = new InMemoryLedger();
    private final Set<LedgerKey> hidden = new HashSet<>();

    void hide(String incident, long version) {
      hidden.add(new LedgerKey("AUDIT#" + incident, "%010d".formatted(version)));
    }

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return whole.read(key).filter(entry -> !hidden.contains(key));
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return whole.readAll(entity).stream().filter(it -> !hidden.contains(it.key())).toList();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      whole.write(changes);
    }
  }
}
