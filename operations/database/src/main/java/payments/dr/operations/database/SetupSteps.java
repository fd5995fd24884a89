package payments.dr.operations.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Roles, grants and the heartbeat table, in the order in which they need each other.
 *
 * <p>LOGIN is given to a role only when it is made: a migration closes roles by taking it away, and
 * nothing here may open them again.
 */
final class SetupSteps {

  private static final List<SetupStep> ROLES =
      List.of(
          role("payments_owner", "NOLOGIN"),
          SetupStep.of(
              "role payments_owner cannot log in",
              "NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'payments_owner')",
              "ALTER ROLE payments_owner NOLOGIN"),
          SetupStep.of(
              "the administrator acts as payments_owner",
              // PostgreSQL 16 tells apart what a member may; as JSON it can be asked of 14 too.
              """
              EXISTS (SELECT FROM pg_auth_members m
                WHERE roleid = 'payments_owner'::regrole AND member = current_user::regrole
                AND to_jsonb(m) ->> 'set_option' IS DISTINCT FROM 'false'
                AND to_jsonb(m) ->> 'inherit_option' IS DISTINCT FROM 'false')""",
              "GRANT payments_owner TO CURRENT_USER"),
          role("{application}", "LOGIN"),
          role("payments_heartbeat", "LOGIN"),
          role("payments_renewer", "LOGIN"),
          // A migration opens it, with a password of its own: a subscription cannot sign in by IAM.
          role("payments_migration", "NOLOGIN"),
          new SetupStep(
              "role payments_migration replicates",
              "to_regrole('rds_replication') IS NULL",
              "(SELECT rolreplication FROM pg_roles WHERE rolname = 'payments_migration')",
              "ALTER ROLE payments_migration REPLICATION"),
          member("payments_migration", "rds_replication"),
          member("{application}", "rds_iam"),
          member("payments_heartbeat", "rds_iam"),
          member("payments_renewer", "rds_iam"));

  private static final List<SetupStep> OWNERSHIP =
      List.of(ownsNothing("{application}"), ownsNothing("payments_heartbeat"));

