package payments.dr.operations.migration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedChangeTest {

  @Test
  void of_a_row_only_its_key_is_shown() {
    assertEquals(
        "app.account: INSERT: id[integer]:7",
        LoggedChange.withoutValues(
            "app.account: INSERT: owner[text]:'it''s id[integer]:8 ' id[integer]:7 tags[text[]]:'{a}'",
            List.of("id")));
    assertEquals(
        "app.a: UPDATE: \"a \"\"[\"[integer]:1 \"a \"\"[\"[integer]:2",
        LoggedChange.withoutValues(
            "app.a: UPDATE: old-key: \"a \"\"[\"[integer]:1 new-tuple: \"a \"\"[\"[integer]:2"
                + " bits[bit(2)]:B'10' doc[json]:unchanged-toast-datum b[boolean]:true",
            List.of("\"a \"\"[\"")));
  }

  @Test
  void without_a_key_nothing_of_a_row_is_shown() {
    assertEquals(
        "app.keyless: DELETE:",
        LoggedChange.withoutValues("app.keyless: DELETE: a[integer]:1 b[text]:'x'", List.of()));
    assertEquals(
        "app.a: DELETE:",
        LoggedChange.withoutValues("app.a: DELETE: (no-tuple-data)", List.of("id")));
    assertEquals(
        "app.a, app.b: TRUNCATE:",
        LoggedChange.withoutValues("app.a, app.b: TRUNCATE: (no-flags)", List.of()));
  }
}
