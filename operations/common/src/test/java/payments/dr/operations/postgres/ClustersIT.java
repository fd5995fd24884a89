package payments.dr.operations.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.postgres.testing.Environments;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** Clusters by libpq's service file, on real servers. */
class ClustersIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final PostgresServer V1 = SERVERS.v1();

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void a_service_entry_leads_to_the_server_which_is_verified() throws Exception {
    Cluster cluster = cluster("host=localhost", "sslrootcert=" + V1.rootCertificate());

    try (Connection connection = cluster.connect()) {
      assertEquals(14, connection.getMetaData().getDatabaseMajorVersion());
      assertEquals("payments-dr", ask(connection, "SHOW application_name"));
      assertEquals("10s", ask(connection, "SHOW lock_timeout"));
      assertEquals("10min", ask(connection, "SHOW statement_timeout"));
      assertEquals(
          "t", ask(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
    }
    assertEquals(List.of(), warnings);
    assertEquals("verify-full", cluster.peerKeywords().get("sslmode"));
    assertEquals("" + V1.port(), cluster.peerKeywords().get("port"));
  }

  @Test
  void a_tunnel_is_taken_while_the_certificate_must_carry_the_clusters_name() throws Exception {
    Cluster right =
        cluster("host=localhost", "hostaddr=127.0.0.1", "sslrootcert=" + V1.rootCertificate());
    right.connect().close();
    // The peer goes to the cluster's own port, not to the tunnel's.
    assertEquals("5432", right.peerKeywords().get("port"));

    Cluster wrong =
        cluster(
            "host=writer.example.com", "hostaddr=127.0.0.1", "sslrootcert=" + V1.rootCertificate());
    SQLException refused = assertThrows(SQLException.class, wrong::connect);

    assertTrue(refused.getMessage().contains("writer.example.com"), refused.getMessage());
  }

  @Test
  void a_server_of_another_authority_is_refused() throws IOException {
    Path other = folder.resolve("other.crt");
    Process made =
        new ProcessBuilder(
                ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout "
                        + folder.resolve("other.key")
                        + " -out "
                        + other)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    made.onExit().join();

    Cluster cluster = cluster("host=localhost", "sslrootcert=" + other);

    SQLException refused = assertThrows(SQLException.class, cluster::connect);
    assertTrue(refused.getMessage().contains("PKIX path"), refused.getMessage());
  }

  @Test
  void a_weaker_mode_is_taken_with_a_warning() throws Exception {
    cluster("host=localhost", "sslmode=require").connect().close();

    assertEquals(
        List.of(
            "service payments-local-v1 has sslmode=require: whoever answers as localhost is"
                + " believed"),
        warnings);
  }

  @Test
  void programs_find_their_way_with_nothing_secret_around_them() throws Exception {
    ProcessBuilder program =
        cluster("host=localhost", "sslrootcert=" + V1.rootCertificate())
            .program(
                List.of(
                    "psql", "-AtXc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
    assertFalse(program.environment().containsKey("PGPASSWORD"));

    Process psql = program.redirectErrorStream(true).start();
    String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals("t", said.strip());
    assertEquals(0, psql.waitFor());
  }

  @Test
  void a_password_in_the_service_file_is_refused_without_showing_it() {
    String said =
        assertThrows(
                BadInputException.class, () -> cluster("host=localhost", "password=opensesame"))
            .getMessage();

    assertTrue(said.contains("must have its password in a password file"), said);
    assertFalse(said.contains("opensesame"), said);
  }

  @Test
  void a_wrong_password_is_told_without_showing_it() throws IOException {
    Cluster cluster = cluster("host=localhost", "sslrootcert=" + V1.rootCertificate());
    Files.writeString(folder.resolve("pgpass"), "*:*:*:*:opensesame\n");

    SQLException refused = assertThrows(SQLException.class, cluster::connect);

    assertFalse(refused.toString().contains("opensesame"), refused.toString());
  }

  private Cluster cluster(String... lines) throws IOException {
    Path passwords = folder.resolve("pgpass");
    Files.writeString(
        passwords,
        "*:%d:*:%s:%s%n"
            .formatted(V1.port(), PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD));
    passwords.toFile().setReadable(false, false);
    passwords.toFile().setReadable(true, true);
    List<String> entry =
        new ArrayList<>(
            List.of("# clusters", "", "[other]", "host=nowhere", "[payments-local-v1]"));
    entry.addAll(List.of(lines));
    entry.add("port=" + V1.port());
    entry.add("passfile=" + passwords);
    Path services = Files.write(folder.resolve("pg_service.conf"), entry);
    return new Clusters(
            Environments.local(), new ServiceFile(List.of(services)), null, warnings::add)
        .cluster(DatabaseGeneration.V1);
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
