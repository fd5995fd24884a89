package payments.dr.lambda.failover;

import java.time.Instant;

/** A pure function: the same arguments always give the same decision. */
@FunctionalInterface
public interface Decider {

  /**
   * @param now when the look began; whole seconds
   */
  Decision decide(State state, Seen seen, Control control, Instant now);
}
