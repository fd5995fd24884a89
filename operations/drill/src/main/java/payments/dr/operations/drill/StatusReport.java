package payments.dr.operations.drill;

import payments.dr.operations.controller.ControllerClient;

/** Tells what {@code ./dr status --format json} prints. */
@FunctionalInterface
public interface StatusReport {

  /**
   * Returns the status now, as one JSON object.
   *
   * @throws payments.dr.ledger.LedgerException when the ledger does not answer
   */
  String of(ControllerClient controller);
}
