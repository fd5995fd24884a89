package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.REFUSE;

import java.util.List;
import payments.dr.operations.migration.database.ProviderRoles;

/** Checks for roles that could write in spite of the fence. */
final class RoleChecks {

  /** A condition on {@code pg_roles r}: neither the administrator nor the provider's. */
  private static final String OTHERS = "r.rolname <> current_user AND " + ProviderRoles.OTHERS;

  static final List<PreflightCheck> ALL =
      List.of(
          PreflightCheck.source(
              "owner-login",
              REFUSE,
              "relation that belongs to a role which logs in",
              "an owner gives itself back every right that the fence takes",
              """
              SELECT c.oid::regclass::text, 'owned by ' || r.rolname,
                format('ALTER %s %s OWNER TO payments_owner;',
                  CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
                    WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
                  c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_roles r ON r.oid = c.relowner
              WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f') AND r.rolcanlogin AND {ours} AND\s"""
                  + OTHERS
                  // A sequence of a column has the owner of its table.
                  + " AND NOT (c.relkind = 'S' AND EXISTS (SELECT FROM pg_depend d WHERE d.objid ="
                  + " c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))"),
          PreflightCheck.source(
              "powerful-login",
              REFUSE,
              "role that logs in and stands above grants",
              "no grant that the fence takes binds it",
              """
              SELECT r.rolname::text, concat_ws(', ', CASE WHEN r.rolsuper THEN 'superuser' END,
                  CASE WHEN r.rolcreaterole THEN 'createrole' END,
                  CASE WHEN r.rolbypassrls THEN 'bypassrls' END),
                format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOBYPASSRLS;', r.rolname)
              FROM pg_roles r WHERE r.rolcanlogin AND r.rolname <> 'payments_migration'
              AND (r.rolsuper OR r.rolcreaterole OR r.rolbypassrls) AND\s"""
                  + OTHERS),
          PreflightCheck.source(
              "public-write",
              DECIDE,
              "table that everybody may write",
              "roles made later could write too",
              """
              SELECT c.oid::regclass::text, string_agg(a.privilege_type, ', ') || ' for PUBLIC',
                format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM PUBLIC;', c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              CROSS JOIN LATERAL aclexplode(c.relacl) AS a
              WHERE c.relkind IN ('r', 'p') AND a.grantee = 0
              AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE') AND {ours}
              GROUP BY c.oid"""));

  private RoleChecks() {}
}
