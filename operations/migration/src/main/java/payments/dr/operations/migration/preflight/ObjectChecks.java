package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;

import java.util.List;

/** Checks for objects that are not ordinary tables. */
final class ObjectChecks {

  static final List<PreflightCheck> ALL =
      List.of(
          PreflightCheck.source(
              "large-object",
              DECIDE,
              "large objects",
              "replication does not carry them",
              """
              SELECT 'pg_largeobject', count(*) || ' large objects',
                'keep them in bytea columns; those that no table names go with vacuumlo'
              FROM pg_largeobject_metadata HAVING count(*) > 0"""),
          PreflightCheck.source(
              "materialized-view",
              NOTE,
              "materialised view",
              "its rows are not carried but computed anew in the cutover, while writes wait",
              """
              SELECT c.oid::regclass::text, pg_size_pretty(pg_total_relation_size(c.oid)),
                'see how long REFRESH MATERIALIZED VIEW takes; drop what nobody needs'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'm' AND {ours}"""),
          PreflightCheck.source(
              "foreign-table",
              DECIDE,
              "foreign table",
              "its rows are elsewhere: the target must reach that server, with a password that no"
                  + " dump carries",
              """
              SELECT c.oid::regclass::text, 'server ' || s.srvname,
                'let the target reach the server and make its user mapping there, or drop the table'
              FROM pg_foreign_table f JOIN pg_class c ON c.oid = f.ftrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE {ours}"""),
          PreflightCheck.source(
              "sequences",
              NOTE,
              "sequences",
              "replication does not carry them; the cutover moves each past the source's",
              """
              SELECT current_database(), format('%s owned by columns, %s identity, %s on their own',
                  count(*) FILTER (WHERE d.deptype = 'a'), count(*) FILTER (WHERE d.deptype = 'i'),
                  count(*) FILTER (WHERE d.deptype IS NULL)),
                'nothing to do'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
              WHERE c.relkind = 'S' AND {ours} HAVING count(*) > 0"""),
          PreflightCheck.source(
              "sequence-cycle",
              DECIDE,
              "sequence that begins again at its end",
              "no position is past it for certain",
              """
              SELECT c.oid::regclass::text, 'CYCLE',
                format('ALTER SEQUENCE %s NO CYCLE;', c.oid::regclass)
              FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE s.seqcycle AND {ours}"""),
          PreflightCheck.source(
              "custom-type",
              NOTE,
              "types of the application's own",
              "a value that ALTER TYPE adds later is DDL, which is refused while the migration"
                  + " lasts",
              """
              SELECT current_database(), format('%s enums, %s composites, %s domains, %s ranges',
                  count(*) FILTER (WHERE typtype = 'e'), count(*) FILTER (WHERE typtype = 'c'),
                  count(*) FILTER (WHERE typtype = 'd'), count(*) FILTER (WHERE typtype = 'r')),
                'add values beforehand'
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
              JOIN LATERAL (SELECT t.oid) c ON true
              WHERE (typtype IN ('e', 'd', 'r') OR typtype = 'c'
                AND EXISTS (SELECT FROM pg_class k WHERE k.oid = typrelid AND k.relkind = 'c'))
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass
                AND e.objid = t.oid AND e.deptype = 'e')
              AND {ours} HAVING count(*) > 0"""),
          PreflightCheck.source(
              "scheduled-job",
              DECIDE,
              "job of pg_cron",
              "jobs are rows of pg_cron's own table, which does not move, and the fence stops them",
              """
              SELECT 'cron.job', 'jobs are scheduled',
                'schedule them at the target after the cutover; here: SELECT cron.unschedule(jobid)'
                || ' FROM cron.job'
              WHERE to_regclass('cron.job') IS NOT NULL
              AND query_to_xml('SELECT EXISTS (SELECT FROM ' || to_regclass('cron.job')
                || ') AS filled', false, false, '')::text LIKE '%<filled>true%'
              UNION ALL
              SELECT 'cron.database_name', 'jobs are kept in database ' || kept,
                format('there: SELECT * FROM cron.job WHERE database = %L; the fence refuses what'
                  || ' they write here', current_database())
              FROM current_setting('cron.database_name', true) AS kept
              WHERE kept <> current_database()"""));

  private ObjectChecks() {}
}
