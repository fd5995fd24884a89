package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** A shop that follows from v1 to v2, anew for each test, and what tests do to it. */
abstract class ReplicatedShop {

  static final PostgresServers SERVERS = PostgresServers.shared();

  @TempDir Path folder;

  Journey journey;

  @BeforeEach
  void replicate() throws Exception {
    SERVERS.reset();
    Shop.open(SERVERS.v1(), 1_000);
    journey =
        new Journey(
            SERVERS.v1().cluster(), SERVERS.v2().cluster(), folder, Journey.LIMITS, Duration.ZERO);
    journey.begin();
    journey.go(migration -> migration.prepare(false));
    journey.go(migration -> migration.start(false));
    MigrationIT.awaitCopied(journey);
  }

  MigrationStatus status() {
    return MigrationStatus.of(journey.record(), journey.v1(), journey.v2());
  }

  /** Runs a cutover that is given up, since something happens when it records a step. */
  static CommandFailedException givenUp(
      Journey journey, String step, Runnable happens, Printing printing) {
    CommandFailedException failure =
        assertThrows(
            CommandFailedException.class,
            () ->
                journey.run(
                    Migration::cutover, journal -> new OnStep(journal, step, happens), printing));
    assertTrue(failure.getMessage().startsWith("v1 takes writes again"), failure.getMessage());
    return failure;
  }

  void stopApplying() {
    try {
      SERVERS.v2().execute("ALTER SUBSCRIPTION payments_v1_to_v2 DISABLE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitConnected() {
    try (Sides sides = Sides.open(journey.v1(), journey.v2(), SqlChanges.MADE)) {
      sides.replication().awaitConnected(Duration.ofSeconds(20));
    }
  }

  /** As AWS DMS writes: no trigger fires, and no right is missing. */
  static void strayInsert(PostgresServer server, int id) {
    try {
      server.execute(
          "SET session_replication_role = replica; INSERT INTO app.own VALUES (%d)".formatted(id));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitBackward() {
    try (Sides sides = Sides.open(journey.v2(), journey.v1(), SqlChanges.MADE)) {
      sides.replication().awaitConnected(Duration.ofSeconds(20));
    }
  }

  static Connection login(String role) throws SQLException {
    Connection connection = SERVERS.v1().connect(PostgresServer.DATABASE, role, Shop.PASSWORD);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = app");
    }
    return connection;
  }

  static String ask(PostgresServer server, String sql) {
    try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
      return database.text(sql);
    }
  }

  /** Every login and every grant of the application's objects. */
  static Set<String> rights(PostgresServer server) {
    try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
      return new TreeSet<>(
          database.texts(
              """
              SELECT rolname || ' ' || rolcanlogin FROM pg_roles
              WHERE rolname !~ '^pg_' AND rolname <> 'payments_migration'
              UNION ALL SELECT c.oid::regclass || ' ' || acl::text
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(c.relacl) acl
              WHERE n.nspname IN ('app', 'Back Office') AND acl::text !~ '^payments_migration='
              UNION ALL SELECT attrelid::regclass || '.' || attname || ' ' || acl::text
              FROM pg_attribute, unnest(attacl) acl"""));
    }
  }
}
