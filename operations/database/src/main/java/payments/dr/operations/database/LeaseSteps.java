package payments.dr.operations.database;

import java.util.List;
import payments.dr.operations.postgres.ApplicationTables;
import payments.dr.operations.postgres.LeaseTrigger;

/**
 * The lease in the database: no table of the application takes a write unless this very server was
 * opened, not longer ago than the lease lasts, by a renewer of the Region that holds it. It stops
 * an application that is frozen or cut off, and so cannot stop by itself.
 *
 * <p>Until when, which server, which epoch and which holder are positions of sequences. A position
 * is read as it is now, where a transaction's snapshot would show a row as it was; and a replica
 * has it, too. What opened the old writer never opens a promoted one: that is another server, as
 * the instant tells at which each began. A restart closes a server for the same reason.
 *
 * <p>The check comes after each statement, not before it: one that waits for a lock comes too late
 * as well. It binds every role, the administrator too. It does not bind a session with {@code
 * session_replication_role = replica}, to which apply workers belong, nor what happens between the
 * check and the commit; functions that write no table, such as {@code nextval}; and large objects.
 */
final class LeaseSteps {

  /** What a statement gets that is refused. */
  static final String REFUSED = "PDR01";

  /** How far ahead an end may lie: more than any renewer wants, and less than a wrong clock. */
  private static final int LONGEST_MILLIS = 60_000;

  private static final String TABLES =
      """
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = 'payments_dr_lease'
        AND t.tgenabled IN ('O', 'A')
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname <> 'payments_dr'
        AND t.oid IS NULL AND %s AND %s"""
          .formatted(ApplicationTables.SCHEMAS, ApplicationTables.NOT_OF_EXTENSION);

  private static final String TRIGGER =
      "CREATE OR REPLACE TRIGGER payments_dr_lease AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
          + " ON %s FOR EACH STATEMENT EXECUTE FUNCTION payments_dr.require_lease()";

  private static final String EXTEND =
      """

      DECLARE
        now_ms bigint := extract(epoch FROM clock_timestamp()) * 1000;
        of_holder bigint := hashtextextended(holder, 0) & 9223372036854775807;
        held bigint;
      BEGIN
        IF until_ms > now_ms + %d THEN
          RAISE EXCEPTION 'until_ms must lie at most %d ms after %%, this server''s clock, got %%',
            now_ms, until_ms;
        END IF;
        -- One renewer after the other: the end never goes back within an epoch.
        PERFORM pg_advisory_xact_lock(hashtextextended('payments_dr.lease', 0));
        held := coalesce(pg_sequence_last_value('payments_dr.lease_epoch'), 0);
        IF epoch < held OR epoch = held
          AND of_holder <> pg_sequence_last_value('payments_dr.lease_holder') THEN
          RAISE EXCEPTION 'epoch of %% must be above %%, which another holder has, got %%',
            holder, held, epoch;
        END IF;
        PERFORM setval('payments_dr.lease_until', CASE WHEN epoch > held THEN until_ms
          ELSE greatest(until_ms, pg_sequence_last_value('payments_dr.lease_until')) END);
        PERFORM setval('payments_dr.lease_holder', of_holder);
        PERFORM setval('payments_dr.lease_epoch', epoch);
        PERFORM setval('payments_dr.lease_server',
          (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint);
      END
      """
          .formatted(LONGEST_MILLIS, LONGEST_MILLIS);

  private static final String REQUIRE =
      """

      BEGIN
        IF pg_sequence_last_value('payments_dr.lease_until')
            > extract(epoch FROM clock_timestamp()) * 1000
          AND pg_sequence_last_value('payments_dr.lease_server')
            = (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint THEN
          RETURN NULL;
        END IF;
        RAISE EXCEPTION '% of %.% is refused, %', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME,
          CASE WHEN pg_sequence_last_value('payments_dr.lease_server')
            = (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint
          THEN 'the lease of this Region ran out at '
            || to_timestamp(pg_sequence_last_value('payments_dr.lease_until') / 1000.0)
          ELSE 'this server was not opened since it began or was promoted' END
        USING ERRCODE = 'PDR01',
          HINT = 'a renewer of the Region that holds the lease opens it, and nobody else';
      END
      """;

  private static final String NEW_TABLES =
      """

      DECLARE made oid;
      BEGIN
        FOR made IN SELECT c.oid
          FROM pg_event_trigger_ddl_commands() ddl JOIN pg_class c ON c.oid = ddl.objid
          AND ddl.classid = 'pg_class'::regclass
          WHERE c.oid IN (SELECT c.oid %s)
        LOOP
          EXECUTE format('%s', made::regclass);
        END LOOP;
      END
      """
          .formatted(TABLES, TRIGGER);

