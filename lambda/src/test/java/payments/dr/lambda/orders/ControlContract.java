package payments.dr.lambda.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;

/** What humans leave is what the controller reads, whatever keeps the ledger. */
public interface ControlContract {

  Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  String ALICE = "arn:aws:iam::123456789012:user/alice";

  /** An empty one; the same within a test. */
  Ledger ledger();

  @Test
  default void nothing_was_ordered_in_the_beginning() {
    assertEquals(ControlState.NONE, new LedgerOrders(ledger()).read());
  }

  @Test
  default void order_and_pause_arrive_as_they_were_given() {
    write(record().order(Order.Kind.FORCE, because("region is dark")));
    write(record().pause(because("drill")));

    Order force = new Order("order-1", Order.Kind.FORCE, "region is dark", ALICE, NOW);
    assertEquals(new ControlState(true, force), new LedgerOrders(ledger()).read());
    assertEquals(because("drill"), record().pause().orElseThrow());

    write(record().unpause(because("drill is over")));
    assertEquals(new ControlState(false, force), new LedgerOrders(ledger()).read());
  }

  @Test
  default void every_order_has_an_id_of_its_own() {
    write(record().order(Order.Kind.ABORT, because("one")));
    write(record().order(Order.Kind.ABORT, because("two")));

    assertEquals("order-2", new LedgerOrders(ledger()).read().order().id());
  }

  @Test
  default void resume_lifts_the_pause_too() {
    write(record().pause(because("hands off")));
    write(record().order(Order.Kind.RESUME, because("database looked at")));

    ControlState control = new LedgerOrders(ledger()).read();
    assertFalse(control.paused());
    assertEquals(Order.Kind.RESUME, control.order().kind());
  }

  @Test
  default void every_change_has_its_row() {
    write(record().order(Order.Kind.FORCE, because("region is dark")));
    write(record().pause(because("drill")));
    write(record().unpause(because("drill is over")));

    List<LedgerEntry> rows = ledger().readAll("AUDIT#control");
    assertEquals(
        List.of("0000000001", "0000000002", "0000000003"),
        rows.stream().map(row -> row.key().entry()).toList());
    assertEquals(
        List.of("FORCE: region is dark", "PAUSE: drill", "UNPAUSE: drill is over"),
        rows.stream().map(row -> row.values().get("auditWhat")).toList());
    assertEquals(ALICE + " (order)", rows.get(0).values().get("auditBy"));
    assertEquals("2026-01-01T00:00:00Z", rows.get(0).values().get("auditAt"));
    assertEquals("FORCE", rows.get(0).values().get("orderKind"));
  }

  @Test
  default void of_two_who_order_at_once_one_is_told() {
    ControlRecord seen = record();
    write(seen.order(Order.Kind.FORCE, because("first")));

    assertThrows(
        LedgerConflictException.class,
        () -> write(seen.order(Order.Kind.ABORT, because("second"))));
    assertEquals(Order.Kind.FORCE, new LedgerOrders(ledger()).read().order().kind());
    assertEquals(1, ledger().readAll("AUDIT#control").size(), "the refused one left no row");
  }

  @Test
  default void order_that_is_not_known_does_not_hide_the_pause() {
    write(record().order(Order.Kind.FORCE, because("of a newer command")));
    write(record().pause(because("drill")));
    LedgerEntry entry = ledger().read(ControlRecord.KEY).orElseThrow();
    Map<String, String> newer = new HashMap<>(entry.values());
    newer.put("orderKind", "TELEPORT");
    write(List.of(LedgerChange.update(entry, newer)));

    ControlState control = new LedgerOrders(ledger()).read();

    assertTrue(control.paused());
    assertEquals(null, control.order());
  }

  @Test
  default void pause_that_was_set_by_hand_counts() {
    write(List.of(LedgerChange.create(ControlRecord.KEY, Map.of("paused", "true"))));

    assertEquals(new ControlState(true, null), new LedgerOrders(ledger()).read());
    write(record().unpause(because("by the command again")));
    assertFalse(new LedgerOrders(ledger()).read().paused());
  }

  private ControlRecord record() {
    return ControlRecord.read(ledger());
  }

  private void write(List<LedgerChange> changes) {
    ledger().write(changes);
  }

  private static Request because(String reason) {
    return new Request(ALICE, reason, NOW);
  }
}
