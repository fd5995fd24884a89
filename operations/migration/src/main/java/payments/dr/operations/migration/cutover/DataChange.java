package payments.dr.operations.migration.cutover;

/** What happens to the environment's record of where the data is, together with a step. */
public enum DataChange {
  NONE,
  BEGIN,
  /** The point of no return. */
  MOVE,
  END
}
