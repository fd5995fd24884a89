package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import payments.dr.testing.Shell;

/**
 * Real PostgreSQL servers in the place of the clusters of a deployed copy, and the commands that
 * move data between them, as an operator gives them.
 */
final class Migrations implements AutoCloseable {

  private static final Duration COMMAND = Duration.ofMinutes(10);
  private static final String PRIVATE = "rw-------";

  private final PostgresServers servers;
  private final Shell shell;

  private Migrations(PostgresServers servers, Shell shell) {
    this.servers = servers;
    this.shell = shell;
  }

  /**
   * @param folder for the files by which libpq finds the servers
   */
  static Migrations of(Path folder, Shell shell) throws IOException {
    PostgresServers servers = PostgresServers.start();
    Path passwords = folder.resolve("pgpass");
    Files.createFile(
        passwords, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    Files.writeString(
        passwords,
        "localhost:*:*:%s:%s%n".formatted(PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD));
    Path services = folder.resolve("pg_service.conf");
    Files.writeString(services, entry(servers.v1(), passwords) + entry(servers.v2(), passwords));
    return new Migrations(servers, shell.with("PGSERVICEFILE", services.toString()));
  }

  @Override
  public void close() {
    servers.close();
  }

  /** A first generation with a table of the application's, and a session. */
  void begin() throws SQLException {
    dr("database init local");
    servers
        .v1()
        .execute(
            "SET ROLE payments_owner",
            "CREATE TABLE payment (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)");
    pay("v1", 1000);
    shell
        .sh(
            COMMAND,
            "aws --endpoint-url $AWS_ENDPOINT_URL dynamodb put-item --region us-east-1"
                + " --table-name session-table-local --item '{\"sessionId\":{\"S\":\"s-1\"}}'")
        .expect(0);
  }

  /** Everything until both sides hold the same. */
  void copy() {
    dr("migrate preflight local");
    dr("migrate prepare local");
    dr("migrate start local");
    dr("migrate sessions start local --once");
    shell
        .sh(
            COMMAND,
            "for i in $(seq 60); do ./dr migrate verify local && exit 0; sleep 1; done; exit 1")
        .expect(0);
    dr("migrate sessions verify local");
    String status = dr("migrate status local");
    assertTrue(status.contains("REPLICATING"), status);
    assertTrue(status.contains("./dr migrate cutover"), status);
    assertTrue(dr("migrate sessions status local").contains("FOLLOWING"));
  }

  /** Payments of the application, as it makes them. */
  void pay(String generation, int count) throws SQLException {
    server(generation)
        .execute(
            "SET ROLE payments_app",
            "INSERT INTO payment (note) SELECT 'paid in %s' FROM generate_series(1, %d)"
                .formatted(generation, count));
  }

  void assertPayments(String generation, int count) throws SQLException {
    try (Connection connection = server(generation).connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM payment")) {
      assertTrue(row.next());
      assertEquals(count, row.getInt(1));
      assertEquals(count, row.getInt(2), "ids are given once");
    }
  }

  void assertSession(String table) {
    String item =
        shell
            .sh(
                COMMAND,
                "aws --endpoint-url $AWS_ENDPOINT_URL dynamodb get-item --region us-east-1 --table-name "
                    + table
                    + " --key '{\"sessionId\":{\"S\":\"s-1\"}}'")
            .expect(0)
            .out();
    assertTrue(item.contains("s-1"), item);
  }

  /** What {@code ./dr} says to a command that succeeds. */
  String dr(String command) {
    Shell.Result result = shell.sh(COMMAND, "./dr " + command).expect(0);
    System.out.println("$ ./dr " + command + "\n" + result.out());
    return result.out();
  }

  /** What it says to one that is refused. */
  String refused(String command) {
    Shell.Result result = shell.sh(COMMAND, "./dr " + command).expect(1);
    return result.err();
  }

  private PostgresServer server(String generation) {
    return generation.equals("v1") ? servers.v1() : servers.v2();
  }

  private static String entry(PostgresServer server, Path passwords) {
    return """
        [payments-local-%s]
        host=localhost
        port=%d
        dbname=%s
        user=%s
        sslrootcert=%s
        passfile=%s
        """
        .formatted(
            server.generation(),
            server.port(),
            PostgresServer.DATABASE,
            PostgresServer.ADMINISTRATOR,
            server.rootCertificate(),
            passwords);
  }
}
