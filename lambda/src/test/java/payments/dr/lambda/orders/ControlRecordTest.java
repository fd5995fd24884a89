package payments.dr.lambda.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;

class ControlRecordTest implements ControlContract {

  private final Ledger ledger = new InMemoryLedger();

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Test
  void nobody_orders_without_a_reason() {
    assertEquals(
        "reason must tell why, got \" \"",
        assertThrows(IllegalArgumentException.class, () -> new Request(ALICE, " ", NOW))
            .getMessage());
  }
}
