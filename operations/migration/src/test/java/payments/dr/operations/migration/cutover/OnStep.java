package payments.dr.operations.migration.cutover;

import java.util.Optional;

/** A journal that does something when a step is recorded. */
record OnStep(Journal journal, String step, Runnable action) implements Journal {

  @Override
  public Optional<MigrationRecord> read() {
    return journal.read();
  }

  @Override
  public void save(MigrationRecord next, DataChange data) {
    journal.save(next, data);
    if (next.step().equals(step)) {
      action.run();
    }
  }

  @Override
  public void check() {
    journal.check();
  }
}
