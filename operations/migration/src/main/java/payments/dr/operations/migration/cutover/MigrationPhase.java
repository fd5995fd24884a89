package payments.dr.operations.migration.cutover;

/** The phase that a migration is in, or that it is entering. */
public enum MigrationPhase {
  PREPARING,
  PREPARED,
  STARTING,
  REPLICATING,
  /** From the fence to the opening of the other side. */
  SWITCHING,
  /** Back from a cutover that did not reach its point of no return. */
  ABORTING,
  /** Giving up before any cutover, or after the way back. */
  ABANDONING,
  ABANDONED,
  FINISHING,
  FINISHED
}
