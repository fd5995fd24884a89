package payments.dr.operations.migration.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandFailedException;

/**
 * Gives the target the source's roles: their attributes, settings, memberships and, where they can
 * be read, passwords; and what belongs to the database as a whole, its settings and rights.
 *
 * <p>No event trigger fires for any of these, so nothing keeps them from changing while a migration
 * lasts: they are carried when it is prepared, and again right before each fence.
 */
public final class Roles {

  /** A condition on {@code pg_roles r}: roles of the application and its people. */
  private static final String CARRIED =
      "r.rolname NOT IN (session_user, 'payments_migration') AND NOT r.rolsuper AND "
          + ProviderRoles.OTHERS;

  private static final String NAMES = "SELECT r.rolname FROM pg_roles r WHERE " + CARRIED;

  /** Lists are kept by PostgreSQL as they must be written; everything else is one literal. */
  static final String ASSIGNMENT =
      """
      format('%I TO %s', split_part(setting, '=', 1),
        CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces',
          'session_preload_libraries', 'local_preload_libraries')
        THEN substr(setting, strpos(setting, '=') + 1)
        ELSE quote_literal(substr(setting, strpos(setting, '=') + 1)) END)""";

  /**
   * The role, empty for the database; what makes it so; what takes it away, where nothing else that
   * is made does.
   */
  private static final String STATE =
      """
      SELECT r.rolname, format('ALTER ROLE %I %s', r.rolname, attribute), ''
      FROM pg_roles r CROSS JOIN LATERAL (VALUES
        (CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END),
        (CASE WHEN r.rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END),
        (CASE WHEN r.rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END),
        (CASE WHEN r.rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END),
        (CASE WHEN r.rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END),
        (CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END),
        ('CONNECTION LIMIT ' || r.rolconnlimit),
        (format('VALID UNTIL %L', coalesce(r.rolvaliduntil, 'infinity')))) AS a (attribute)
      WHERE {carried}
      UNION ALL
      SELECT r.rolname, format('ALTER ROLE %I%s SET %s', r.rolname, place, {assignment}),
        format('ALTER ROLE %I%s RESET %I', r.rolname, place, split_part(setting, '=', 1))
      FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
      CROSS JOIN LATERAL unnest(s.setconfig) AS setting
      CROSS JOIN LATERAL (SELECT CASE WHEN s.setdatabase = 0 THEN ''
        ELSE ' IN DATABASE {database}' END AS place) p
      WHERE {carried} AND s.setdatabase IN (0, {here})
      UNION ALL
      SELECT r.rolname, format('GRANT %I TO %I%s', g.rolname, r.rolname,
        CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END),
        format('REVOKE %I FROM %I', g.rolname, r.rolname)
      FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
      WHERE {carried} AND g.rolname !~ '^rds_(superuser|replication)'
      UNION ALL
      SELECT '', format('ALTER DATABASE {database} SET %s', {assignment}),
        format('ALTER DATABASE {database} RESET %I', split_part(setting, '=', 1))
      FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS setting
      WHERE s.setrole = 0 AND s.setdatabase = {here}
      UNION ALL
      SELECT '', format('GRANT %s ON DATABASE {database} TO %s%s', a.privilege_type, g.name,
        CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END),
        format('REVOKE %s ON DATABASE {database} FROM %s', a.privilege_type, g.name)
      FROM pg_database d CROSS JOIN LATERAL aclexplode(coalesce(datacl, acldefault('d', datdba))) a
      LEFT JOIN pg_roles r ON r.oid = a.grantee
      CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END
        AS name) g
      WHERE d.oid = {here} AND (a.grantee = 0 OR {carried})
      ORDER BY 1, 2"""
          .replace("{assignment}", ASSIGNMENT)
          .replace("{carried}", CARRIED)
          .replace("{here}", "(SELECT oid FROM pg_database WHERE datname = current_database())");

