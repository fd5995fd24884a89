package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;

/**
 * The writer's right to write. Package {@code lease} has its grades: how good the proof is that old
 * writes stopped before the DR Region writes.
 */
public interface WriterLease {

  /** Never throws: what cannot be read is no proof. */
  LeaseReading read();

  /** Takes the right to write from the primary Region. */
  void take(Incident incident);

  /** Gives it back. */
  void release();
}
