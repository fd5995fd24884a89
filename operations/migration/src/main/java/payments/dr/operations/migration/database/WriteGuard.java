package payments.dr.operations.migration.database;

import java.util.List;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * Triggers that refuse every statement which writes a table, once a row of the workspace says so.
 * They bind whom no right that is taken binds: the administrator, owners, and jobs that another
 * database schedules here.
 *
 * <p>They stand before time counts: switching them on changes one row and locks no table. Apply
 * workers pass, and so does every session with {@code session_replication_role = replica}, which
 * only {@link StrayWrites} finds.
 */
public final class WriteGuard {

  static final String TRIGGER = "payments_migration_guard";

  /** A guard that is switched off costs a statement the reading of one row. */
  static final String WORKSPACE =
      """
      CREATE TABLE IF NOT EXISTS payments_migration.guard (closed boolean NOT NULL);
      INSERT INTO payments_migration.guard
        SELECT false WHERE NOT EXISTS (SELECT FROM payments_migration.guard);
      CREATE OR REPLACE FUNCTION payments_migration.refuse_write() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $refuse$
      BEGIN
        IF EXISTS (SELECT FROM payments_migration.guard WHERE closed)
          AND current_setting('payments_migration.writes', true) IS DISTINCT FROM 'on' THEN
          RAISE EXCEPTION '% of %.% is refused, this database is closed',
            TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
          USING ERRCODE = 'read_only_sql_transaction', HINT = 'see ./dr migrate status';
        END IF;
        RETURN NULL;
      END
      $refuse$""";

  private static final int ATTEMPTS = 10;

  /** Parents of partitions, too: a statement fires the triggers of the table that it names. */
  private static final String TABLES =
      """
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = '%s' AND t.tgenabled IN ('O', 'A')
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND %s AND %s
      """
          .formatted(TRIGGER, ApplicationTables.SCHEMAS, ApplicationTables.NOT_OF_EXTENSION);

  private final Database database;

  public WriteGuard(Database database) {
    this.database = database;
  }

  /** Makes the triggers that are missing, each in a transaction of its own. */
  public void make() {
    patiently(
        unguarded().stream()
            .map(
                table ->
                    "CREATE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s"
                            .formatted(TRIGGER, table)
                        + " FOR EACH STATEMENT EXECUTE FUNCTION payments_migration.refuse_write()")
            .toList());
  }

  /** Returns the tables that no guard of ours stands before. */
  List<String> unguarded() {
    return database.texts(
        "SELECT format('%I.%I', n.nspname, c.relname) " + TABLES + "AND t.oid IS NULL ORDER BY 1");
  }

  /** Returns what still takes a write of the administrator, by the catalogue. */
  List<String> open() {
    return unguarded().stream().map(table -> "the administrator writes " + table).toList();
  }

  /** Removes the triggers, each in a transaction of its own: together they would lock all. */
  void remove() {
    patiently(
        database.texts(
            "SELECT format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname) "
                + TABLES
                + "AND t.oid IS NOT NULL ORDER BY 1"));
  }

  /** A statement that waits for its lock has the application wait behind it: not for long. */
  private void patiently(List<String> statements) {
    if (statements.isEmpty()) {
      return;
    }
    database.always("SET lock_timeout = '1s'");
    try {
      statements.forEach(this::patiently);
    } finally {
      database.always("SET lock_timeout = '5s'");
    }
  }

  private void patiently(String statement) {
    for (int attempt = 1; ; attempt++) {
      try {
        database.change(statement);
        return;
      } catch (CommandFailedException e) {
        if (!e.getMessage().contains("lock timeout") || attempt == ATTEMPTS) {
          throw e;
        }
        Waiting.pause();
      }
    }
  }
}
