package payments.dr.operations.drill;

import java.time.Instant;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.drill.record.DrillRecord;

/** The environment in which a drill runs. */
interface DrillEnvironment extends Clock {

  void inject(InjectedFault fault);

  void repair(InjectedFault fault);

  /** Kills whatever runs the controller at this moment; its next start is not prevented. */
  void killController();

  /** The controller, as its newest tick left it. */
  DrillRecord.Sample look();

  /** Whether an earlier move keeps the controller from failing over by itself for a while. */
  boolean isCoolingDown();

  /** Whether an order waits that no tick has read yet. */
  boolean isOrdered();

  /** Whether the controller would take the order now. */
  boolean takes(Order.Kind kind);

  /**
   * @throws payments.dr.operations.console.CommandFailedException when it is not taken
   */
  void order(Order.Kind kind);

  /** How many payments the Region acknowledged since then. */
  long accepted(String region, Instant since);
}
