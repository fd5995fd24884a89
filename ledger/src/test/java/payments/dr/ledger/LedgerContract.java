package payments.dr.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger keeps to. */
public interface LedgerContract {

  LedgerKey KEY = LedgerKey.of("DATA");
  LedgerKey OTHER = new LedgerKey("AUDIT#1", "0000000001");

  /** An empty one; the same within a test. */
  Ledger ledger();

  @Test
  default void what_was_written_is_read_with_its_version() {
    assertEquals(Optional.empty(), ledger().read(KEY));

    ledger().write(List.of(LedgerChange.create(KEY, Map.of("generation", "v1", "note", ""))));
    LedgerEntry first = ledger().read(KEY).orElseThrow();
    ledger().write(List.of(LedgerChange.update(first, Map.of("generation", "v2"))));

    assertEquals(new LedgerEntry(KEY, 1, Map.of("generation", "v1", "note", "")), first);
    assertEquals(
        new LedgerEntry(KEY, 2, Map.of("generation", "v2")), ledger().read(KEY).orElseThrow());
  }

  @Test
  default void entries_of_an_entity_come_by_their_sort_key() {
    for (String entry : List.of("0000000010", "0000000002", "0000000001")) {
      ledger().write(List.of(LedgerChange.create(new LedgerKey("AUDIT#1", entry), Map.of())));
    }
    ledger().write(List.of(LedgerChange.create(new LedgerKey("AUDIT#2", "1"), Map.of())));

    assertEquals(
        List.of("0000000001", "0000000002", "0000000010"),
        ledger().readAll("AUDIT#1").stream().map(entry -> entry.key().entry()).toList());
  }

  @Test
  default void one_conflict_leaves_all_entries_alone() {
    ledger().write(List.of(LedgerChange.create(KEY, Map.of("generation", "v1"))));
    LedgerEntry stale = ledger().read(KEY).orElseThrow();
    ledger().write(List.of(LedgerChange.update(stale, Map.of("generation", "v2"))));

    String message =
        assertThrows(
                LedgerConflictException.class,
                () ->
                    ledger()
                        .write(
                            List.of(
                                LedgerChange.create(OTHER, Map.of()),
                                LedgerChange.update(stale, Map.of("generation", "v3")))))
            .getMessage();

    assertEquals("DATA must still have version 1, but somebody else changed it", message);
    assertEquals(Optional.empty(), ledger().read(OTHER));
    assertEquals("v2", ledger().read(KEY).orElseThrow().values().get("generation"));
  }

  @Test
  default void what_exists_is_not_created_again() {
    ledger().write(List.of(LedgerChange.create(KEY, Map.of())));

    String message =
        assertThrows(
                LedgerConflictException.class,
                () -> ledger().write(List.of(LedgerChange.create(KEY, Map.of()))))
            .getMessage();

    assertEquals("DATA must not exist yet, but somebody else changed it", message);
  }

  @Test
  default void an_entry_can_be_checked_without_a_change() {
    ledger().write(List.of(LedgerChange.create(KEY, Map.of("generation", "v1"))));
    LedgerEntry current = ledger().read(KEY).orElseThrow();

    ledger()
        .write(
            List.of(LedgerChange.unchanged(current), LedgerChange.create(OTHER, Map.of("a", "b"))));

    assertEquals(current, ledger().read(KEY).orElseThrow());
    assertTrue(ledger().read(OTHER).isPresent());
  }

  @Test
  default void one_of_many_that_write_at_once_wins() throws Exception {
    ledger().write(List.of(LedgerChange.create(KEY, Map.of())));
    LedgerEntry current = ledger().read(KEY).orElseThrow();
    Callable<Boolean> contender =
        () -> {
          try {
            ledger().write(List.of(LedgerChange.update(current, Map.of("won", "yes"))));
            return true;
          } catch (LedgerConflictException e) {
            return false;
          }
        };
    var pool = Executors.newFixedThreadPool(8);
    try {
      int winners = 0;
      for (Future<Boolean> outcome : pool.invokeAll(Collections.nCopies(8, contender))) {
        winners += outcome.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    } finally {
      pool.shutdown();
    }
    assertEquals(2, ledger().read(KEY).orElseThrow().version());
  }
}
