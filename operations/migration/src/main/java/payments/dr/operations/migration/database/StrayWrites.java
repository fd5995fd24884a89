package payments.dr.operations.migration.database;

import java.util.List;

/**
 * What a closed database was written in spite of its fence, by its own log: a slot that sees every
 * change of whoever is not an apply worker, by whatever way it came.
 *
 * <p>The slot stands before the fence does, because it waits for every transaction of the server.
 * It lives for the time of a cutover only: it holds back the log.
 */
public final class StrayWrites {

  /** Of one look; whoever wrote more is found out by fewer. */
  private static final int CHANGES = 1000;

  private static final int SHOWN = 20;

  private final Database database;
  private final String slot;

  public StrayWrites(Database database) {
    this.database = database;
    this.slot = "payments_%s_strays".formatted(database.generation());
  }

  /** Sees what is written from now on. */
  public void watch() {
    stop();
    database.change("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
  }

  /**
   * Forgets what was committed before a position of the log.
   *
   * @param lsn such as {@code 0/16B3748}
   */
  public void forgetUntil(String lsn) {
    database.change("SELECT pg_replication_slot_advance('" + slot + "', '" + lsn + "')");
  }

  /**
   * Returns the changes, each with its table and row, such as {@code app.own: INSERT:
   * id[integer]:7}; the workspace's and those of tables that extensions keep are none.
   */
  public List<String> read() {
    if (database.dryRun()) {
      return List.of();
    }
    return database.texts(
        """
        SELECT substr(data, 7) FROM pg_logical_slot_peek_changes(
          '%s', NULL, %d, 'only-local', '1', 'include-xids', '0', 'skip-empty-xacts', '1')
        WHERE data LIKE 'table %%' AND data NOT LIKE 'table payments_migration.%%'
        AND NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE starts_with(data, format('table %%I.%%I: ', n.nspname, c.relname)) AND NOT %s)
        LIMIT %d"""
            .formatted(slot, CHANGES, ReplicatedTables.NOT_OF_EXTENSION, SHOWN));
  }

  public boolean isWatching() {
    return database.holds("EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)", slot);
  }

  /** Removes the slot, if it is there. */
  public void stop() {
    if (isWatching()) {
      database.change("SELECT pg_drop_replication_slot('" + slot + "')");
    }
  }
}
