package payments.dr.operations.migration.cutover;

/**
 * Something to do whose intent is recorded first. Running it again does no harm.
 *
 * @param name recorded; do not change it while a migration may be under way
 * @param data recorded together with the intent
 */
record Step(String name, DataChange data, Runnable action) {

  Step(String name, Runnable action) {
    this(name, DataChange.NONE, action);
  }
}
