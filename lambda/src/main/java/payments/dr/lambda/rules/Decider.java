package payments.dr.lambda.rules;

import java.time.Instant;
import payments.dr.lambda.model.Control;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Decision;

/** A pure function: the same arguments always give the same decision. */
@FunctionalInterface
public interface Decider {

  /**
   * @param now when the look began; whole seconds
   */
  Decision decide(State state, Observation seen, Control control, Instant now);
}
