package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;

/** What the controller does to the world. Every call is bounded in time and safe to repeat. */
public interface Actuators {

  /** Asks for the DR Region's full capacity; best effort, never throws. */
  void raiseCapacity();

  /**
   * Moves the writer of the incident's generation to the DR Region.
   *
   * @param guard asked right before AWS is
   * @throws DroppedException when AWS was not asked
   * @throws RefusedException when AWS did not take it
   * @throws PortException when AWS did not answer; it may have taken it nevertheless
   */
  void promoteDr(Incident incident, Guard guard);

  /** Moves the writer back without loss; throws as {@link #promoteDr} does. */
  void promotePrimary(Incident incident, Guard guard);

  /**
   * Moves the writer to the primary Region without the DR Region; what was not replicated is lost.
   *
   * @throws DroppedException when AWS was not asked
   * @throws RefusedException when AWS did not take it
   * @throws PortException when AWS did not answer; it may have taken it nevertheless
   */
  void forcePrimary(Incident incident, Guard guard);

  /**
   * Puts the latch and what holds it in both Regions; one copy is enough to turn the route.
   *
   * @throws PortException when the DR Region's copy could not be put
   */
  void latch();

  /** Deletes the latch and what holds it in both Regions. */
  void unlatch();

  /** Deletes what holds the latch in both Regions; the route stands, and can turn at once. */
  void loosen();
}
