package payments.dr.operations.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.operations.postgres.Cluster;

/** That the servers are what other tests take them for. */
class PostgresServersIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();

  @BeforeEach
  void reset() throws SQLException {
    SERVERS.reset();
  }

  @ParameterizedTest
  @CsvSource({"v1,14", "v2,16"})
  void each_generation_answers_over_tls_with_its_major(String generation, String major)
      throws SQLException {
    Cluster cluster = server(generation).cluster();

    assertEquals(major, ask(cluster, "SELECT current_setting('server_version_num')::int / 10000"));
    assertEquals("t", ask(cluster, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
    assertEquals("logical", ask(cluster, "SHOW wal_level"));
    assertEquals("paymentsdb", ask(cluster, "SELECT current_database()"));
  }

  @ParameterizedTest
  @CsvSource({"v1", "v2"})
  void nobody_gets_in_without_tls(String generation) {
    String url = "jdbc:postgresql://localhost:" + server(generation).port() + "/postgres";
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                DriverManager.getConnection(
                    url + "?sslmode=disable",
                    PostgresServer.ADMINISTRATOR,
                    PostgresServer.PASSWORD));

    assertTrue(refused.getMessage().contains("no encryption"), refused.getMessage());
  }

  @Test
  void client_programs_find_their_way_and_their_password() throws Exception {
    Process dump =
        SERVERS
            .v1()
            .cluster()
            .program(List.of("pg_dump", "--schema-only", "--no-password"))
            .redirectErrorStream(true)
            .start();
    String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, dump.waitFor(), said);
    assertTrue(said.contains("Dumped from database version 14"), said);
  }

  @Test
  void v2_can_subscribe_to_v1_and_a_reset_leaves_nothing() throws SQLException {
    SERVERS.v1().execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION p FOR TABLE a");
    SERVERS.v2().execute("CREATE TABLE a (id int PRIMARY KEY)");
    SERVERS
        .v2()
        .execute(
            "CREATE SUBSCRIPTION s CONNECTION 'host=localhost port=%d dbname=%s user=%s password=%s sslmode=verify-full sslrootcert=%s' PUBLICATION p"
                .formatted(
                    SERVERS.v1().port(),
                    PostgresServer.DATABASE,
                    PostgresServer.ADMINISTRATOR,
                    PostgresServer.PASSWORD,
                    SERVERS.v1().rootCertificate()));
    assertEquals(
        "1",
        ask(
            SERVERS.v1().cluster(),
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 's'"));

    SERVERS.reset();

    assertEquals("0", ask(SERVERS.v1().cluster(), "SELECT count(*) FROM pg_replication_slots"));
    assertEquals("0", ask(SERVERS.v2().cluster(), "SELECT count(*) FROM pg_subscription"));
    assertEquals(
        "0", ask(SERVERS.v1().cluster(), "SELECT count(*) FROM pg_class WHERE relname = 'a'"));
  }

  @Test
  void a_killed_server_comes_back_with_what_was_committed() throws Exception {
    try (PostgresServers own = PostgresServers.start()) {
      own.v1().execute("CREATE TABLE a AS SELECT 1 AS id");
      own.v1().kill();
      assertThrows(SQLException.class, () -> own.v1().connect());

      own.v1().start();

      assertEquals("1", ask(own.v1().cluster(), "SELECT count(*) FROM a"));
    }
  }

  private static PostgresServer server(String generation) {
    return generation.equals("v1") ? SERVERS.v1() : SERVERS.v2();
  }

  private static String ask(Cluster cluster, String sql) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
