package payments.dr.operations.migration.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * Keeps everybody but replication from writing one database: takes LOGIN from every role and write
 * rights from every grantee, switches on the triggers that refuse whom no right binds, stops
 * scheduled jobs and ends sessions.
 *
 * <p>Rights and sessions are both needed. An owner gives itself back what a REVOKE took, and a
 * superuser needs no grant: only without a session they cannot. A session that was being opened
 * while LOGIN was taken has no write rights left.
 *
 * <p>What undoes it is written into {@code payments_migration.fence} in the transaction that takes
 * it: the database itself always knows how it is opened exactly as it was. Closing again takes what
 * came up since, and forgets nothing.
 */
public final class DatabaseFence {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;

  /** A condition on {@code pg_roles r}: not the administrator, replication, or the provider's. */
  private static final String FENCED =
      "r.rolname NOT IN (session_user, 'payments_migration') AND " + ProviderRoles.OTHERS;

  private static final String LOGINS =
      """
      SELECT format('ALTER ROLE %I NOLOGIN', r.rolname), format('ALTER ROLE %I LOGIN', r.rolname),
        NULL, NULL
      FROM pg_roles r WHERE r.rolcanlogin AND\s"""
          + FENCED
          + " ORDER BY r.rolname";

  /**
   * Rights of owners stay: they are no use without a session, and the other side's replication
   * writes with them. A revoke cascades to what a grantee gave on.
   */
  private static final String GRANTS =
      """
      SELECT format('REVOKE %1$s ON %2$s %3$s FROM %4$s CASCADE', privileges, kind, object, grantee),
        CASE WHEN grantor = owner THEN '' ELSE format('SET LOCAL ROLE %I; ', grantor::regrole) END
        || format('GRANT %1$s ON %2$s %3$s TO %4$s%5$s', privileges, kind, object, grantee, option)
        || CASE WHEN grantor = owner THEN '' ELSE '; RESET ROLE' END,
        CASE WHEN deletes AND grantee <> 'PUBLIC' THEN grantee END, object
      FROM (
        SELECT c.relowner AS owner, acl.grantor,
          CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
          format('%I.%I', n.nspname, c.relname) AS object,
          CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
            AS grantee,
          CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option,
          string_agg(acl.privilege_type
            || CASE WHEN acl.attname IS NULL THEN '' ELSE format(' (%I)', acl.attname) END, ', '
            ORDER BY acl.privilege_type, acl.attname) AS privileges,
          bool_or(acl.privilege_type = 'DELETE') AS deletes
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN LATERAL (
          SELECT NULL AS attname, (aclexplode(c.relacl)).*
          UNION ALL
          SELECT a.attname, (aclexplode(a.attacl)).* FROM pg_attribute a
          WHERE a.attrelid = c.oid AND NOT a.attisdropped
        ) acl ON true
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND acl.grantee <> c.relowner
        AND (acl.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
          OR c.relkind = 'S' AND acl.privilege_type = 'USAGE')
        AND\s"""
          + ApplicationTables.SCHEMAS
          + """

        GROUP BY 1, 2, 3, 4, 5, 6
      ) taken
      ORDER BY grantor <> owner, object, grantee""";

  /** pg_cron starts a job's worker whether its role may log in or not. */
  private static final String JOBS =
      """
      SELECT format('UPDATE cron.job SET active = false WHERE jobid = %s', jobid),
        format('UPDATE cron.job SET active = true WHERE jobid = %s', jobid), NULL, NULL
      FROM cron.job WHERE active AND database = current_database() ORDER BY jobid""";

  private static final String GUARD =
      """
      SELECT 'UPDATE payments_migration.guard SET closed = true',
        'UPDATE payments_migration.guard SET closed = false', NULL, NULL""";

