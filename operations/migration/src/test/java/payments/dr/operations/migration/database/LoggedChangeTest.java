package payments.dr.operations.migration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedChangeTest {

  private static LoggedChange read(String line) {
    return LoggedChange.of(line).orElseThrow();
  }

  private static Optional<Set<List<String>>> keys(String line, String... columns) {
    return read(line).keys(List.of(columns));
  }

  @Test
  void of_a_row_only_its_key_is_shown() {
    assertEquals(
        "app.account: INSERT: id[integer]:7",
        read("table app.account: INSERT: owner[text]:'it''s id[integer]:8 ' id[integer]:7"
                + " tags[text[]]:'{a}'")
            .withoutValues(List.of("id")));
    assertEquals(
        "app.a: UPDATE: \"a \"\"[\"[integer]:1 \"a \"\"[\"[integer]:2",
        read("table app.a: UPDATE: old-key: \"a \"\"[\"[integer]:1 new-tuple: \"a \"\"[\"[integer]:2"
                + " bits[bit(2)]:B'10' doc[json]:unchanged-toast-datum b[boolean]:true")
            .withoutValues(List.of("a \"[")));
  }

  @Test
  void without_a_key_nothing_of_a_row_is_shown() {
    assertEquals(
        "app.keyless: DELETE:",
        read("table app.keyless: DELETE: a[integer]:1 b[text]:'x'").withoutValues(List.of()));
    assertEquals(
        "app.a: DELETE:",
        read("table app.a: DELETE: (no-tuple-data)").withoutValues(List.of("id")));
    assertEquals(
        "app.a, app.b: TRUNCATE:",
        read("table app.a, app.b: TRUNCATE: (no-flags)").withoutValues(List.of()));
  }

  @Test
  void keys_are_those_that_a_row_had_and_has() {
    assertEquals(
        Optional.of(Set.of(List.of("7"))),
        keys("table app.own: INSERT: id[integer]:7 v[text]:null", "id"));
    assertEquals(
        Optional.of(Set.of(List.of("1", "a'b"), List.of("2", "a\n]:'"))),
        keys(
            "table app.own: UPDATE: old-key: n[bigint]:1 t[text]:'a''b' new-tuple:"
                + " x[text]:' new-tuple: ' n[bigint]:2 t[text]:'a\n]:'''",
            "n",
            "t"));
    assertEquals(
        Optional.of(Set.of(List.of("101"))), keys("table app.bits: DELETE: id[bit]:B'101'", "id"));
    assertEquals(
        Optional.of(Set.of(List.of("null"))), keys("table a.b: DELETE: id[text]:'null'", "id"));
    assertEquals(
        Optional.of(Set.of(List.of("NaN", "true"))),
        keys("table a.b: DELETE: id[double precision]:NaN f[boolean]:true", "id", "f"));
  }

  @Test
  void large_value_of_a_key_is_found_where_the_row_was_as_it_was() {
    assertEquals(
        Optional.of(Set.of(List.of("1", "long"))),
        keys(
            "table a.b: UPDATE: old-key: id[integer]:1 k[text]:'long' new-tuple: id[integer]:1"
                + " k[text]:unchanged-toast-datum v[text]:'x'",
            "id",
            "k"));
    assertEquals(
        Optional.empty(),
        keys("table a.b: UPDATE: id[integer]:1 k[text]:unchanged-toast-datum", "id", "k"));
    assertEquals(
        Optional.of(Set.of(List.of("unchanged-toast-datum"))),
        keys("table a.b: UPDATE: k[text]:'unchanged-toast-datum'", "k"));
  }

  @Test
  void key_that_is_not_told_is_no_key() {
    assertEquals(Optional.empty(), keys("table a.b: DELETE: (no-tuple-data)", "id"));
    assertEquals(Optional.empty(), keys("table a.b: DELETE: other[integer]:1", "id"));
    assertEquals(Optional.empty(), keys("table a.b: INSERT: id[integer]:null", "id"));
    assertEquals(Optional.empty(), keys("table a.b: INSERT: id[integer]:1"));
    assertEquals(
        Optional.empty(),
        keys("table a.b: UPDATE: old-key: other[integer]:1 new-tuple: id[integer]:1", "id"));
  }

  @Test
  void names_are_read_as_they_are() {
    LoggedChange change =
        read(
            "table \"Back.\"\"Office\".\"a: INSERT: b\": INSERT: \"id]: '\"[\"T\".\"]:\"]:'x'"
                + " \"new-tuple:\"[integer]:1");
    assertEquals("Back.\"Office", change.table().schema());
    assertEquals("a: INSERT: b", change.table().table());
    assertEquals(Optional.of(Set.of(List.of("x"))), change.keys(List.of("id]: '")));
    assertEquals(change.table(), TableName.of("\"Back.\"\"Office\".\"a: INSERT: b\""));
    assertEquals(TableName.of("\"app\"", "\"user\""), TableName.of("app.user"));
    assertEquals(
        List.of(TableName.of("a", "b"), TableName.of("c", "\", d.e\"")),
        read("table a.b, c.\", d.e\": TRUNCATE: restart_seqs cascade").tables());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "COMMIT",
        "BEGIN 734",
        "COMMIT 734",
        "message: transactional: 1 prefix: table, sz: 9 content:table a.b"
      })
  void bounds_of_transactions_and_messages_are_no_changes(String line) {
    assertFalse(LoggedChange.of(line).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table a.b: MERGE: id[integer]:1",
        "table a: INSERT: id[integer]:1",
        "table a.b: INSERT: id[integer]:'secret",
        "table a.b: INSERT: id[integer",
        "table a.b: INSERT: secret",
        "table a.b: INSERT: id[integer]:1 new-tuple: id[integer]:2",
        "table a.b: UPDATE: old-key: id[integer]:1",
        "PREPARE TRANSACTION 'secret'"
      })
  void line_that_is_not_understood_is_refused_without_a_value(String line) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> LoggedChange.of(line));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }
}
