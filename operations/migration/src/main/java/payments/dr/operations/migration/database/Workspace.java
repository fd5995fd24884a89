package payments.dr.operations.migration.database;

import payments.dr.operations.console.CommandFailedException;

/**
 * The schema that a migration keeps for itself on both sides: its marker, what fences took, and the
 * freeze of DDL. It is never dumped; of it only the marker is replicated.
 */
public final class Workspace {

  private static final String TRIGGER = "payments_migration_freeze";

  private static final String SCHEMA =
      """
      CREATE SCHEMA IF NOT EXISTS payments_migration;
      REVOKE ALL ON SCHEMA payments_migration FROM PUBLIC;
      CREATE TABLE IF NOT EXISTS payments_migration.marker (
        id integer PRIMARY KEY,
        source text NOT NULL,
        lsn pg_lsn NOT NULL);
      CREATE TABLE IF NOT EXISTS payments_migration.fence (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        undo text NOT NULL UNIQUE,
        deleter text,
        relation text);
      """
          + ChangeLog.WORKSPACE
          + WriteGuard.WORKSPACE
          + ";\n"
          + DatabaseFence.WORKSPACE;

  /**
   * Before it has begun: what is done concurrently is done in several transactions, and refused at
   * its end it leaves a partition half detached, or an invalid index that refuses rows.
   */
  private static final String FREEZE_CONCURRENT =
      """
      CREATE OR REPLACE FUNCTION payments_migration.refuse_concurrent_ddl() RETURNS event_trigger
      LANGUAGE plpgsql AS $refuse$
      BEGIN
        IF current_setting('payments_migration.ddl', true) IS DISTINCT FROM 'on'
          AND current_query() ~* '\\mconcurrently\\M' THEN
          RAISE EXCEPTION '% CONCURRENTLY is refused while the database migrates', TG_TAG
          USING HINT = 'see ./dr migrate status; DDL would stop the replication';
        END IF;
      END
      $refuse$""";

  /**
   * Commands that change nothing which replication compares, and those of temporary objects, stay
   * possible; everything else would stop the apply of the other side. What passes on purpose may
   * give rows other contents, of which no log tells: what was compared before counts no longer.
   */
  private static final String FREEZE =
      """
      CREATE OR REPLACE FUNCTION payments_migration.refuse_ddl() RETURNS event_trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $refuse$
      DECLARE refused text; passes boolean := current_setting('payments_migration.ddl', true) = 'on';
      BEGIN
        IF passes AND current_setting('application_name') = '{ours}' THEN
          RETURN;
        END IF;
        IF TG_EVENT = 'sql_drop' THEN
          SELECT object_identity INTO refused FROM pg_event_trigger_dropped_objects()
          WHERE original AND NOT is_temporary
          AND object_type NOT IN ('publication', 'subscription') LIMIT 1;
        ELSE
          -- Of a grant only the kind of its object is known.
          SELECT coalesce(object_identity, object_type) INTO refused
          FROM pg_event_trigger_ddl_commands()
          WHERE command_tag NOT IN ('REFRESH MATERIALIZED VIEW', 'COMMENT')
          AND object_type NOT IN ('publication', 'subscription')
          AND schema_name IS DISTINCT FROM 'pg_temp' LIMIT 1;
        END IF;
        IF refused IS NOT NULL AND passes THEN
          DELETE FROM payments_migration.verification;
        ELSIF refused IS NOT NULL THEN
          RAISE EXCEPTION '% of % is refused while the database migrates', TG_TAG, refused
          USING HINT = 'see ./dr migrate status; DDL would stop the replication';
        END IF;
      END
      $refuse$"""
          .replace("{ours}", Database.APPLICATION);

  private Workspace() {}

  public static boolean isThere(Database database) {
    return database.holds("to_regclass('payments_migration.fence') IS NOT NULL");
  }

  /** Makes what is missing of the workspace; afterwards DDL of others is refused. */
  public static void make(Database database) {
    if (database.holds("current_setting('event_triggers', true) = 'off'")) {
      throw new CommandFailedException(
          ("event_triggers of %s must be on while the database migrates, it is off: nothing would"
                  + " refuse schema changes")
              .formatted(database.generation()));
    }
    database.change(SCHEMA, FREEZE, FREEZE_CONCURRENT);
    refuse(database, "ddl_command_end", "", "refuse_ddl");
    refuse(database, "sql_drop", "", "refuse_ddl");
    refuse(
        database,
        "ddl_command_start",
        "WHEN TAG IN ('ALTER TABLE', 'CREATE INDEX', 'DROP INDEX') ",
        "refuse_concurrent_ddl");
  }

  private static void refuse(Database database, String event, String tags, String function) {
    String name = TRIGGER + "_" + event;
    if (!database.holds("EXISTS (SELECT FROM pg_event_trigger WHERE evtname = ?)", name)) {
      database.change(
          "CREATE EVENT TRIGGER %s ON %s %sEXECUTE FUNCTION payments_migration.%s()"
              .formatted(name, event, tags, function));
    }
    // Apart from the creation, which a kill may have cut off: also for a session that acts as a
    // replica.
    database.change("ALTER EVENT TRIGGER %s ENABLE ALWAYS".formatted(name));
  }

  /** Names that a dump must leave out. */
  static boolean ownsDumpEntry(String line) {
    return line.contains(" TRIGGER ")
        && (line.contains(TRIGGER) || line.contains(WriteGuard.TRIGGER));
  }

  /** Removes the workspace, if it is there. */
  public static void remove(Database database) {
    new WriteGuard(database).remove();
    for (String trigger :
        database.texts(
            "SELECT quote_ident(evtname) FROM pg_event_trigger WHERE evtname LIKE ?",
            TRIGGER + "%")) {
      database.change("DROP EVENT TRIGGER " + trigger);
    }
    if (database.holds("to_regnamespace('payments_migration') IS NOT NULL")) {
      database.change("DROP SCHEMA payments_migration CASCADE");
    }
  }
}