  /**
   * Tries a write in the name of each role that had the right, and one of the administrator. No row
   * is deleted, but PostgreSQL checks the right to delete before it looks for any. Everything is
   * taken back by the exception that ends each try.
   */
  static final String WORKSPACE =
      """
      CREATE OR REPLACE FUNCTION payments_migration.refuses(writer text, relation text)
      RETURNS boolean LANGUAGE plpgsql AS $refuses$
      BEGIN
        IF writer IS NULL THEN
          PERFORM set_config('payments_migration.writes', 'off', true);
        ELSE
          EXECUTE 'SET LOCAL ROLE ' || writer;
        END IF;
        BEGIN
          EXECUTE format('DELETE FROM %s WHERE false', relation);
        EXCEPTION
          WHEN insufficient_privilege THEN
            IF writer IS NOT NULL THEN
              RAISE EXCEPTION USING ERRCODE = 'PM001';
            END IF;
          WHEN read_only_sql_transaction THEN
            IF writer IS NULL THEN
              RAISE EXCEPTION USING ERRCODE = 'PM001';
            END IF;
        END;
        RAISE EXCEPTION USING ERRCODE = 'PM002';
      EXCEPTION
        WHEN SQLSTATE 'PM001' THEN RETURN true;
        WHEN SQLSTATE 'PM002' THEN RETURN false;
      END
      $refuses$;
      CREATE OR REPLACE FUNCTION payments_migration.still_open() RETURNS SETOF text
      LANGUAGE plpgsql AS $still_open$
      BEGIN
        RETURN QUERY SELECT format('%s writes %s', deleter, relation)
        FROM payments_migration.fence
        WHERE deleter IS NOT NULL AND NOT payments_migration.refuses(deleter, relation);
        RETURN QUERY SELECT format('the administrator writes %I.%I', n.nspname, c.relname)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE t.oid = (SELECT min(oid) FROM pg_trigger WHERE tgname = '{trigger}')
        AND NOT payments_migration.refuses(NULL, format('%I.%I', n.nspname, c.relname));
      END
      $still_open$;
      """
          .replace("{trigger}", WriteGuard.TRIGGER);

  /** Whoever can still write: processes of the server itself and ours excepted. */
  private static final String SESSIONS =
      """
      FROM pg_stat_activity s JOIN pg_roles r ON r.oid = s.usesysid
      WHERE s.datname = current_database() AND s.pid <> pg_backend_pid()
      AND s.backend_type NOT IN ('autovacuum worker', 'parallel worker')
      AND s.backend_type NOT LIKE 'logical replication %%'
      AND r.rolname <> 'payments_migration' AND %s
      AND NOT (r.rolname = session_user AND s.application_name = '%s')
      """
          .formatted(ProviderRoles.OTHERS, Database.APPLICATION);

  private final Database database;

  public DatabaseFence(Database database) {
    this.database = database;
  }

  /**
   * What is taken, and what gives it back.
   *
   * @param deleter whose right to delete rows of the relation it is; null for other rights
   */
  private record Taken(String take, String undo, String deleter, String relation) {}

  /**
   * Refuses logins and writes of applications, and ends their sessions.
   *
   * @throws CommandFailedException when sessions or prepared transactions stay, or a write is not
   *     refused; the caller decides whether to open again
   */
  public void close() {
    take();
    if (!database.dryRun()) {
      end();
      refusePrepared();
      prove();
    }
  }

  /** Takes rights without ending sessions or proof: for a side that is not in use. */
  public void take() {
    again(this::takeOnce);
  }

  private int takeOnce() {
    List<Taken> taken = open();
    List<String> statements = new ArrayList<>();
    for (Taken one : taken) {
      statements.add(
          "INSERT INTO payments_migration.fence (undo, deleter, relation) VALUES (%s, %s, %s)"
                  .formatted(quoted(one.undo()), quoted(one.deleter()), quoted(one.relation()))
              + " ON CONFLICT DO NOTHING");
    }
    taken.forEach(one -> statements.add(one.take()));
    database.changeTogether(statements);
    return taken.size();
  }

