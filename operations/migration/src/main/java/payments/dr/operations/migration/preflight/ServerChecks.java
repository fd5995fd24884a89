package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.REFUSE;

import java.util.List;

/**
 * Checks the parameters of both servers: each is source in one direction and target in the other.
 */
final class ServerChecks {

  static final List<PreflightCheck> ALL =
      List.of(
          PreflightCheck.both(
              "wal-level",
              REFUSE,
              "log without what logical replication needs",
              "nothing can be published, and the way back publishes from the target",
              """
              SELECT 'wal_level', current_setting('wal_level'),
                'set rds.logical_replication = 1 in the cluster parameter group (elsewhere wal_level'
                || ' = logical) and restart the writer'
              WHERE current_setting('wal_level') <> 'logical'"""),
          PreflightCheck.both(
              "not-writable",
              REFUSE,
              "server that does not take writes",
              "a reader neither publishes nor applies",
              """
              SELECT 'server', 'in recovery: a reader', 'connect to the writer of the global database'
              WHERE pg_is_in_recovery()
              UNION ALL
              SELECT 'default_transaction_read_only', 'on',
                format('BEGIN READ WRITE; ALTER DATABASE %I RESET default_transaction_read_only;'
                  || ' COMMIT;', current_database())
              FROM pg_settings WHERE name = 'default_transaction_read_only' AND reset_val = 'on'"""),
          PreflightCheck.both(
              "replication-slots",
              REFUSE,
              "too few free replication slots",
              "the subscription takes one, each table that is being copied another; a subscriber"
                  + " needs as many origins, which the same parameter bounds",
              spare(
                  "max_replication_slots",
                  "(SELECT count(*) FROM pg_replication_slots)",
                  "1 + current_setting('max_sync_workers_per_subscription')::int")),
          PreflightCheck.both(
              "wal-senders",
              REFUSE,
              "too few free WAL senders",
              "the subscription takes one, each table that is being copied another",
              spare(
                  "max_wal_senders",
                  "(SELECT count(*) FROM pg_stat_replication)",
                  "1 + current_setting('max_sync_workers_per_subscription')::int")),
          PreflightCheck.both(
              "replication-workers",
              REFUSE,
              "too few free logical replication workers",
              "without a worker a subscription stands still and says nothing",
              spare(
                  "max_logical_replication_workers",
                  "(SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL)",
                  "1 + current_setting('max_sync_workers_per_subscription')::int")),
          PreflightCheck.both(
              "worker-processes",
              REFUSE,
              "too few background processes for the replication workers",
              "replication workers are taken from them, and parallel queries take them too",
              """
              SELECT 'max_worker_processes', current_setting('max_worker_processes'),
                format('set max_worker_processes to at least %s and restart', needed)
              FROM (SELECT current_setting('max_logical_replication_workers')::int + 1 AS needed) w
              WHERE current_setting('max_worker_processes')::int < needed"""),
          PreflightCheck.both(
              "copy-workers",
              NOTE,
              "tables copied one after the other",
              "the first copy takes as long as all tables together",
              """
              SELECT 'max_sync_workers_per_subscription',
                current_setting('max_sync_workers_per_subscription'),
                'set max_sync_workers_per_subscription to 2 or more for the time of the copy'
              WHERE current_setting('max_sync_workers_per_subscription')::int < 2"""),
          PreflightCheck.both(
              "slot-wal-limit",
              DECIDE,
              "bound on the log that a slot keeps, which a long copy may reach",
              "beyond it the slot is lost, and the migration begins anew",
              """
              SELECT 'max_slot_wal_keep_size', current_setting('max_slot_wal_keep_size'),
                'set max_slot_wal_keep_size above what is written while the largest table is copied,'
                || ' or to -1 with an alarm on the slot''s lag'
              WHERE current_setting('max_slot_wal_keep_size') <> '-1'"""),
          PreflightCheck.both(
              "wal-sender-timeout",
              NOTE,
              "sender that never gives up a dead receiver",
              "the slot stays active for nobody, and a new subscriber is turned away",
              """
              SELECT 'wal_sender_timeout', '0', 'set wal_sender_timeout to 60s and reload'
              FROM pg_settings WHERE name = 'wal_sender_timeout' AND reset_val = '0'"""),
          PreflightCheck.both(
              "replication-role",
              REFUSE,
              "sessions that act as replicas by default",
              "their writes fire no triggers and check no foreign keys",
              """
              SELECT coalesce(r.rolname, d.datname), setting,
                CASE WHEN setrole = 0
                THEN format('ALTER DATABASE %I RESET session_replication_role;', d.datname)
                ELSE format('ALTER ROLE %I%s RESET session_replication_role;', r.rolname,
                  CASE WHEN setdatabase = 0 THEN '' ELSE format(' IN DATABASE %I', d.datname) END)
                END
              FROM pg_db_role_setting s
              LEFT JOIN pg_roles r ON r.oid = setrole LEFT JOIN pg_database d ON d.oid = setdatabase
              CROSS JOIN LATERAL unnest(setconfig) AS setting
              WHERE setting LIKE 'session_replication_role=%' AND setting NOT LIKE '%=origin'
              AND (setdatabase = 0 OR d.datname = current_database())"""),
          PreflightCheck.source(
              "database-size",
              NOTE,
              "storage that the target needs",
              "the copy and its indexes take about as much again, and the source keeps its log"
                  + " until the copy is done",
              """
              SELECT current_database(), pg_size_pretty(pg_database_size(current_database())),
                'have as much free at the target, or storage that grows by itself, as Aurora''s does'
              """));

  private ServerChecks() {}

  private static String spare(String parameter, String used, String needed) {
    return """
        SELECT '%1$s', format('%%s, of which %%s are free', current_setting('%1$s'),
            current_setting('%1$s')::int - used),
          format('set %1$s to at least %%s and restart', used + needed)
        FROM (SELECT %2$s AS used, %3$s AS needed) AS n
        WHERE current_setting('%1$s')::int - used < needed"""
        .formatted(parameter, used, needed);
  }
}
