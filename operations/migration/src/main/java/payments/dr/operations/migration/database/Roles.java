package payments.dr.operations.migration.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.console.CommandFailedException;

/** Makes the source's roles at the target where they are missing, with settings and memberships. */
public final class Roles {

  /** A condition on {@code pg_roles r}: roles of the application and its people. */
  private static final String CARRIED =
      "r.rolname NOT IN (session_user, 'payments_migration') AND NOT r.rolsuper AND "
          + ProviderRoles.OTHERS;

  private static final String MISSING =
      """
      SELECT r.rolname, format('CREATE ROLE %%I %%s %%s %%s %%s %%s CONNECTION LIMIT %%s', r.rolname,
        CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
        CASE WHEN r.rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
        CASE WHEN r.rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
        CASE WHEN r.rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' ELSE '' END,
        r.rolconnlimit)
      FROM pg_roles r WHERE %s ORDER BY 1"""
          .formatted(CARRIED);

  private static final String MEMBERSHIPS =
      """
      SELECT format('GRANT %%I TO %%I%%s', g.rolname, r.rolname,
        CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END)
      FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
      WHERE %s AND g.rolname !~ '^rds_(superuser|replication)' ORDER BY 1"""
          .formatted(CARRIED);

  /** Lists are kept by PostgreSQL as they must be written; everything else is one literal. */
  private static final String SETTINGS =
      """
      SELECT format('ALTER ROLE %%I%%s SET %%s TO %%s', r.rolname,
        CASE WHEN s.setdatabase = 0 THEN '' ELSE format(' IN DATABASE %%I', current_database()) END,
        split_part(setting, '=', 1),
        CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces',
          'session_preload_libraries', 'local_preload_libraries')
        THEN substr(setting, strpos(setting, '=') + 1)
        ELSE quote_literal(substr(setting, strpos(setting, '=') + 1)) END)
      FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
      CROSS JOIN LATERAL unnest(s.setconfig) AS setting
      WHERE %s AND (s.setdatabase = 0 OR s.setdatabase =
        (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 1"""
          .formatted(CARRIED);

  private Roles() {}

  private record Missing(String name, String create) {}

  /** Returns what could not come along, one sentence each. */
  public static List<String> carry(Database source, Database target) {
    List<Missing> missing =
        source.query(MISSING, row -> new Missing(row.getString(1), row.getString(2))).stream()
            .filter(
                role ->
                    !target.holds("EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", role.name()))
            .toList();
    List<String> statements = new ArrayList<>();
    missing.forEach(role -> statements.add(role.create()));
    if (!missing.isEmpty()) {
      statements.addAll(source.texts(MEMBERSHIPS));
      statements.addAll(source.texts(SETTINGS));
    }
    target.changeTogether(statements);
    List<String> left = new ArrayList<>();
    for (Missing role : missing) {
      if (!carryPassword(source, target, role.name())) {
        left.add(
            "password of role %s does not come along: set it at %s before the cutover"
                .formatted(role.name(), target.generation()));
      }
    }
    return left;
  }

  /** Only a superuser reads verifiers, and a managed PostgreSQL has none for us. */
  private static boolean carryPassword(Database source, Database target, String role) {
    if (!source.holds("current_setting('is_superuser')::boolean")) {
      return source.holds("NOT rolcanlogin FROM pg_roles WHERE rolname = ?", role);
    }
    source
        .find(
            "SELECT rolpassword FROM pg_authid WHERE rolname = ? AND rolpassword IS NOT NULL", role)
        .ifPresent(
            verifier -> {
              String alter = "ALTER ROLE " + quotedIdentifier(target, role) + " PASSWORD ";
              target.changeSecretly(
                  alter + "'" + verifier.replace("'", "''") + "'", alter + "'***'");
            });
    return true;
  }

  private static String quotedIdentifier(Database database, String name) {
    try (var statement = database.connection().createStatement()) {
      return statement.enquoteIdentifier(name, true);
    } catch (SQLException e) {
      throw new CommandFailedException("role must be a name, got \"" + name + "\"");
    }
  }
}
