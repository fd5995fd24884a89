package payments.dr.operations.migration.cutover;

/** How a step changes the environment's record of where the data is. */
public enum DataChange {
  NONE,
  BEGIN,
  /** The point of no return. */
  MOVE,
  END
}
