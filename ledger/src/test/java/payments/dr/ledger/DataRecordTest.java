package payments.dr.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.DataRecord.Cutover;
import payments.dr.ledger.DataRecord.State;

class DataRecordTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Cutover CUTOVER = new Cutover("v1-v2", "v2", "0a1b");

  private final Ledger ledger = new InMemoryLedger();

  @Test
  void there_is_none_until_it_is_first_written() {
    assertEquals(Optional.empty(), DataRecord.read(ledger));

    write(DataRecord.first("v1", "us-east-1", NOW));

    assertEquals("v1 in us-east-1, STEADY since 2026-01-01T00:00:00Z", read().toString());
    assertThrows(
        LedgerConflictException.class, () -> write(DataRecord.first("v2", "us-east-1", NOW)));
  }

  @Test
  void cutover_goes_from_plan_over_the_point_of_no_return_to_its_end() {
    write(DataRecord.first("v1", "us-east-1", NOW));

    write(read().begin(CUTOVER, NOW.plusSeconds(1)));
    assertEquals(
        new DataRecord(2, "v1", "us-east-1", NOW.plusSeconds(1), Optional.of(CUTOVER)), read());
    assertEquals(State.CUTTING_OVER, read().state());

    write(read().moved(NOW.plusSeconds(2)));
    assertEquals(
        new DataRecord(3, "v2", "us-east-1", NOW.plusSeconds(2), Optional.of(CUTOVER)), read());

    write(read().end(NOW.plusSeconds(3)));
    assertEquals(
        new DataRecord(4, "v2", "us-east-1", NOW.plusSeconds(3), Optional.empty()), read());
  }

  @Test
  void cutover_given_up_leaves_the_data_where_it_was() {
    write(DataRecord.first("v1", "us-east-1", NOW));
    write(read().begin(CUTOVER, NOW));
    write(read().end(NOW));

    assertEquals(new DataRecord(3, "v1", "us-east-1", NOW, Optional.empty()), read());
  }

  @Test
  void failover_before_the_point_of_no_return_beats_it() {
    write(DataRecord.first("v1", "us-east-1", NOW));
    write(read().begin(CUTOVER, NOW));
    LedgerChange late = read().moved(NOW);

    write(read().writer("us-east-2", NOW));

    assertThrows(LedgerConflictException.class, () -> write(late));
    assertEquals("v1", read().generation());
    assertEquals("us-east-2", read().writerRegion());
  }

  @Test
  void steps_out_of_order_are_refused() {
    write(DataRecord.first("v1", "us-east-1", NOW));
    DataRecord steady = read();
    assertThrows(IllegalStateException.class, () -> steady.moved(NOW));
    assertThrows(IllegalStateException.class, () -> steady.end(NOW));
    assertThrows(
        IllegalStateException.class, () -> steady.begin(new Cutover("v2-v1", "v1", "0a"), NOW));
    write(steady.begin(CUTOVER, NOW));
    DataRecord begun = read();
    String message =
        assertThrows(IllegalStateException.class, () -> begun.begin(CUTOVER, NOW)).getMessage();
    assertEquals(
        "data must be STEADY, not in v2, got v1 in us-east-1, CUTTING_OVER to v2 since"
            + " 2026-01-01T00:00:00Z",
        message);
    write(begun.moved(NOW));
    DataRecord moved = read();
    assertThrows(IllegalStateException.class, () -> moved.moved(NOW));
  }

  @Test
  void audit_rows_keep_every_state_by_its_version() {
    Holder alice = new Holder("alice@bastion pid 1", "migration v1-v2");
    LedgerChange first = DataRecord.first("v1", "us-east-1", NOW);
    ledger.write(Audit.with("data", first, NOW, alice, "first location"));
    ledger.write(Audit.with("data", read().begin(CUTOVER, NOW), NOW, alice, "cutover begins"));

    List<LedgerEntry> rows = ledger.readAll(Audit.entity("data"));

    assertEquals(
        List.of("0000000001", "0000000002"), rows.stream().map(row -> row.key().entry()).toList());
    Map<String, String> last = rows.get(1).values();
    assertEquals("CUTTING_OVER", last.get("state"));
    assertEquals("cutover begins", last.get("auditWhat"));
    assertEquals("alice@bastion pid 1 (migration v1-v2)", last.get("auditBy"));
    // The same step twice adds no second row.
    assertThrows(
        LedgerConflictException.class,
        () -> ledger.write(Audit.with("data", first, NOW, alice, "first location")));
  }

  private DataRecord read() {
    return DataRecord.read(ledger).orElseThrow();
  }

  private void write(LedgerChange change) {
    ledger.write(List.of(change));
  }
}