  private static final List<SetupStep> SCHEMA_PUBLIC =
      List.of(
          SetupStep.of(
              "not everybody creates in schema public",
              "NOT has_schema_privilege('public', 'public', 'CREATE')",
              "REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
          SetupStep.of(
              "payments_owner creates in schema public",
              """
              has_schema_privilege('payments_owner', 'public', 'CREATE')
              AND has_schema_privilege('payments_owner', 'public', 'USAGE')""",
              "GRANT USAGE, CREATE ON SCHEMA public TO payments_owner"),
          SetupStep.of(
              "{application} uses schema public",
              "has_schema_privilege('{application}', 'public', 'USAGE')",
              "GRANT USAGE ON SCHEMA public TO {application}"),
          SetupStep.of(
              "{application} reads and writes every table",
              """
              NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind IN ('r', 'p') AND NOT (
                  has_table_privilege('{application}', oid, 'SELECT')
                  AND has_table_privilege('{application}', oid, 'INSERT')
                  AND has_table_privilege('{application}', oid, 'UPDATE')
                  AND has_table_privilege('{application}', oid, 'DELETE')))""",
              "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application}"),
          SetupStep.of(
              "{application} draws from every sequence",
              """
              NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind = 'S' AND NOT (has_sequence_privilege('{application}', oid, 'USAGE')
                  AND has_sequence_privilege('{application}', oid, 'SELECT')))""",
              "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {application}"),
          future("r", "TABLES", 4, "SELECT, INSERT, UPDATE, DELETE"),
          future("S", "SEQUENCES", 2, "USAGE, SELECT"));

  private static final List<SetupStep> HEARTBEAT =
      List.of(
          SetupStep.of(
              "schema payments_dr exists",
              "to_regnamespace('payments_dr') IS NOT NULL",
              "CREATE SCHEMA payments_dr AUTHORIZATION payments_owner"),
          SetupStep.of(
              "table payments_dr.heartbeat exists",
              "to_regclass('payments_dr.heartbeat') IS NOT NULL",
              """
              CREATE TABLE payments_dr.heartbeat (
                writer_region text PRIMARY KEY,
                beat_at timestamptz NOT NULL DEFAULT clock_timestamp());
              ALTER TABLE payments_dr.heartbeat OWNER TO payments_owner"""),
          SetupStep.of(
              "payments_heartbeat keeps its row",
              """
              has_schema_privilege('payments_heartbeat', 'payments_dr', 'USAGE')
              AND has_table_privilege('payments_heartbeat', 'payments_dr.heartbeat', 'SELECT')
              AND has_table_privilege('payments_heartbeat', 'payments_dr.heartbeat', 'INSERT')
              AND has_table_privilege('payments_heartbeat', 'payments_dr.heartbeat', 'UPDATE')""",
              """
              GRANT USAGE ON SCHEMA payments_dr TO payments_heartbeat;
              GRANT SELECT, INSERT, UPDATE ON payments_dr.heartbeat TO payments_heartbeat"""));

  private static final List<SetupStep> EXTENSIONS =
      List.of(extension("pg_stat_statements"), extension("pgaudit"));

  private SetupSteps() {}

  /**
   * @param application the role that the application signs in as
   * @param leased whether tables take writes under a lease only
   */
  static List<SetupStep> of(String application, boolean leased) {
    List<SetupStep> steps = new ArrayList<>();
    Stream.of(
            ROLES,
            OWNERSHIP,
            SCHEMA_PUBLIC,
            HEARTBEAT,
            EXTENSIONS,
            leased ? LeaseSteps.INSTALLED : LeaseSteps.REMOVED)
        .forEach(steps::addAll);
    return steps.stream().map(step -> step.with(application)).toList();
  }

  private static SetupStep role(String name, String login) {
    return SetupStep.of(
        "role " + name + " exists",
        "to_regrole('\"" + name + "\"') IS NOT NULL",
        "CREATE ROLE " + name + " " + login);
  }

  /** Of a role that only the provider's servers have. */
  private static SetupStep member(String role, String provided) {
    return new SetupStep(
        role + " is a member of " + provided,
        "to_regrole('" + provided + "') IS NOT NULL",
        """
        EXISTS (SELECT FROM pg_auth_members JOIN pg_roles r ON r.oid = member
          WHERE roleid = to_regrole('%s') AND r.rolname = '%s')"""
            .formatted(provided, role),
        "GRANT " + provided + " TO " + role);
  }

  /** An owner gives itself back what is taken from it, so no fence would hold. */
  private static SetupStep ownsNothing(String role) {
    return SetupStep.of(
        role + " owns nothing",
        """
        NOT EXISTS (SELECT FROM pg_shdepend JOIN pg_roles r ON r.oid = refobjid
          WHERE r.rolname = '%s' AND refclassid = 'pg_authid'::regclass AND deptype = 'o'
          AND (dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            OR classid = 'pg_database'::regclass AND objid =
              (SELECT oid FROM pg_database WHERE datname = current_database())))"""
            .formatted(role),
        """
        GRANT %1$s TO CURRENT_USER;
        REASSIGN OWNED BY %1$s TO payments_owner;
        REVOKE %1$s FROM CURRENT_USER"""
            .formatted(role));
  }

  /** Of what payments_owner makes later. */
  private static SetupStep future(String kind, String objects, int count, String privileges) {
    return SetupStep.of(
        "{application} may use " + objects.toLowerCase(Locale.ROOT) + " made later",
        """
        (SELECT count(DISTINCT privilege_type) FROM pg_default_acl CROSS JOIN aclexplode(defaclacl) a
          JOIN pg_roles r ON r.oid = a.grantee
          WHERE defaclrole = 'payments_owner'::regrole AND defaclobjtype = '%s'
          AND defaclnamespace = 'public'::regnamespace AND r.rolname = '{application}') = %d"""
            .formatted(kind, count),
        """
        ALTER DEFAULT PRIVILEGES FOR ROLE payments_owner IN SCHEMA public
        GRANT %s ON %s TO {application}"""
            .formatted(privileges, objects));
  }

  private static SetupStep extension(String name) {
    return new SetupStep(
        "extension " + name + " exists",
        "EXISTS (SELECT FROM pg_available_extensions WHERE name = '" + name + "')",
        "EXISTS (SELECT FROM pg_extension WHERE extname = '" + name + "')",
        "CREATE EXTENSION " + name);
  }
}
