package payments.dr.lambda.port;

import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;

/** What the controller looks at. */
public interface Probes {

  /**
   * Looks at everything at once, 5 s in all. What could not be seen is UNKNOWN or null; never
   * throws for it.
   *
   * @param generation the database generation to look at
   * @param lease what is known of the writer's lease, part of the answer as it is
   */
  Observation look(String generation, LeaseReading lease);
}
