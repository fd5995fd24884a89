package payments.dr.configuration.failover;

/** How good the proof is that one Region stopped writing before the other one begins. */
public enum LeaseGrade {
  /** None: Aurora alone fences the old writer. */
  NONE,
  /** The old Region's application is asked to stop, as far as it is reached. */
  BEST_EFFORT,
  /** A lease in three registers, of which two decide, and a check of it in the database. */
  MAJORITY
}
