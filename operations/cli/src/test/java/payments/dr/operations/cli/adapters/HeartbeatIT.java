package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.aws.DatabaseAddress;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.lambda.aws.DatabaseSignIn;
import payments.dr.lambda.aws.Heartbeat;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** The heartbeat's writer on real servers. */
class HeartbeatIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final PostgresServer SERVER = SERVERS.v2();

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** By another clock than the server's. */
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void reset() throws SQLException {
    SERVERS.reset();
    HeartbeatLogin.make(SERVER);
  }

  @Test
  void each_beat_moves_the_one_row_of_its_region() throws SQLException {
    Heartbeat heartbeat = heartbeat("us-east-1", address(SERVER.port()));

    heartbeat.run();
    assertEquals(now, beatAt());
    now = now.plusSeconds(5);
    heartbeat.run();

    assertEquals(now, beatAt());
    assertEquals(2, heartbeat.takeBeats());
    assertEquals(0, heartbeat.takeBeats());
    assertEquals("us-east-1 1", ask("SELECT max(writer_region) || ' ' || count(*)"));
    assertEquals(1, said("\"state\":\"beats\""));
  }

  @Test
  void a_database_that_takes_no_writes_gets_none() throws SQLException {
    SERVER.execute("ALTER DATABASE paymentsdb SET default_transaction_read_only TO on");
    Heartbeat heartbeat = heartbeat("us-east-2", address(SERVER.port()));

    heartbeat.run();
    heartbeat.run();

    assertEquals(0, heartbeat.takeBeats());
    assertEquals("0", ask("SELECT count(*)"));
    assertEquals(1, said("does not beat: ERROR: cannot execute INSERT in a read-only transaction"));
  }

  @Test
  void one_generation_that_fails_does_not_keep_the_other_from_beating() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    Heartbeat heartbeat =
        heartbeat(
            "us-east-1", Map.of("v1", address(closed), "v2", address(SERVER.port())), "localhost");

    heartbeat.run();

    assertEquals(1, heartbeat.takeBeats());
    assertEquals("1", ask("SELECT count(*)"));
  }

  @Test
  void a_server_that_does_not_answer_is_given_up_in_time() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Heartbeat heartbeat = heartbeat("us-east-1", address(silent.getLocalPort()));
      Instant start = Instant.now();

      heartbeat.run();

      Duration waited = Duration.between(start, Instant.now());
      assertTrue(waited.compareTo(Duration.ofSeconds(6)) < 0, waited.toString());
      assertEquals(1, said("does not beat"));
    }
  }

  @Test
  void a_server_under_another_name_is_not_trusted() throws SQLException {
    Heartbeat heartbeat =
        heartbeat(
            "us-east-1",
            Map.of("v2", new DatabaseAddress("127.0.0.1", SERVER.port(), PostgresServer.DATABASE)),
            "127.0.0.1");

    heartbeat.run();

    assertEquals("0", ask("SELECT count(*)"));
    assertEquals(1, said("does not beat"));
  }

  /** Deployed on AWS, the function trusts Amazon RDS's roots alone. */
  @Test
  void a_server_of_another_authority_than_the_regions_is_not_trusted() throws SQLException {
    Heartbeat heartbeat =
        heartbeat(
            "us-east-1",
            Map.of("v2", address(SERVER.port())),
            "localhost",
            DatabaseRoots.of("us-east-1"));

    heartbeat.run();

    assertEquals("0", ask("SELECT count(*)"));
    assertEquals(1, said("unable to find valid certification path"));
  }

  private Heartbeat heartbeat(String region, DatabaseAddress address) {
    return heartbeat(region, Map.of("v2", address), "localhost");
  }

  private Heartbeat heartbeat(
      String region, Map<String, DatabaseAddress> addresses, String expectedHost) {
    return heartbeat(
        region, addresses, expectedHost, DatabaseRoots.of(region).and(SERVER.rootCertificate()));
  }

  private Heartbeat heartbeat(
      String region,
      Map<String, DatabaseAddress> addresses,
      String expectedHost,
      DatabaseRoots roots) {
    DatabaseSignIn access =
        new DatabaseSignIn(
            HeartbeatLogin.USER,
            address -> {
              assertEquals(expectedHost, address.host());
              return HeartbeatLogin.PASSWORD;
            },
            roots);
    return new Heartbeat(
        access,
        addresses,
        region,
        () -> now,
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system()));
  }

  private static DatabaseAddress address(int port) {
    return new DatabaseAddress("localhost", port, PostgresServer.DATABASE);
  }

  private long said(String text) {
    return log.toString(StandardCharsets.UTF_8).lines().filter(it -> it.contains(text)).count();
  }

  private static Instant beatAt() throws SQLException {
    return Instant.parse(
        ask(
            "SELECT to_char(max(beat_at) AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
  }

  private static String ask(String selection) throws SQLException {
    try (Connection connection = SERVER.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(selection + " FROM payments_dr.heartbeat")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
