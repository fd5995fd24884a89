package payments.dr.operations.orders;

import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;

/**
 * What the order to take the writer home without the DR Region needs besides: two controllers do
 * not exclude each other, and the ledger that knows where the data is may be out of reach.
 */
final class ForcedFailback {

  private ForcedFailback() {}

  static boolean isOrderedBy(Order.Kind kind, ControllerView view) {
    return kind == Order.Kind.FORCE && view.standsIn() == Site.PRIMARY;
  }

  /** The one that customers are sent to, by the environment's file. */
  static String generation(ControllerView view) {
    return view.environment().config().databases().active().id();
  }

  /** Where the data is, by the human who orders. */
  static LedgerChange statement(ControllerView view) {
    return DataRecord.stated(view.data(), generation(view), view.dr(), view.now());
  }

  /**
   * @return how the DR Region's controller stands
   * @throws BadInputException when it may act against this order
   * @throws CommandFailedException when that cannot be told: only a Region that does not answer,
   *     while AWS elsewhere knows this caller, is left without asking it
   */
  static String otherController(ControllerClient controller) {
    String region = controller.environment().config().regions().dr().name();
    try {
      if (ControlRecord.read(controller.ledgers().apply(RegionRole.DR)).pause().isEmpty()) {
        throw new BadInputException(
            "controller in %s must be paused first, since its ledger answers: ./dr pause %s; while that Region lives ./dr failback loses nothing; nothing was changed"
                .formatted(region, controller.environment().name()));
      }
      return "paused in " + region;
    } catch (LedgerUnavailableException e) {
      return AwsCallException.in(e)
          .map(AwsCallException::diagnosis)
          .filter(diagnosis -> diagnosis.obstacle() == Obstacle.NO_ANSWER)
          .map(silent -> "its controller is taken for dead: " + silent.text())
          .orElseThrow(
              () ->
                  new CommandFailedException(
                      "controller in %s must be paused, or known to be out of reach, got: %s; nothing was changed"
                          .formatted(region, e.getMessage()),
                      e));
    }
  }
}
