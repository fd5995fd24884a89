package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.REFUSE;

import java.util.List;
import payments.dr.operations.migration.database.ProviderRoles;

/** Checks for open transactions and for other replication. */
final class SessionChecks {

  static final List<PreflightCheck> ALL =
      List.of(
          new PreflightCheck(
              "long-transaction",
              REFUSE,
              "transaction that has been open for long",
              "the slot of a copy is made only when all transactions older than itself have ended",
              sides ->
                  sides
                      .source()
                      .ask(
                          """
                          SELECT 'process ' || pid, format('%s, open for %s s', coalesce(usename, '-'),
                              floor(extract(epoch FROM clock_timestamp() - xact_start))),
                            format('SELECT pg_terminate_backend(%s);', pid)
                          FROM pg_stat_activity
                          WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                          AND clock_timestamp() - xact_start > make_interval(secs => ?)""",
                          (double) sides.limits().transaction().toSeconds())
                      .stream()
                      .map(row -> new PreflightCheck.Found(sides.source(), row))
                      .toList()),
          PreflightCheck.both(
              "prepared-transaction",
              REFUSE,
              "prepared transaction",
              "it holds locks and the start of every slot until somebody ends it, and no fence ends"
                  + " it",
              """
              SELECT gid, format('of %s, prepared %s', owner, prepared),
                format('ROLLBACK PREPARED %L;', gid)
              FROM pg_prepared_xacts WHERE database = current_database()"""),
          PreflightCheck.source(
              "superuser-session",
              NOTE,
              "session of a superuser",
              "no right that the fence takes binds it, only its triggers do",
              """
              SELECT 'process ' || a.pid, format('%s from %s, %s', a.usename, a.client_addr,
                  coalesce(nullif(a.application_name, ''), 'unnamed')),
                format('SELECT pg_terminate_backend(%s);', a.pid)
              FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
              WHERE r.rolsuper AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
              AND a.datname = current_database() AND a.application_name NOT LIKE 'payments-dr%'
              AND\s"""
                  + ProviderRoles.OTHERS),
          PreflightCheck.both(
              "migration-names",
              DECIDE,
              "what a migration makes, made already",
              "a migration is under way, or one was left unfinished",
              """
              SELECT 'slot ' || slot_name, 'exists',
                format('SELECT pg_drop_replication_slot(%L);', slot_name)
              FROM pg_replication_slots WHERE slot_name ~ '^payments_v[0-9]+_(to_v[0-9]+|changes)$'
              UNION ALL
              SELECT 'publication ' || pubname, 'exists', format('DROP PUBLICATION %I;', pubname)
              FROM pg_publication WHERE pubname ~ '^payments_v[0-9]+_to_v[0-9]+$'
              UNION ALL
              SELECT 'subscription ' || subname, 'exists', 'see ./dr migrate status'
              FROM pg_subscription JOIN pg_database b ON b.oid = subdbid
              WHERE b.datname = current_database() AND subname ~ '^payments_v[0-9]+_to_v[0-9]+$'
              UNION ALL
              SELECT 'schema payments_migration', 'exists', 'see ./dr migrate status'
              WHERE to_regnamespace('payments_migration') IS NOT NULL"""),
          PreflightCheck.both(
              "other-subscription",
              DECIDE,
              "subscription to somebody else",
              "its rows are applied past the fence, and at the other side it does not exist",
              """
              SELECT subname::text, CASE WHEN subenabled THEN 'enabled' ELSE 'disabled' END,
                'drop it, or make it at the target after the cutover'
              FROM pg_subscription JOIN pg_database b ON b.oid = subdbid
              WHERE b.datname = current_database() AND subname !~ '^payments_v[0-9]+_to_v[0-9]+$'"""),
          PreflightCheck.source(
              "other-slot",
              DECIDE,
              "slot of somebody else",
              "whoever reads it must find the target, and its position means nothing there",
              """
              SELECT slot_name::text, format('%s, %s', coalesce(plugin, 'physical'),
                  CASE WHEN active THEN 'active' ELSE 'not active' END),
                format('SELECT pg_drop_replication_slot(%L);', slot_name)
              FROM pg_replication_slots
              WHERE (database = current_database() OR database IS NULL) AND NOT temporary
              AND slot_name !~ '^payments_v[0-9]+_(to_v[0-9]+|changes)$' AND slot_name !~ '^pg_[0-9]+_sync_'"""),
          PreflightCheck.source(
              "other-publication",
              NOTE,
              "publication for somebody else",
              "it is not made at the target, and its subscribers stay with the source",
              """
              SELECT pubname::text, CASE WHEN puballtables THEN 'all tables' ELSE 'some tables' END,
                'tell its subscribers where to go after the cutover'
              FROM pg_publication WHERE pubname !~ '^payments_v[0-9]+_to_v[0-9]+$'"""));

  private SessionChecks() {}
}
