package payments.dr.lambda.port;

import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;

/** Tells humans and other systems. */
public interface Notifier {

  /**
   * The controller went from one phase to another, and is about to act.
   *
   * @throws PortException when nobody could be told
   */
  void tell(State from, Decision decision, Observation seen);

  /** A tick failed; the next one tries again. Never throws. */
  void trouble(RuntimeException failure);
}
