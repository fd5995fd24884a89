package payments.dr.operations.migration.compare;

import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * Everything that a database's schema consists of, by the server's own words: tables with their
 * columns, constraints, indexes, triggers and policies, views, routines, types, sequences, rights.
 *
 * <p>Left out is what is no part of the application's schema: the migration's own objects, those
 * that extensions brought, publications, comments, how tables are stored, and the rights that each
 * major gives everybody and the owner in schema public.
 */
final class Definitions {

  private static final String ALL =
      """
      WITH ours AS (
        SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name,
          CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
            WHEN 'm' THEN 'view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
            WHEN 'c' THEN 'type' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' END AS kind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {schemas} AND {not of extension: pg_class c} AND c.relpersistence <> 't'
      ), rights AS (
        SELECT format('%s %s', CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, name) AS object,
          (aclexplode(coalesce(relacl,
            acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner)))).*
        FROM ours WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL SELECT format('column %s.%I', name, attname), (aclexplode(attacl)).*
        FROM ours JOIN pg_attribute ON attrelid = ours.oid WHERE NOT attisdropped
        UNION ALL SELECT format('schema %I', n.nspname),
          (aclexplode(coalesce(nspacl, acldefault('n', nspowner)))).*
        FROM pg_namespace n WHERE {schemas} AND {not of extension: pg_namespace n}
        UNION ALL SELECT 'routine ' || p.oid::regprocedure,
          (aclexplode(coalesce(proacl, acldefault('f', proowner)))).*
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
        WHERE {schemas} AND {not of extension: pg_proc p}
        UNION ALL SELECT 'type ' || format_type(t.oid, NULL),
          (aclexplode(coalesce(typacl, acldefault('T', typowner)))).*
        FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
        WHERE {schemas} AND {not of extension: pg_type t} AND typacl IS NOT NULL
        UNION ALL SELECT format('what %I makes in %s, %s', pg_get_userbyid(defaclrole),
            coalesce(nullif(defaclnamespace, 0)::regnamespace::text, 'any schema'), defaclobjtype),
          (aclexplode(defaclacl)).*
        FROM pg_default_acl
      )
      SELECT format('schema %I', n.nspname), 'owner ' || pg_get_userbyid(nspowner)
      FROM pg_namespace n WHERE {schemas} AND {not of extension: pg_namespace n}
      AND n.nspname <> 'public'
      UNION ALL
      SELECT kind || ' ' || name, concat_ws(', ', 'owner ' || pg_get_userbyid(relowner),
        CASE relkind WHEN 'p' THEN 'partitioned by ' || pg_get_partkeydef(oid)
          WHEN 'm' THEN 'materialised' END,
        CASE relpersistence WHEN 'u' THEN 'unlogged' END,
        CASE WHEN relispartition THEN pg_get_expr(relpartbound, oid) END,
        (SELECT 'inherits ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
         FROM pg_inherits WHERE inhrelid = ours.oid AND NOT inhdetachpending),
        CASE WHEN relrowsecurity THEN 'row security' END,
        CASE WHEN relforcerowsecurity THEN 'forced row security' END,
        'replica identity ' || nullif(relreplident::text, 'n'),
        (SELECT string_agg(option, ', ' ORDER BY option) FROM unnest(reloptions) AS option),
        (SELECT format('type %s, start %s, increment %s, from %s to %s, cache %s, cycle %s',
           seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
         FROM pg_sequence WHERE seqrelid = ours.oid),
        (SELECT format('owned by %s.%I', refobjid::regclass, attname) FROM pg_depend
         JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
         WHERE classid = 'pg_class'::regclass AND objid = ours.oid AND relkind = 'S'
         AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')),
        (SELECT format('server %I %s', srvname, ftoptions) FROM pg_foreign_table
         JOIN pg_foreign_server ON pg_foreign_server.oid = ftserver WHERE ftrelid = ours.oid))
      FROM ours WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
      UNION ALL
      SELECT format('column %s.%I', name, attname), concat_ws(', ',
        row_number() OVER (PARTITION BY attrelid ORDER BY attnum)::text,
        format_type(atttypid, atttypmod),
        CASE WHEN attcollation <> typcollation THEN 'collate ' || attcollation::regcollation END,
        CASE WHEN attnotnull THEN 'not null' END,
        CASE WHEN attidentity <> '' THEN 'identity ' || attidentity::text END,
        CASE attgenerated WHEN '' THEN 'default ' ELSE 'generated ' || attgenerated::text || ' ' END
          || pg_get_expr(adbin, adrelid),
        CASE WHEN attstorage <> typstorage THEN 'storage ' || attstorage::text END,
        'compression ' || nullif(attcompression::text, ''),
        'statistics ' || nullif(coalesce(attstattarget, -1), -1), attoptions::text,
        attfdwoptions::text)
      FROM ours JOIN pg_attribute ON attrelid = ours.oid JOIN pg_type ON pg_type.oid = atttypid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relkind IN ('r', 'p', 'f', 'c') AND attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT format('constraint %s.%I', name, conname), pg_get_constraintdef(pg_constraint.oid)
      FROM pg_constraint JOIN ours ON ours.oid = conrelid
      WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND conparentid = 0
      UNION ALL
      SELECT 'index ' || name, pg_get_indexdef(ours.oid)
        || CASE WHEN indisclustered THEN ', clustered' ELSE '' END
        || CASE WHEN indisreplident THEN ', replica identity' ELSE '' END
      FROM ours JOIN pg_index ON indexrelid = ours.oid WHERE indisvalid OR relkind = 'I'
      UNION ALL
      SELECT 'query of ' || name, pg_get_viewdef(oid) FROM ours WHERE relkind IN ('v', 'm')
      UNION ALL
      SELECT format('trigger %s.%I', name, tgname),
        pg_get_triggerdef(pg_trigger.oid) || ', ' || tgenabled::text
      FROM pg_trigger JOIN ours ON ours.oid = tgrelid
      WHERE NOT tgisinternal AND tgparentid = 0 AND tgname NOT LIKE 'payments\\_migration\\_%'
      UNION ALL
      SELECT format('rule %s.%I', name, rulename),
        pg_get_ruledef(pg_rewrite.oid) || ', ' || ev_enabled::text
      FROM pg_rewrite JOIN ours ON ours.oid = ev_class WHERE rulename <> '_RETURN'
      UNION ALL
      SELECT format('policy %s.%I', name, polname), format('%s %s to %s using %s check %s',
        polpermissive, polcmd, (SELECT string_agg(name, ', ' ORDER BY name) FROM (SELECT CASE role WHEN 0
          THEN 'public' ELSE pg_get_userbyid(role) END FROM unnest(polroles) AS role) AS r (name)),
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
      FROM pg_policy JOIN ours ON ours.oid = polrelid
      UNION ALL
      SELECT 'routine ' || p.oid::regprocedure, concat_ws(', ', 'owner ' || pg_get_userbyid(proowner),
        CASE WHEN prokind = 'a' THEN (SELECT format('%s %s %s %s %s', aggtransfn, aggfinalfn,
            aggcombinefn, aggtranstype::regtype, agginitval) FROM pg_aggregate WHERE aggfnoid = p.oid)
          ELSE pg_get_functiondef(p.oid) END)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
      WHERE {schemas} AND {not of extension: pg_proc p}
      UNION ALL
      SELECT 'type ' || format_type(t.oid, NULL), concat_ws(', ', 'owner ' || pg_get_userbyid(typowner),
        (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum
         WHERE enumtypid = t.oid),
        CASE typtype WHEN 'd' THEN concat_ws(', ', format_type(typbasetype, typtypmod),
          CASE WHEN typnotnull THEN 'not null' END, 'default ' || typdefault) END,
        (SELECT 'range of ' || rngsubtype::regtype FROM pg_range WHERE rngtypid = t.oid),
        CASE typtype WHEN 'b' THEN typinput::text || ' ' || typoutput END)
      FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
      WHERE {schemas} AND {not of extension: pg_type t} AND typtype IN ('e', 'd', 'r', 'b')
      AND typelem = 0
      UNION ALL
      SELECT format('constraint %s.%I', contypid::regtype, conname), pg_get_constraintdef(c.oid)
      FROM pg_constraint c JOIN pg_type t ON t.oid = contypid
      JOIN pg_namespace n ON n.oid = typnamespace
      WHERE {schemas} AND {not of extension: pg_type t} AND contype = 'c'
      UNION ALL
      SELECT format('statistics %I.%I', n.nspname, stxname), pg_get_statisticsobjdef(s.oid)
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = stxnamespace WHERE {schemas}
      UNION ALL
      SELECT format('event trigger %I', evtname), format('%s %s %s %s', evtevent, evtfoid::regproc,
        evtenabled, evttags)
      FROM pg_event_trigger e
      WHERE evtname NOT LIKE 'payments\\_migration\\_%' AND {not of extension: pg_event_trigger e}
      UNION ALL
      SELECT format('extension %I', extname), 'in ' || extnamespace::regnamespace
      FROM pg_extension
      UNION ALL
      SELECT DISTINCT other.type || ' ' || other.identity, ''
      FROM (
        SELECT tableoid AS classid, oid FROM pg_operator UNION ALL
        SELECT tableoid, oid FROM pg_opclass UNION ALL SELECT tableoid, oid FROM pg_opfamily UNION ALL
        SELECT tableoid, oid FROM pg_cast UNION ALL SELECT tableoid, oid FROM pg_collation UNION ALL
        SELECT tableoid, oid FROM pg_conversion UNION ALL SELECT tableoid, oid FROM pg_ts_config
        UNION ALL SELECT tableoid, oid FROM pg_ts_dict UNION ALL
        SELECT tableoid, oid FROM pg_ts_parser UNION ALL SELECT tableoid, oid FROM pg_ts_template
        UNION ALL SELECT tableoid, oid FROM pg_language UNION ALL
        SELECT tableoid, oid FROM pg_foreign_data_wrapper UNION ALL
        SELECT tableoid, oid FROM pg_foreign_server
      ) o CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, 0) AS other
      WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = o.classid AND d.objid = o.oid AND d.deptype = 'e')
      UNION ALL
      SELECT format('right %s on %s to %s', privilege_type, object,
          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END),
        CASE WHEN bool_or(is_grantable) THEN 'with grant option' ELSE '' END
      FROM rights
      WHERE privilege_type <> 'MAINTAIN' AND grantee IS DISTINCT FROM
        (SELECT oid FROM pg_roles WHERE rolname = 'payments_migration')
      AND NOT (object = 'schema public' AND grantee IN (0, (SELECT nspowner FROM pg_namespace
        WHERE nspname = 'public')))
      GROUP BY privilege_type, object, grantee"""
          .replace("{schemas}", ApplicationTables.SCHEMAS)
          .replaceAll(
              "\\{not of extension: (\\w+) (\\w+)}",
              "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '$1'::regclass"
                  + " AND d.objid = $2.oid AND d.deptype = 'e')");

  private Definitions() {}

  /**
   * Returns the definition of each object by its kind and name in their order, such as {@code index
   * app.a}.
   */
  static Map<String, String> of(Database database) {
    Map<String, String> all = new TreeMap<>();
    database.query(ALL, row -> all.merge(row.getString(1), row.getString(2), (a, b) -> a + b));
    return all;
  }
}
