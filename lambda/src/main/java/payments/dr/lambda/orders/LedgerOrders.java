package payments.dr.lambda.orders;

import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.port.Orders;
import payments.dr.ledger.Ledger;

/**
 * Reads what humans left in the ledger's entry {@code CONTROL}. Fails as the ledger does: a tick
 * that cannot know whether it is paused must not act.
 */
public final class LedgerOrders implements Orders {

  private final Ledger ledger;

  /**
   * Makes a reader of orders.
   *
   * @param ledger of the Region whose controller reads
   */
  public LedgerOrders(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public ControlState read() {
    return ControlRecord.read(ledger).control();
  }
}
