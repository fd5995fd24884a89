package payments.dr.operations.migration.cutover;

/** Tells applications which generation to use. */
public interface Pointer {

  /**
   * Looked at before anything is fenced.
   *
   * @throws payments.dr.operations.console.BadInputException when it could not be moved there now
   */
  void requireReady(String generation);

  /** Idempotent. */
  void pointTo(String generation);
}