  /** Makes a change as if the database were open, and closes it again with what is there then. */
  public void beneath(Runnable change) {
    boolean closed = isClosed();
    again(
        () -> {
          database.together(
              () -> {
                release();
                change.run();
                if (closed) {
                  takeOnce();
                }
              });
          return closed;
        });
  }

  /** Returns what a reader finds of the database as it is without the fence, which stays. */
  public <T> T asOpened(Supplier<T> read) {
    List<String> undo = undo();
    return again(
        () ->
            database.takenBack(
                () -> {
                  undo.forEach(database::always);
                  return read.get();
                }));
  }

  private static <T> T again(Supplier<T> action) {
    for (int attempt = 1; ; attempt++) {
      try {
        return action.get();
      } catch (CommandFailedException e) {
        // Autovacuum writes the same row of the catalogue.
        if (!e.getMessage().contains("concurrently updated") || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Gives back exactly what was taken, in one transaction.
   *
   * @return whether anything was taken
   */
  public boolean release() {
    List<String> statements = new ArrayList<>(undo());
    if (statements.isEmpty()) {
      return false;
    }
    statements.add("DELETE FROM payments_migration.fence");
    database.changeTogether(statements);
    return true;
  }

  private List<String> undo() {
    return Workspace.isThere(database)
        ? database.texts("SELECT undo FROM payments_migration.fence ORDER BY id")
        : List.of();
  }

  public boolean isClosed() {
    return Workspace.isThere(database)
        && database.holds("EXISTS (SELECT FROM payments_migration.fence)");
  }

  /**
   * Refuses prepared transactions.
   *
   * @throws CommandFailedException when there are any: nobody can end them but who knows them
   */
  public void refusePrepared() {
    List<String> prepared =
        database.texts(
            "SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1");
    if (!prepared.isEmpty()) {
      throw new CommandFailedException(
          "%s must have no prepared transactions, got %s: commit or roll them back"
              .formatted(database.generation(), String.join(", ", prepared)));
    }
  }

  private List<Taken> open() {
    List<String> parts = new ArrayList<>();
    // A dry run may have made no workspace.
    parts.add(
        Workspace.isThere(database)
            ? GUARD + " FROM payments_migration.guard WHERE NOT closed"
            : GUARD);
    parts.add(LOGINS);
    parts.add(GRANTS);
    if (database.holds("to_regclass('cron.job') IS NOT NULL")) {
      parts.add(JOBS);
    }
    String all =
        IntStream.range(0, parts.size())
            .mapToObj(
                part ->
                    "SELECT %d AS part, row_number() OVER () AS n, p.* FROM (%s) AS p"
                            .formatted(part, parts.get(part))
                        + " (take, undo, deleter, relation)")
            .collect(Collectors.joining(" UNION ALL "));
    return database.query(
        "SELECT take, undo, deleter, relation FROM (" + all + ") AS everything ORDER BY part, n",
        row -> new Taken(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  /** Twice in a row nobody: a session that was just being opened shows late. */
  private void end() {
    int[] quiet = {0};
    Waiting.until(
        "sessions of %s must end".formatted(database.generation()),
        LIMIT,
        () -> {
          int ended = database.texts("SELECT pg_terminate_backend(s.pid)::text " + SESSIONS).size();
          quiet[0] = ended == 0 ? quiet[0] + 1 : 0;
          return quiet[0] == 2;
        });
  }

  /** By the catalogue for every role, and by a write in the name of each that we may act for. */
  private void prove() {
    List<String> left = new ArrayList<>(new WriteGuard(database).open());
    open().forEach(one -> left.add(one.undo()));
    left.addAll(database.texts("SELECT payments_migration.still_open()"));
    if (!left.isEmpty()) {
      throw new CommandFailedException(
          "%s must refuse writes, still open: %s"
              .formatted(database.generation(), String.join("; ", left)));
    }
  }

  private static String quoted(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }
}
