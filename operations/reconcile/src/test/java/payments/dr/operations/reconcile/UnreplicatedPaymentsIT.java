package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import payments.dr.testing.ProjectCopy;

/** On two real servers; the older one plays the restored snapshot. */
class UnreplicatedPaymentsIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final Instant BEGAN = Instant.parse("2026-11-25T03:00:00Z");

  private final FakeRds rds = new FakeRds();
  private final UnreplicatedPayments unreplicated =
      new UnreplicatedPayments(
          FormerPrimaries.of(rds, restored -> SERVERS.v1().cluster()), SERVERS.v2().cluster());

  @BeforeEach
  void makeTables() throws SQLException, IOException {
    SERVERS.reset();
    String schema =
        Files.readString(ProjectCopy.PROJECT.resolve("examples/payment-service/schema.sql"));
    SERVERS.v1().execute(schema);
    SERVERS.v2().execute(schema);
    pay(SERVERS.v1(), "arrived", 1);
    pay(SERVERS.v2(), "arrived", 1);
    pay(SERVERS.v1(), "lost", 2);
    pay(SERVERS.v1(), "paid again", 3);
    pay(SERVERS.v2(), "paid again", 4);
  }

  @Test
  void payments_that_the_new_writer_has_not_are_found() {
    rds.keep("2026-11-25-03-20-10", BEGAN);

    assertEquals(Set.of("lost"), unreplicated.keys(BEGAN));
    assertTrue(rds.isTidy());
  }

  @Test
  void without_a_snapshot_nothing_is_found() {
    assertEquals(Set.of(), unreplicated.keys(BEGAN));
    assertTrue(rds.isTidy());
  }

  private static void pay(PostgresServer server, String key, int n) throws SQLException {
    server.execute(
        "INSERT INTO payments VALUES ('00000000-0000-0000-0000-%012d', '%s', '\\x00', 1, 'EUR', 'us-east-1', '2026-11-25T03:00:01Z')"
            .formatted(n, key));
  }
}
