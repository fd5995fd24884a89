package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.aws.LocalAws;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * {@code ./dr restore} as a program of its own, with real PostgreSQL behind the clusters: what was
 * destroyed comes back beside what runs, from the copy in the other Region, and a backup of a
 * truncated table is found.
 */
@TestMethodOrder(OrderAnnotation.class)
class RestoreIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String CLUSTER = "primary-db-cluster-v2-local";
  private static final String PASSWORD = "of-this-test-0";

  private static final Pattern RESTORED = Pattern.compile("cluster (dr-restored-v2-\\w{8}-local)");

  /** Without the launcher, which makes an archive of classes for each copy of the project. */
  private static final String DR =
      "'%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' '-Dpayments.dr.root=%s' %s "
          .formatted(
              ProcessHandle.current().info().command().orElseThrow(),
              Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                  .map(entry -> Path.of(entry).toAbsolutePath().toString())
                  .collect(Collectors.joining(File.pathSeparator)),
              ProjectCopy.PROJECT,
              Dr.class.getName());

  @TempDir private static Path home;

  private static LocalAws aws;
  private static Map<String, String> environment;
  private static Shell shell;

  /** What `make deploy` would make of it, and of each Region's ground no more than a name. */
  @BeforeAll
  static void deploy() throws IOException, SQLException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    aws = LocalAws.startWithDatabases(home);
    environment = Map.of("AWS_ENDPOINT_URL", aws.endpoint());
    shell = new Shell(ProjectCopy.PROJECT, environment);
    RestorableAws.make(aws, PASSWORD);
    execute(
        CLUSTER,
        Files.readString(ProjectCopy.PROJECT.resolve("examples/payment-service/schema.sql")),
        "CREATE SCHEMA payments_dr",
        "CREATE TABLE payments_dr.heartbeat (writer_region text PRIMARY KEY, beat_at timestamptz)",
        "INSERT INTO payments_dr.heartbeat VALUES ('us-east-1', now())");
    pay("first", "now() - interval '3 hours'");
    pay("second", "now() - interval '2 hours'");
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  @Order(1)
  void what_a_valid_administrator_destroyed_comes_back_beside_it()
      throws IOException, InterruptedException, SQLException {
    String copy =
        RestorableAws.copied(aws, RestorableAws.backedUp(aws, "rds", "cluster:" + CLUSTER));
    RestorableAws.copied(
        aws, RestorableAws.backedUp(aws, "dynamodb", "table/session-table-v2-local"));
    execute(CLUSTER, "DROP TABLE payments");
    RestorableAws.deleteSessions(aws);
    String list = shell.sh(LIMIT, DR + "restore local").expect(0).out();
    assertTrue(list.contains(copy), list);
    assertTrue(list.contains("vault dr-backup-vault-local, not locked"), list);
    assertTrue(list.contains("to a time: no session table of v2"), list);

    String command = DR + "restore local --point " + copy;
    RunningCommand killed =
        RunningCommand.start(ProjectCopy.PROJECT, environment, "exec " + command);
    killed.waitFor("restoring   cluster", LIMIT);
    killed.process().destroyForcibly().waitFor();
    Shell.Result restored = shell.sh(LIMIT, command).expect(0);

    String out = restored.out();
    String cluster = cluster(out);
    assertTrue(out.contains("there       cluster " + cluster), out);
    assertTrue(out.contains("ok          sessions: 1 in dr-restored-sessions-v2-"), out);
    assertTrue(out.contains("public.payments 2, public.probe 0"), out);
    assertTrue(
        out.contains("the database that writes has no payments: 2 are in the restored one alone"),
        out);
    assertTrue(out.contains("s before the time of the backup"), out);
    assertTrue(out.contains("Nothing was switched"), out);
    assertEquals("2", ask(cluster, "SELECT count(*) FROM payments"));
    assertEquals("t", ask(CLUSTER, "SELECT to_regclass('payments') IS NULL"), "nothing over it");
    JsonNode described = described(cluster);
    assertEquals("true", described.path("writer").asText(), "follows nobody");
    assertEquals("", described.path("globalCluster").asText(""));

    assertEquals(
        1, shell.sh(LIMIT, "echo no | " + DR + "restore local --clean " + cluster).status());
    assertEquals("2", ask(cluster, "SELECT count(*) FROM payments"));
    shell.sh(LIMIT, "echo %1$s | %2$srestore local --clean %1$s".formatted(cluster, DR)).expect(0);
    assertEquals(List.of(CLUSTER), clusters());
    assertEquals(List.of(), RestorableAws.tables(aws, "us-east-2"));
    assertFalse(shell.sh(LIMIT, DR + "restore local").expect(0).out().contains("restored:"));
  }

  @Test
  @Order(2)
  void backup_of_a_truncated_table_must_be_looked_at() throws IOException, SQLException {
    execute(
        CLUSTER,
        Files.readString(ProjectCopy.PROJECT.resolve("examples/payment-service/schema.sql"))
            .replace("CREATE TABLE probe", "CREATE TABLE IF NOT EXISTS probe"));
    String point = RestorableAws.backedUp(aws, "rds", "cluster:" + CLUSTER);

    String out = shell.sh(LIMIT, DR + "restore local --point " + point).expect(3).out();

    assertTrue(out.contains("ATTENTION   table payments must have payments, got none"), out);
  }

  private static String cluster(String out) {
    Matcher found = RESTORED.matcher(out);
    assertTrue(found.find(), out);
    return found.group(1);
  }

  private static void pay(String key, String time) throws SQLException {
    execute(
        CLUSTER,
        "INSERT INTO payments VALUES (gen_random_uuid(), '%s', '\\x00', 1, 'EUR', 'us-east-1', %s)"
            .formatted(key, time));
  }

  private static List<String> clusters() {
    return aws.databases().findValuesAsText("cluster");
  }

  private static JsonNode described(String cluster) {
    for (JsonNode one : aws.databases()) {
      if (one.path("cluster").asText().equals(cluster)) {
        return one;
      }
    }
    throw new AssertionError("no database of " + cluster);
  }

  private static void execute(String cluster, String... statements) throws SQLException {
    try (Connection connection = connect(cluster);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ask(String cluster, String sql) throws SQLException {
    try (Connection connection = connect(cluster);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static Connection connect(String cluster) throws SQLException {
    JsonNode server = described(cluster);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/paymentsdb?sslmode=require"
            .formatted(server.path("address").asText(), server.path("port").asInt()),
        "dbadmin",
        PASSWORD);
  }
}
