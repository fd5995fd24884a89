package payments.dr.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerChangeTest {

  @Test
  void values_do_not_overwrite_what_the_ledger_keeps_itself() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LedgerChange.create(LedgerKey.of("DATA"), Map.of("version", "7")))
            .getMessage();

    assertEquals(
        "names of values must not be among [entity, entry, version], got [version]", message);
  }
}