  private static final String PASSWORDS =
      "SELECT r.rolname, a.rolpassword FROM pg_authid a JOIN pg_roles r ON r.oid = a.oid"
          + " WHERE a.rolpassword IS NOT NULL AND "
          + CARRIED;

  private final Database source;
  private final Database target;

  public Roles(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  private record Trait(String role, String make, String unmake) {}

  private record Verifier(String role, String password) {}

  /** Returns what could not come along, one sentence each. */
  public List<String> carry() {
    List<String> missing = new ArrayList<>(source.texts(NAMES));
    missing.removeAll(target.texts(NAMES));
    DatabaseFence fence = new DatabaseFence(target);
    if (!missing.isEmpty() || !fence.asOpened(this::differences).isEmpty()) {
      fence.beneath(
          () -> {
            missing.forEach(role -> target.change("CREATE ROLE " + quoted(role)));
            target.change(differences());
          });
    }
    carryPasswords();
    List<String> left = left();
    if (!target.dryRun()) {
      fence
          .asOpened(this::differences)
          .forEach(
              sql ->
                  left.add(
                      "roles of %s are still not those of %s, it lacks: %s"
                          .formatted(target.generation(), source.generation(), sql)));
    }
    return left;
  }

  /** Returns the statements that make the target like the source. */
  private List<String> differences() {
    Set<Trait> wanted = Set.copyOf(traits(source));
    Set<String> roles = wanted.stream().map(Trait::role).collect(Collectors.toSet());
    List<Trait> has =
        traits(target).stream()
            .filter(trait -> trait.role().isEmpty() || roles.contains(trait.role()))
            .toList();
    List<String> statements = new ArrayList<>();
    has.stream()
        .filter(trait -> !wanted.contains(trait) && !trait.unmake().isEmpty())
        .forEach(trait -> statements.add(trait.unmake()));
    traits(source).stream()
        .filter(trait -> !has.contains(trait))
        .forEach(trait -> statements.add(trait.make()));
    String here = target.text("SELECT quote_ident(current_database())");
    return statements.stream().map(sql -> sql.replace("{database}", here)).toList();
  }

  private static List<Trait> traits(Database database) {
    return database.query(
        STATE, row -> new Trait(row.getString(1), row.getString(2), row.getString(3)));
  }

  /** Only a superuser reads verifiers, and a managed PostgreSQL has none for us. */
  private void carryPasswords() {
    if (!readsPasswords()) {
      return;
    }
    List<Verifier> there = verifiers(target);
    for (Verifier verifier : verifiers(source)) {
      if (!there.contains(verifier)) {
        String alter = "ALTER ROLE " + quoted(verifier.role()) + " PASSWORD ";
        target.changeSecretly(
            alter + "'" + verifier.password().replace("'", "''") + "'", alter + "'***'");
      }
    }
  }

  private List<String> left() {
    List<String> left = new ArrayList<>();
    if (!readsPasswords()) {
      source
          .texts(
              NAMES
                  + " AND r.rolcanlogin AND NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g"
                  + " ON g.oid = m.roleid WHERE m.member = r.oid AND g.rolname = 'rds_iam')")
          .forEach(
              role ->
                  left.add(
                      "password of role %s does not come along: set that of %s at %s"
                          .formatted(role, source.generation(), target.generation())));
    }
    List<String> only = new ArrayList<>(target.texts(NAMES));
    only.removeAll(source.texts(NAMES));
    only.forEach(
        role ->
            left.add(
                "role %s is only in %s: drop it, or make it in %s"
                    .formatted(role, target.generation(), source.generation())));
    return left;
  }

  private boolean readsPasswords() {
    return source.holds("current_setting('is_superuser')::boolean");
  }

  private static List<Verifier> verifiers(Database database) {
    return database.query(PASSWORDS, row -> new Verifier(row.getString(1), row.getString(2)));
  }

  private String quoted(String role) {
    try (var statement = target.connection().createStatement()) {
      return statement.enquoteIdentifier(role, true);
    } catch (SQLException e) {
      throw new CommandFailedException("role must be a name, got \"" + role + "\"");
    }
  }
}
