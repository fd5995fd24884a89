package payments.dr.operations.migration.database;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * What a closed database was written in spite of its fence, by its own log: a slot that sees every
 * change, by whatever way it came.
 *
 * <p>The slot stands before the fence does, because it waits for every transaction of the server.
 * It lives for the time of a cutover only: it holds back the log.
 */
public final class StrayWrites {

  /** Of one look, which ends with a transaction. */
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
   * Returns the changes, whoever made them, replication included; each with its table and key, such
   * as {@code app.own: INSERT: id[integer]:7}. The workspace's and those of tables that extensions
   * keep are none.
   */
  public List<String> read() {
    return read(false);
  }

  /** Returns the changes like {@link #read}, but for those that replication brought. */
  public List<String> readLocal() {
    return read(true);
  }

  private List<String> read(boolean local) {
    if (database.dryRun()) {
      return List.of();
    }
    while (true) {
      List<Change> changes = look(local);
      List<String> strays =
          changes.stream().filter(change -> change.text() != null).map(Change::text).toList();
      String end = changes.get(0).end();
      if (!strays.isEmpty() || end == null) {
        return strays;
      }
      // Nothing of all this was a stray: it need not be seen again.
      forgetUntil(end);
    }
  }

  /**
   * @param end of what one look has seen; null when it saw nothing
   * @param text null when nothing of it is a stray
   */
  private record Change(String end, String text) {}

  private List<Change> look(boolean local) {
    return database.query(
        """
        WITH seen AS MATERIALIZED (
          SELECT lsn, data FROM pg_logical_slot_peek_changes('%s', NULL, %d,
            'only-local', '%s', 'include-xids', '0', 'skip-empty-xacts', '1'))
        SELECT ended.lsn::text, stray.data, coalesce((
          SELECT array_agg(quote_ident(a.attname)) FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_index i ON i.indrelid = c.oid AND (i.indisprimary OR i.indisreplident)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
          WHERE starts_with(stray.data, format('%%I.%%I: ', n.nspname, c.relname))), '{}')
        FROM (SELECT max(lsn) AS lsn FROM seen) AS ended LEFT JOIN (
          SELECT substr(data, 7) AS data FROM seen
          WHERE data LIKE 'table %%' AND data NOT LIKE 'table payments_migration.%%'
          AND NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE starts_with(data, format('table %%I.%%I: ', n.nspname, c.relname)) AND NOT %s)
          LIMIT %d) AS stray ON true"""
            .formatted(slot, CHANGES, local, ApplicationTables.NOT_OF_EXTENSION, SHOWN),
        row -> new Change(row.getString(1), shown(row.getString(2), row.getArray(3))));
  }

  private static String shown(String change, Array keys) throws SQLException {
    return change == null
        ? null
        : LoggedChange.withoutValues(change, List.of((String[]) keys.getArray()));
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
