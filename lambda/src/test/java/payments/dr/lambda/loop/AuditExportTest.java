package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.lambda.port.AuditArchive;
import payments.dr.lambda.port.PortException;
import payments.dr.ledger.Audit;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.TestClock;

class AuditExportTest {

  private static final LedgerKey CHECKPOINT = new LedgerKey("ARCHIVE", "controller");

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final TestClock clock = new TestClock();
  private final Shelf shelf = new Shelf();

  @Test
  void nothing_to_export_is_left_alone() {
    export();

    assertEquals(List.of(), shelf.taken);
    assertEquals(List.of(), ledger.readAll("ARCHIVE"));
  }

  @Test
  void rows_of_all_incidents_are_taken_once_newest_first() {
    state(1, "-/1", "");
    state(3, "one/3", "-/1");
    state(5, "two/5", "one/3");

    export();
    export();

    assertEquals(List.of("two/5", "one/3", "-/1"), shelf.taken);
    assertEquals(
        ledger.read(Audit.key("one", 3)).orElseThrow().values(), shelf.objects.get("one/3"));
  }

  @Test
  void later_runs_take_what_is_new() {
    state(1, "-/1", "");
    export();
    state(4, "one/4", "-/1");
    state(5, "one/5", "one/4");

    export();

    assertEquals(List.of("-/1", "one/5", "one/4"), shelf.taken);
  }

  @Test
  void orders_are_taken_too() {
    Request alice = new Request("alice", "drill", clock.instant());
    ledger.write(ControlRecord.read(ledger).pause(alice));
    ledger.write(ControlRecord.read(ledger).order(Order.Kind.RESUME, alice));

    export();

    assertEquals(List.of("control/2", "control/1"), shelf.taken);
    assertEquals("RESUME: drill", shelf.objects.get("control/2").get("auditWhat"));
  }

  @Test
  void archive_that_fails_in_the_middle_gets_the_rest_later() {
    state(1, "-/1", "");
    state(2, "-/2", "-/1");
    state(3, "-/3", "-/2");
    shelf.room = 1;

    assertThrows(PortException.class, this::export);
    state(4, "-/4", "-/3");
    shelf.room = 100;
    export();

    assertEquals(List.of("-/3", "-/2", "-/1", "-/4"), shelf.taken);
  }

  @Test
  void run_ends_at_its_limit_and_the_next_goes_on() {
    state(1, "-/1", "");
    state(2, "-/2", "-/1");
    state(3, "-/3", "-/2");
    shelf.slow = Duration.ofSeconds(2);

    export();
    assertEquals(List.of("-/3"), shelf.taken);
    export();
    export();

    assertEquals(List.of("-/3", "-/2", "-/1"), shelf.taken);
  }

  @Test
  void row_that_was_taken_away_does_not_keep_older_ones_back() {
    state(1, "one/1", "");
    state(3, "one/3", "one/1");
    entry(LedgerKey.of("FAILOVER"), 5, Map.of("row", "one/5"));

    export();

    assertEquals(List.of("one/3", "one/1"), shelf.taken);
  }

  @Test
  void row_that_is_missing_with_all_before_it_is_not_asked_for_again() {
    entry(LedgerKey.of("FAILOVER"), 5, Map.of("row", "one/5"));

    export();

    assertEquals(List.of(), shelf.taken);
    assertEquals("one/5", ledger.read(CHECKPOINT).orElseThrow().values().get("done"));
  }

  @Test
  void row_after_the_missing_one_does_not_stand_for_it() {
    state(1, "one/1", "");
    state(5, "one/5", "one/1");
    entry(LedgerKey.of("FAILOVER"), 6, Map.of("row", "one/3"));

    export();

    assertEquals(List.of("one/1"), shelf.taken);
  }

  @Test
  void missing_row_whose_older_ones_are_exported_leaves_nothing_to_do() {
    state(1, "one/1", "");
    export();
    entry(LedgerKey.of("FAILOVER"), 5, Map.of("row", "one/5"));

    export();

    assertEquals(1, shelf.asked);
    assertEquals("one/5", ledger.read(CHECKPOINT).orElseThrow().values().get("done"));
  }

  @Test
  void of_two_that_export_at_once_one_gives_way() {
    state(1, "one/1", "");
    state(2, "one/2", "one/1");
    shelf.slow = Duration.ofMillis(10);
    shelf.meanwhile =
        () -> {
          shelf.meanwhile = () -> {};
          new AuditExport(ledger, shelf, clock, Duration.ofMillis(5)).run();
        };

    export();
    assertEquals(List.of("one/2"), shelf.taken, "both came to the first row");

    export();
    assertEquals(List.of("one/2", "one/1"), shelf.taken);
  }

  @Test
  void row_that_names_itself_ends_the_walk() {
    state(1, "one/1", "one/1");

    export();

    assertEquals(1, shelf.asked);
  }

  @Test
  void pause_that_was_set_by_hand_has_no_row_and_stops_nothing() {
    Request alice = new Request("alice", "drill", clock.instant());
    ledger.write(ControlRecord.read(ledger).pause(alice));
    export();
    ledger.write(
        List.of(
            LedgerChange.update(
                ledger.read(ControlRecord.KEY).orElseThrow(), Map.of("paused", "false"))));
    export();
    ledger.write(ControlRecord.read(ledger).pause(alice));

    export();

    assertEquals(List.of("control/1", "control/3"), shelf.taken);
  }

  @Test
  void row_that_leads_round_in_circles_ends_the_walk() {
    state(1, "one/1", "one/2");
    state(2, "one/2", "one/1");

    export();

    assertEquals(List.of("one/2", "one/1"), shelf.taken);
  }

  private void export() {
    new AuditExport(ledger, shelf, clock, AuditExport.LIMIT).run();
  }

  /** The state after a tick, and the row that keeps it. */
  private void state(long version, String row, String previous) {
    Map<String, String> values = Map.of("row", row, "previousRow", previous);
    entry(LedgerKey.of("FAILOVER"), version, values);
    RowName name = RowName.of(row);
    ledger.write(List.of(LedgerChange.create(name.key(), values)));
  }

  private void entry(LedgerKey key, long version, Map<String, String> values) {
    for (long i = ledger.read(key).map(it -> it.version()).orElse(0L); i < version; i++) {
      ledger.write(List.of(new LedgerChange(key, i, values)));
    }
  }

  private final class Shelf implements AuditArchive {

    private final List<String> taken = new ArrayList<>();
    private final Map<String, Map<String, String>> objects = new HashMap<>();
    private int room = 100;
    private int asked;
    private Runnable meanwhile = () -> {};
    private Duration slow = Duration.ZERO;

    @Override
    public void keep(String incident, long version, Map<String, String> values) {
      clock.advance(slow);
      asked++;
      meanwhile.run();
      if (taken.size() >= room) {
        throw new PortException("no room");
      }
      String name = incident + "/" + version;
      if (objects.putIfAbsent(name, values) == null) {
        taken.add(name);
      }
    }
  }
}
