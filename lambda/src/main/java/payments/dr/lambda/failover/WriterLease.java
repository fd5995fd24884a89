package payments.dr.lambda.failover;

/** The old writer's right to write. */
public interface WriterLease {

  /** How good the proof is that old writes stopped before the DR Region writes. */
  enum Grade {
    /** Nothing but Aurora's own fence. */
    NONE,
    /** The application is told to stop, if it can be reached. */
    BEST_EFFORT
  }

  Grade grade();

  /** Never throws: what cannot be read is no proof. */
  LeaseReading read();

  /** Takes the right to write from the primary Region. */
  void take(Incident incident);

  /** Gives it back. */
  void release();
}
