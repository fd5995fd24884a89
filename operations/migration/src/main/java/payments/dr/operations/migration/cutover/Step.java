package payments.dr.operations.migration.cutover;

/**
 * An idempotent action whose intent is recorded before it runs.
 *
 * @param name recorded; do not change it while a migration may be under way
 * @param data recorded together with the intent
 */
record Step(String name, DataChange data, Runnable action) {

  Step(String name, Runnable action) {
    this(name, DataChange.NONE, action);
  }
}
