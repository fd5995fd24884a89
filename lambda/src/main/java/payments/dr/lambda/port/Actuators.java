package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;

/** What the controller does to the world. Every call is bounded in time and safe to repeat. */
public interface Actuators {

  /** Asks for the DR Region's full capacity; best effort, never throws. */
  void raiseCapacity();

  /**
   * Moves the writer of the incident's generation to the DR Region.
   *
   * @throws PortException when refused, such as for an operation that is under way
   */
  void promoteDr(Incident incident);

  /** Moves the writer back without loss. */
  void promotePrimary(Incident incident);

  /**
   * Moves the writer to the primary Region without the DR Region; what was not replicated is lost.
   *
   * @throws PortException when refused, such as for an operation that is under way
   */
  void forcePrimary(Incident incident);

  /** Puts the latch object in the DR Region and, best effort, in the primary one. */
  void latch();

  /** Deletes the latch object in both Regions. */
  void unlatch();
}
