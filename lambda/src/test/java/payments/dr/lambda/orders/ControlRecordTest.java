package payments.dr.lambda.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;

class ControlRecordTest implements ControlContract {

  private final Ledger ledger = new InMemoryLedger();

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Test
  void order_tells_the_version_that_it_was_written_with() {
    ledger.write(
        ControlRecord.read(ledger).order(Order.Kind.FORCE, new Request(ALICE, "drill", NOW)));

    assertEquals(1, ControlRecord.versionOf(new LedgerOrders(ledger).read().order().id()));
    assertEquals(0, ControlRecord.versionOf(""));
  }

  @Test
  void nobody_orders_without_a_reason() {
    assertEquals(
        "reason must tell why, got \" \"",
        assertThrows(IllegalArgumentException.class, () -> new Request(ALICE, " ", NOW))
            .getMessage());
  }
}
