package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.CommandFailedException;

class ReconciliationTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void sides_that_agree_are_clean() {
    Reconciliation found = of(List.of(row("a", 1), row("b", 2)), List.of(row("a", 1), row("b", 2)));

    assertTrue(found.isClean());
    assertEquals(2, found.oldRows());
    assertEquals(2, found.newRows());
    assertEquals(Optional.of(T.plusSeconds(1)), found.agreedFrom());
  }

  @Test
  void empty_sides_are_clean_but_say_nothing() {
    Reconciliation found = of(List.of(), List.of());

    assertTrue(found.isClean());
    assertFalse(found.reachesBack());
  }

  @Test
  void what_only_the_old_writer_has_is_missing_in_the_order_of_time() {
    Reconciliation found =
        of(List.of(row("a", 3), row("b", 0), row("c", 1), row("d", 2)), List.of(row("b", 0)));

    assertEquals(List.of("c", "d", "a"), keys(found.missing()));
    assertEquals(List.of(), found.doubled());
    assertEquals(List.of(), found.conflicting());
    assertTrue(found.reachesBack());
  }

  @Test
  void all_is_missing_where_the_new_writer_has_nothing() {
    Reconciliation found = of(List.of(row("a", 1), row("b", 2)), List.of());

    assertEquals(List.of("a", "b"), keys(found.missing()));
    assertFalse(found.reachesBack(), "nothing is known to have arrived before");
  }

  @Test
  void what_only_the_new_writer_has_was_paid_since() {
    Reconciliation found = of(List.of(), List.of(row("a", 1), row("b", 2)));

    assertTrue(found.isClean());
    assertEquals(2, found.newRows());
  }

  @Test
  void key_with_another_id_is_doubled() {
    Reconciliation found = of(List.of(row("a", "1", "x", 1)), List.of(row("a", "2", "y", 9)));

    assertEquals(List.of(new Doubled("a", List.of("1"), List.of("2"))), found.doubled());
    assertEquals(List.of(), found.missing());
    assertEquals(List.of(), found.conflicting());
  }

  @Test
  void key_that_one_writer_has_twice_is_doubled_once() {
    List<Row> twice = List.of(row("a", "1", "x", 1), row("a", "2", "y", 2));
    List<Row> once = List.of(row("a", "1", "x", 1));

    assertEquals(
        List.of(new Doubled("a", List.of("1", "2"), List.of("1"))), of(twice, once).doubled());
    assertEquals(
        List.of(new Doubled("a", List.of("1"), List.of("1", "2"))), of(once, twice).doubled());
    assertEquals(
        List.of(new Doubled("a", List.of(), List.of("1", "2"))), of(List.of(), twice).doubled());
  }

  @Test
  void key_that_only_the_old_writer_has_and_twice_is_both() {
    Reconciliation found =
        of(List.of(row("a", "1", "x", 1), row("a", "2", "y", 2)), List.of(row("b", 3)));

    assertEquals(List.of("a", "a"), keys(found.missing()));
    assertEquals(List.of(new Doubled("a", List.of("1", "2"), List.of())), found.doubled());
  }

  @Test
  void same_payment_with_other_contents_is_in_conflict() {
    Reconciliation found = of(List.of(row("a", "1", "x", 1)), List.of(row("a", "1", "y", 1)));

    assertEquals(List.of("a"), keys(found.conflicting()));
    assertEquals(List.of(), found.missing());
    assertEquals(List.of(), found.doubled());
    assertEquals(Optional.empty(), found.agreedFrom());
  }

  @Test
  void what_the_new_writer_has_from_before_is_not_missing() {
    Reconciliation found =
        of(
            List.of(
                row("a", 1),
                row("b", "1", "x", 2),
                row("c", "1", "x", 3),
                row("d", 4),
                row("e", "1", "x", 5),
                row("e", "2", "y", 5)),
            List.of());

    Reconciliation again =
        found.rechecked(
            List.of(
                    row("a", 1),
                    row("b", "2", "x", 0),
                    row("c", "1", "y", 0),
                    row("e", "1", "x", 5))
                .iterator());

    assertEquals(List.of("d"), keys(again.missing()));
    assertEquals(
        List.of(
            new Doubled("b", List.of("1"), List.of("2")),
            new Doubled("e", List.of("1", "2"), List.of("1"))),
        again.doubled());
    assertEquals(List.of("c"), keys(again.conflicting()));
    assertEquals(6, again.oldRows());
    assertEquals(4, again.newRows());
    assertTrue(again.reachesBack(), "a has arrived, before d");
  }

  @Test
  void keys_are_in_the_order_of_their_bytes() {
    // UTF-16, and so Java, has them the other way round.
    String low = "\uff5e";
    String high = "\ud83d\ude00";

    assertTrue(
        of(List.of(row(low, 1), row(high, 2)), List.of(row(low, 1), row(high, 2))).isClean());
  }

  @Test
  void unsorted_rows_are_refused_instead_of_missing() {
    List<Row> unsorted = List.of(row("b", 1), row("a", 2));

    assertThrows(IllegalArgumentException.class, () -> of(unsorted, List.of()));
    assertThrows(IllegalArgumentException.class, () -> of(List.of(), unsorted));
  }

  /** A million on both sides, of which none is kept but those that differ. */
  @Test
  void only_differences_are_kept() {
    Reconciliation found =
        Reconciliation.of(
            many(1_000_000).iterator(),
            many(1_000_000).filter(row -> !row.key().endsWith("00000")).iterator());

    assertEquals(1_000_000, found.oldRows());
    assertEquals(999_990, found.newRows());
    assertEquals(10, found.missing().size());
    assertEquals(0, found.doubled().size() + found.conflicting().size());
  }

  @Test
  void too_many_differences_are_another_database() {
    String said =
        assertThrows(
                CommandFailedException.class,
                () -> Reconciliation.of(many(1_000_001).iterator(), many(0).iterator()))
            .getMessage();

    assertTrue(said.startsWith("payments that differ must be at most 1000000, got more"), said);
  }

  private static Stream<Row> many(int count) {
    // Of eight digits each: their order is that of the numbers, and a format would take seconds.
    return IntStream.range(10_000_000, 10_000_000 + count)
        .mapToObj(n -> row(Integer.toString(n), "1", "x", 1));
  }

  private static Reconciliation of(List<Row> old, List<Row> now) {
    return Reconciliation.of(old.iterator(), now.iterator());
  }

  private static List<String> keys(List<Row> rows) {
    return rows.stream().map(Row::key).toList();
  }

  private static Row row(String key, int second) {
    return row(key, "id of " + key, "contents", second);
  }

  private static Row row(String key, String id, String contents, int second) {
    return new Row(key, id, contents, T.plusSeconds(second));
  }
}