  /**
   * In the order in which they need each other. They are one transaction, so that no table asks for
   * a lease before there is one, whichever step is the last that a session reaches.
   */
  static final List<SetupStep> INSTALLED =
      List.of(
          SetupStep.of(
              "the lease of a server is kept",
              "to_regclass('payments_dr.lease_server') IS NOT NULL",
              """
              CREATE SEQUENCE payments_dr.lease_until MINVALUE 0;
              CREATE SEQUENCE payments_dr.lease_holder MINVALUE 0;
              CREATE SEQUENCE payments_dr.lease_epoch MINVALUE 0;
              CREATE SEQUENCE payments_dr.lease_server MINVALUE 0;
              ALTER SEQUENCE payments_dr.lease_until OWNER TO payments_owner;
              ALTER SEQUENCE payments_dr.lease_holder OWNER TO payments_owner;
              ALTER SEQUENCE payments_dr.lease_epoch OWNER TO payments_owner;
              ALTER SEQUENCE payments_dr.lease_server OWNER TO payments_owner"""),
          function(
              "extend_lease(holder text, epoch bigint, until_ms bigint)",
              "extend_lease(text, bigint, bigint)",
              "void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog"
                  + " SET lock_timeout = '1s'",
              EXTEND),
          SetupStep.of(
              "payments_renewer alone extends it",
              """
              has_schema_privilege('payments_renewer', 'payments_dr', 'USAGE')
              AND has_function_privilege('payments_renewer',
                'payments_dr.extend_lease(text, bigint, bigint)', 'EXECUTE')
              AND NOT has_function_privilege('payments_heartbeat',
                'payments_dr.extend_lease(text, bigint, bigint)', 'EXECUTE')""",
              """
              REVOKE ALL ON FUNCTION payments_dr.extend_lease(text, bigint, bigint) FROM PUBLIC;
              GRANT USAGE ON SCHEMA payments_dr TO payments_renewer;
              GRANT EXECUTE ON FUNCTION payments_dr.extend_lease(text, bigint, bigint)
              TO payments_renewer"""),
          function(
              "require_lease()",
              "require_lease()",
              "trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog",
              REQUIRE),
          SetupStep.of(
              "every table asks for the lease",
              "NOT EXISTS (SELECT " + TABLES + ")",
              """
              SET LOCAL lock_timeout = '5s';
              DO $each$
              DECLARE missing oid;
              BEGIN
                FOR missing IN SELECT c.oid %s LOOP
                  EXECUTE format('%s', missing::regclass);
                END LOOP;
              END
              $each$"""
                  .formatted(TABLES, TRIGGER)),
          // The role that makes a table gives it the trigger.
          SetupStep.of(
              "everybody may name what a table asks",
              "has_schema_privilege('public', 'payments_dr', 'USAGE')",
              "GRANT USAGE ON SCHEMA payments_dr TO PUBLIC"),
          function(
              "guard_new_tables()",
              "guard_new_tables()",
              "event_trigger LANGUAGE plpgsql SET search_path = pg_catalog",
              NEW_TABLES),
          new SetupStep(
              "tables made later ask for it, too",
              "to_regrole('rds_superuser') IS NOT NULL"
                  + " OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
              "EXISTS (SELECT FROM pg_event_trigger e WHERE " + LeaseTrigger.IS + ")",
              "DROP EVENT TRIGGER IF EXISTS payments_dr_lease;\n" + LeaseTrigger.CREATE),
          // Last: what waits for tables would take of its minute.
          SetupStep.of(
              "this server has its first lease, of one minute: a renewer goes on from there",
              "pg_sequence_last_value('payments_dr.lease_server') IS NOT NULL",
              """
              SELECT payments_dr.extend_lease('init', 0,
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint + %d)"""
                  .formatted(LONGEST_MILLIS)));

  /** Role and grants stay: a lower grade is no reason to make them anew. */
  static final List<SetupStep> REMOVED =
      List.of(
          SetupStep.of(
              "no table asks for a lease",
              """
              to_regprocedure('payments_dr.require_lease()') IS NULL
              AND to_regclass('payments_dr.lease_server') IS NULL""",
              """
              SET LOCAL lock_timeout = '5s';
              DROP EVENT TRIGGER IF EXISTS payments_dr_lease;
              DROP FUNCTION IF EXISTS payments_dr.guard_new_tables();
              DROP FUNCTION IF EXISTS payments_dr.require_lease() CASCADE;
              DROP FUNCTION IF EXISTS payments_dr.extend_lease(text, bigint, bigint);
              DROP SEQUENCE IF EXISTS payments_dr.lease_until, payments_dr.lease_holder,
                payments_dr.lease_epoch, payments_dr.lease_server"""));

  private LeaseSteps() {}

  /** Made anew when its body is another one: the next version comes with the next init. */
  private static SetupStep function(String definition, String name, String kind, String body) {
    return SetupStep.of(
        "function payments_dr." + name + " is as it is meant",
        "EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('payments_dr.%s')".formatted(name)
            + " AND prosrc = $body$%s$body$)".formatted(body),
        """
        CREATE OR REPLACE FUNCTION payments_dr.%1$s RETURNS %3$s AS $body$%4$s$body$;
        ALTER FUNCTION payments_dr.%2$s OWNER TO payments_owner"""
            .formatted(definition, name, kind, body));
  }
}
