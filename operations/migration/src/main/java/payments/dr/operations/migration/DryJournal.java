package payments.dr.operations.migration;

import java.util.Optional;
import payments.dr.operations.migration.cutover.DataChange;
import payments.dr.operations.migration.cutover.Journal;
import payments.dr.operations.migration.cutover.MigrationRecord;

/** The journal of a dry run: it reads the ledger, and keeps what is saved in memory only. */
final class DryJournal implements Journal {

  private Optional<MigrationRecord> current;

  DryJournal(Optional<MigrationRecord> current) {
    this.current = current;
  }

  @Override
  public Optional<MigrationRecord> read() {
    return current;
  }

  @Override
  public void save(MigrationRecord next, DataChange data) {
    current = Optional.of(next);
  }

  @Override
  public void check() {
    // Nothing is changed, so nobody is in the way.
  }
}
