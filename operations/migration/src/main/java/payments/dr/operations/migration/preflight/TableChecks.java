package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.REFUSE;

import java.util.List;

/** Checks the tables: their replica identity, what fills them, and what the target already has. */
final class TableChecks {

  static final List<PreflightCheck> ALL =
      List.of(
          PreflightCheck.source(
              "replica-identity",
              REFUSE,
              "table whose rows cannot be told apart",
              "from its publication on, every UPDATE and DELETE of it fails in production; better"
                  + " than the fix is a primary key. A deferrable key does not count",
              """
              SELECT c.oid::regclass::text,
                CASE c.relreplident WHEN 'n' THEN 'replica identity nothing'
                  WHEN 'i' THEN 'the index of its replica identity is gone or invalid'
                  ELSE 'no primary key' END,
                coalesce(
                  (SELECT format('ALTER TABLE %s REPLICA IDENTITY DEFAULT;', c.oid::regclass)
                   FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid
                   AND i.indimmediate),
                  (SELECT format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I;', c.oid::regclass,
                     x.relname)
                   FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                   WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
                   AND i.indpred IS NULL AND i.indexprs IS NULL
                   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                     AND a.attnum = ANY (i.indkey) AND NOT a.attnotnull)
                   ORDER BY i.indnkeyatts, x.relname LIMIT 1),
                  format('ALTER TABLE %s REPLICA IDENTITY FULL;', c.oid::regclass))
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND {ours}
              AND c.relreplident <> 'f'
              AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid
                AND i.indimmediate AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                  WHEN 'i' THEN i.indisreplident END)"""),
          PreflightCheck.source(
              "replica-identity-full",
              NOTE,
              "table whose rows are told apart by all of their columns",
              "each UPDATE and DELETE searches the target's table, by an index only from"
                  + " PostgreSQL 16 on",
              """
              SELECT c.oid::regclass::text, 'replica identity full',
                'give it a primary key, then: ALTER TABLE ' || c.oid::regclass
                || ' REPLICA IDENTITY DEFAULT'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND c.relreplident = 'f'
              AND {ours}"""),
          PreflightCheck.source(
              "large-without-key",
              DECIDE,
              "table without a primary key of more than 128 MiB",
              "the log does not say which of its rows changed: the cutover compares all of them"
                  + " while writes pause",
              """
              SELECT c.oid::regclass::text, pg_size_pretty(pg_table_size(c.oid)),
                'give it a primary key, then: ALTER TABLE ' || c.oid::regclass
                || ' REPLICA IDENTITY DEFAULT'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND c.relreplident = 'f' AND {ours}
              AND pg_table_size(c.oid) > 128 * 1024 * 1024
              AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
                AND i.indisvalid AND i.indimmediate)"""),
          PreflightCheck.source(
              "no-equality",
              REFUSE,
              "column without equality in a table told apart by all of its columns",
              "the target cannot find the row of an UPDATE or DELETE, and replication stops there",
              """
              SELECT format('%s.%I', c.oid::regclass, a.attname), format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.atttypid = 'json'::regtype
                THEN format('ALTER TABLE %1$s ALTER COLUMN %2$I TYPE jsonb USING %2$I::jsonb;',
                  c.oid::regclass, a.attname)
                ELSE 'give ' || c.oid::regclass || ' a primary key' END
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND c.relreplident = 'f' AND {ours}
              AND a.atttypid = ANY ('{json,xml,point,lseg,path,box,polygon,line,circle}'::regtype[])"""),
          PreflightCheck.source(
              "unlogged-table",
              DECIDE,
              "unlogged table",
              "its rows are in no log and do not move",
              """
              SELECT c.oid::regclass::text, 'unlogged',
                format('ALTER TABLE %s SET LOGGED;', c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND c.relpersistence = 'u' AND {ours}"""),
          PreflightCheck.source(
              "temporary-table",
              NOTE,
              "temporary table of a session",
              "it ends with its session when writes are fenced",
              """
              SELECT format('%I.%I', n.nspname, c.relname), 'temporary',
                'let the application make it anew after the cutover'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 't'"""),
          PreflightCheck.source(
              "partitioned-table",
              NOTE,
              "partitioned table",
              "its partitions are published one by one: one that is added later is not, and DDL is"
                  + " refused while the migration lasts",
              """
              SELECT c.oid::regclass::text,
                format('%s partitions', (SELECT count(*) FROM pg_partition_tree(c.oid) WHERE isleaf)),
                'make the partitions of the time of the migration beforehand'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'p' AND NOT c.relispartition AND {ours}"""),
          PreflightCheck.source(
              "generated-column",
              NOTE,
              "generated column",
              "it is not carried but computed anew: a function in it that gives something else on"
                  + " the target gives other data",
              """
              SELECT format('%s.%I', c.oid::regclass, a.attname),
                pg_get_expr(d.adbin, d.adrelid), 'make sure that its functions are the same'
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
              WHERE a.attgenerated <> '' AND NOT a.attisdropped AND {ours}"""),
          PreflightCheck.source(
              "row-security",
              DECIDE,
              "table that shows a role only some of its rows",
              "the copy is read as payments_migration: rows hidden from it would be missing",
              """
              SELECT c.oid::regclass::text, 'row level security is on',
                format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY;', c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relrowsecurity AND {ours}
              AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'payments_migration'
                AND (rolbypassrls OR rolsuper))"""),
          PreflightCheck.source(
              "key-checks",
              NOTE,
              "exclusion constraint, or constraint that is checked at commit",
              "the target checks it for every change that it applies: whoever writes there stops"
                  + " the replication",
              """
              SELECT c.oid::regclass::text, con.conname || ' ' || pg_get_constraintdef(con.oid),
                'keep everybody from writing to the target until the cutover'
              FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE (con.contype = 'x' OR con.condeferrable AND con.contype IN ('p', 'u'))
              AND {ours}"""),
          PreflightCheck.target(
              "target-rows",
              REFUSE,
              "rows that the target has already",
              "the copy would double them, or stop at the first key that is there",
              """
              SELECT c.oid::regclass::text, 'not empty',
                format('TRUNCATE %s;', c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND {ours}
              AND query_to_xml(format('SELECT EXISTS (SELECT FROM %s) AS filled', c.oid::regclass),
                false, false, '')::text LIKE '%<filled>true%'"""),
          PreflightCheck.source(
              "invalid-index",
              NOTE,
              "index that an interrupted CREATE INDEX CONCURRENTLY left",
              "it is not taken along",
              """
              SELECT i.indexrelid::regclass::text, 'invalid', format('DROP INDEX %s;',
                i.indexrelid::regclass)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE NOT i.indisvalid AND c.relkind = 'r' AND {ours}"""));

  private TableChecks() {}
}
