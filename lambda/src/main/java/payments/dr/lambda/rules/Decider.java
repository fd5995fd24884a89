package payments.dr.lambda.rules;

import java.time.Instant;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Decision;

/** A pure function: the same arguments always give the same decision. */
@FunctionalInterface
public interface Decider {

  /**
   * @param now when the look began; whole seconds
   */
  Decision decide(State state, Observation seen, ControlState control, Instant now);
}
