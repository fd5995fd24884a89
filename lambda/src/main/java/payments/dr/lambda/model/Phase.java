package payments.dr.lambda.model;

/** Where the controller stands between serving from the primary Region and from the DR Region. */
public enum Phase {
  /** The primary Region serves; nothing is wrong. */
  STEADY,
  /** The quorum says that the primary Region is down; not long enough yet to act. */
  SUSPECT,
  /** Down for long enough, but something forbids the machine to act: a human decides. */
  AWAITING_APPROVAL,
  /** Decided: old writes are being stopped before the DR Region may write. */
  PREPARING,
  /** The database moves its writer to the DR Region. */
  PROMOTING,
  /** The DR Region writes; customers are being sent there. */
  ROUTING,
  /** Customers should arrive: waiting for the proof. */
  VERIFYING,
  /** The DR Region serves, until a human orders the way back. */
  FAILED_OVER,
  /** The database moves its writer back to the primary Region. */
  FAILING_BACK,
  /** The primary Region writes; customers are being sent back. */
  UNROUTING,
  /**
   * A move of the writer took too long, and nobody sees where it is: customers follow it as soon as
   * it is seen at rest, or as a human orders.
   */
  HALTED;

  /**
   * Returns whether ABORT still works: always before the writer is asked to move, and while a move
   * to the DR Region provably did not begin.
   */
  public boolean abortable(Observation.Database seen) {
    return this == SUSPECT
        || this == AWAITING_APPROVAL
        || this == PREPARING
        || this == PROMOTING && seen.settledIn(Site.PRIMARY);
  }

  /** Returns whether the writer has no business being fenced, so that a fence is a left-over. */
  public boolean wantsNoFence() {
    return this == STEADY || this == SUSPECT || this == AWAITING_APPROVAL || this == UNROUTING;
  }

  /** Returns whether a move between Regions is under way or done, so that no cutover may start. */
  public boolean excludesCutover() {
    return this != STEADY && this != SUSPECT && this != AWAITING_APPROVAL;
  }
}
