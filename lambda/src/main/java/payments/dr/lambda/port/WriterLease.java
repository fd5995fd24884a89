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

  /**
   * Takes the right to write from the primary Region, for the DR Region.
   *
   * @throws PortException when it could not be taken
   */
  void take(Incident incident);

  /**
   * Gives it to the primary Region.
   *
   * @throws PortException when it could not be given
   */
  void release();

  /**
   * Gives it to this controller's Region without the proof that the other one stopped; nothing
   * where there is no such proof anyway.
   *
   * @throws PortException when it could not be given
   */
  void force(Incident incident);
}
