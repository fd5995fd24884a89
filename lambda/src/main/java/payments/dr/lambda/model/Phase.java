package payments.dr.lambda.model;

/** Where the controller stands between serving from the primary Region and from the DR Region. */
public enum Phase {
  /** The primary Region serves; nothing is wrong. */
  STEADY,
  /**
   * The quorum said that the primary Region is down; not for long enough yet to act, or what
   * forbids to act may pass within seconds.
   */
  SUSPECT,
  /**
   * Something forbids the machine to act: a human decides, or the machine once it is gone. Either
   * the primary Region is confirmed to be down, or the checkers alone say so.
   */
  AWAITING_APPROVAL,
  /** Decided: old writes are being stopped before the DR Region may write. */
  PREPARING,
  /** The database moves its writer to the DR Region; customers leave meanwhile. */
  PROMOTING,
  /** The DR Region writes; customers are being sent there, or were before. */
  ROUTING,
  /** Customers should arrive: waiting for the proof. */
  VERIFYING,
  /** The DR Region serves, until a human orders the way back. */
  FAILED_OVER,
  /**
   * The DR Region serves, and a human ordered the way back: what holds the route through an outage
   * of S3 is taken away, so that customers can leave within seconds.
   */
  LOOSENING,
  /** The database moves its writer back to the primary Region; customers leave meanwhile. */
  FAILING_BACK,
  /** The primary Region writes; customers are being sent back. */
  UNROUTING,
  /**
   * A move of the writer takes too long: it is under way, or nobody sees it. Customers follow the
   * writer as soon as it is seen at rest.
   */
  HALTED;

  /** Returns whether ABORT works at once: AWS has not been asked to move the writer. */
  public boolean abortable() {
    return this == SUSPECT || this == AWAITING_APPROVAL || this == PREPARING;
  }

  /** Returns whether a look at the primary Region confirms or weakens a suspicion. */
  public boolean doubtsPrimary() {
    return abortable() || this == PROMOTING;
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
