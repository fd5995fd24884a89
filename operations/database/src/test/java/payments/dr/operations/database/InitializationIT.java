package payments.dr.operations.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.database.Initialization.Done;
import payments.dr.operations.database.Initialization.Outcome;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** {@code ./dr database init} on real servers, also as an administrator who is no superuser. */
class InitializationIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final String APPLICATION = "payments_app";

  /** Gives a role a password, and runs statements as it. */
  private static final String PASSWORD = "of-the-tests";

  @BeforeEach
  void reset() throws SQLException {
    SERVERS.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void it_makes_everything_once(String generation) {
    Initialization initialization = initialization(generation);

    List<Done> first = initialization.run(false);
    List<Done> second = initialization.run(false);

    assertTrue(made(first).contains("role payments_owner exists"), made(first).toString());
    assertTrue(made(first).contains("extension pg_stat_statements exists"));
    assertEquals(List.of(), made(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void an_administrator_like_auroras_needs_no_superuser(String generation) throws SQLException {
    PostgresServer server = server(generation);
    server.execute(
        "CREATE ROLE rds_replication",
        "CREATE ROLE rds_iam",
        "CREATE ROLE cloudadmin LOGIN CREATEROLE CREATEDB PASSWORD '" + PASSWORD + "'",
        "GRANT rds_replication, rds_iam TO cloudadmin WITH ADMIN OPTION",
        "CREATE EXTENSION pg_stat_statements",
        "ALTER DATABASE paymentsdb OWNER TO cloudadmin",
        "ALTER SCHEMA public OWNER TO cloudadmin");
    Initialization initialization =
        new Initialization(new As(server, "cloudadmin"), APPLICATION, false);

    List<String> made = made(initialization.run(false));

    assertTrue(made.contains("payments_migration is a member of rds_replication"), "" + made);
    assertTrue(made.contains("payments_app is a member of rds_iam"), "" + made);
    assertFalse(made.contains("role payments_migration replicates"), "" + made);
    assertEquals(List.of(), made(initialization.run(false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void the_application_works_with_what_the_owner_makes_and_makes_nothing(String generation)
      throws SQLException {
    PostgresServer server = server(generation);
    server.execute("CREATE TABLE early (id serial PRIMARY KEY)");
    initialization(generation).run(false);
    server.execute(
        "SET ROLE payments_owner",
        "CREATE TABLE late (id serial PRIMARY KEY)",
        "RESET ROLE",
        "ALTER ROLE payments_app PASSWORD '" + PASSWORD + "'");

    Cluster application = new As(server, APPLICATION);
    execute(application, "INSERT INTO early DEFAULT VALUES", "INSERT INTO late DEFAULT VALUES");

    assertRefused(application, "CREATE TABLE own (id int)", "permission denied for schema public");
    assertRefused(application, "TRUNCATE late", "permission denied for table late");
    // No owner, so this is a warning and gives nothing.
    execute(application, "GRANT TRUNCATE ON late TO payments_app");
    assertRefused(application, "TRUNCATE late", "permission denied for table late");
    assertRefused(application, "SELECT * FROM payments_dr.heartbeat", "permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void what_the_application_owned_belongs_to_the_owner(String generation) throws SQLException {
    PostgresServer server = server(generation);
    server.execute(
        "CREATE ROLE payments_app LOGIN PASSWORD '" + PASSWORD + "'",
        "CREATE TABLE owned (id serial PRIMARY KEY)",
        "ALTER TABLE owned OWNER TO payments_app",
        "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION own() OWNER TO payments_app");

    assertTrue(made(initialization(generation).run(false)).contains("payments_app owns nothing"));

    assertEquals(
        "payments_owner",
        ask(server.cluster(), "SELECT relowner::regrole FROM pg_class WHERE relname = 'owned'"));
    execute(new As(server, APPLICATION), "INSERT INTO owned DEFAULT VALUES");
    assertRefused(new As(server, APPLICATION), "DROP TABLE owned", "must be owner of table owned");
  }

  @Test
  void the_heartbeat_is_one_row_for_the_region_that_writes() throws SQLException {
    initialization("v2").run(false);
    SERVERS.v2().execute("ALTER ROLE payments_heartbeat PASSWORD '" + PASSWORD + "'");
    Cluster heartbeat = new As(SERVERS.v2(), "payments_heartbeat");

    for (int beat = 0; beat < 2; beat++) {
      execute(
          heartbeat,
          "INSERT INTO payments_dr.heartbeat VALUES ('us-east-1') ON CONFLICT (writer_region)"
              + " DO UPDATE SET beat_at = clock_timestamp()");
    }

    assertEquals("1", ask(heartbeat, "SELECT count(*) FROM payments_dr.heartbeat"));
    assertRefused(heartbeat, "DELETE FROM payments_dr.heartbeat", "permission denied");
  }

  @Test
  void a_dry_run_tells_the_same_sql_and_leaves_nothing() throws SQLException {
    List<Done> told = initialization("v1").run(true);

    assertEquals(
        "0",
        ask(SERVERS.v1().cluster(), "SELECT count(*) FROM pg_roles WHERE rolname ~ '^payments'"));
    assertEquals(told, initialization("v1").run(false));
  }

  @Test
  void a_role_that_was_closed_stays_closed() throws SQLException {
    initialization("v1").run(false);
    SERVERS.v1().execute("ALTER ROLE payments_app NOLOGIN");

    initialization("v1").run(false);

    assertEquals(
        "f",
        ask(
            SERVERS.v1().cluster(),
            "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'payments_app'"));
  }

  @Test
  void a_database_in_a_migration_is_left_alone() throws SQLException {
    SERVERS.v1().execute("CREATE SCHEMA payments_migration");

    assertUnfit("v1 must not be in a migration");
  }

  @Test
  void a_reader_is_refused_with_the_way_out() throws SQLException {
    SERVERS.v1().execute("ALTER DATABASE paymentsdb SET default_transaction_read_only TO on");

    assertUnfit("let the entry of libpq's service file name the cluster of the Region that writes");
  }

  @Test
  void an_application_above_grants_is_refused() throws SQLException {
    SERVERS.v1().execute("CREATE ROLE payments_app LOGIN SUPERUSER");

    assertUnfit("ALTER ROLE ... NOSUPERUSER NOCREATEROLE NOBYPASSRLS");
  }

  @Test
  void a_refusal_half_way_leaves_nothing() throws SQLException {
    PostgresServer server = SERVERS.v2();
    server.execute("CREATE ROLE weak LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'");

    String said =
        assertThrows(
                CommandFailedException.class,
                () -> new Initialization(new As(server, "weak"), APPLICATION, false).run(false))
            .getMessage();

    assertTrue(said.endsWith("nothing was changed"), said);
    assertEquals(
        "0", ask(server.cluster(), "SELECT count(*) FROM pg_roles WHERE rolname ~ '^payments'"));
  }

  @Test
  void a_revoke_that_does_nothing_is_no_success() throws SQLException {
    // On 14 everybody creates in schema public, which is not this administrator's.
    PostgresServer server = SERVERS.v1();
    server.execute(
        "CREATE ROLE rds_replication",
        "CREATE ROLE stranger LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
        "GRANT rds_replication TO stranger WITH ADMIN OPTION");

    String said =
        assertThrows(
                CommandFailedException.class,
                () -> new Initialization(new As(server, "stranger"), APPLICATION, false).run(false))
            .getMessage();

    assertTrue(said.startsWith("it must be so that not everybody creates in schema public"), said);
  }

  private static void assertUnfit(String wanted) {
    String said =
        assertThrows(BadInputException.class, () -> initialization("v1").run(false)).getMessage();
    assertTrue(said.contains(wanted), said);
  }

  private static void assertRefused(Cluster cluster, String sql, String wanted) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(cluster, sql), sql);
    assertTrue(refused.getMessage().contains(wanted), refused.getMessage());
  }

  private static List<String> made(List<Done> all) {
    return all.stream()
        .filter(done -> done.outcome() == Outcome.MADE)
        .map(done -> done.step().what())
        .toList();
  }

  private static Initialization initialization(String generation) {
    return new Initialization(server(generation).cluster(), APPLICATION, false);
  }

  private static PostgresServer server(String generation) {
    return generation.equals("v1") ? SERVERS.v1() : SERVERS.v2();
  }

  private static void execute(Cluster cluster, String... statements) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ask(Cluster cluster, String sql) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The same database for another role. */
  private record As(PostgresServer server, String user) implements Cluster {

    @Override
    public String generation() {
      return server.generation();
    }

    @Override
    public Connection connect() throws SQLException {
      return server.connect(PostgresServer.DATABASE, user, PASSWORD);
    }

    @Override
    public Map<String, String> peerKeywords() {
      throw new UnsupportedOperationException("no peer asks for " + user);
    }

    @Override
    public ProcessBuilder program(List<String> command) {
      throw new UnsupportedOperationException("no program runs as " + user);
    }
  }
}
