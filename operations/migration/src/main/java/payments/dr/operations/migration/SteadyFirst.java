package payments.dr.operations.migration;

import payments.dr.ledger.Ledger;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.controller.SteadyController;
import payments.dr.operations.migration.cutover.Pointer;

/**
 * Lets no cutover begin while a move between Regions is near, under way or done. The mutex alone
 * would not: it is free until the controller decides, and runs out when the controller dies.
 */
record SteadyFirst(Ledger ledger, Pointer pointer) implements Pointer {

  @Override
  public void requireReady(String generation) {
    SteadyController.objection(ledger)
        .ifPresent(
            objection -> {
              throw new BadInputException(objection);
            });
    pointer.requireReady(generation);
  }

  @Override
  public void pointTo(String generation) {
    pointer.pointTo(generation);
  }
}
