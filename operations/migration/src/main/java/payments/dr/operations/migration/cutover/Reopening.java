package payments.dr.operations.migration.cutover;

import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.Cluster;

/**
 * Opens the generation that has the data, when a failover cut a cutover short: what the cutover had
 * closed came along to the other Region.
 *
 * <p>Works at that side alone: the other generation may have stayed in the Region that is gone. The
 * cutover is recorded as given up before, so that no later run goes on with it as if writes had
 * stopped; the rest of giving up is {@code ./dr migrate rollback}'s, once both sides are there.
 */
public final class Reopening {

  private final Cluster home;
  private final Journal journal;

  /**
   * Makes the reopening of one cluster.
   *
   * @param home the generation that the ledger says has the data
   */
  public Reopening(Cluster home, Journal journal) {
    this.home = home;
    this.journal = journal;
  }

  /**
   * Opens what a cutover has closed.
   *
   * @return whether anything was closed
   */
  public boolean run() {
    journal
        .read()
        .filter(record -> record.phase() == MigrationPhase.SWITCHING && !record.moved())
        .ifPresent(
            record ->
                journal.save(record.aborted().at(MigrationPhase.ABORTING, ""), DataChange.NONE));
    try (Database database = Database.open(home, SqlChanges.MADE)) {
      DatabaseFence fence = new DatabaseFence(database);
      boolean closed = fence.isClosed();
      fence.release();
      return closed;
    }
  }
}
