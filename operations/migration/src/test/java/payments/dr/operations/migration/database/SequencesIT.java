package payments.dr.operations.migration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.operations.postgres.testing.PostgresServers;

/** What becomes of sequences' positions, which replication does not carry. */
class SequencesIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();

  @BeforeEach
  void reset() throws SQLException {
    SERVERS.reset();
  }

  /** An epoch that moved would be ahead of every renewer's; a server is opened by its own alone. */
  @Test
  void applications_move_on_and_the_lease_of_a_server_stays_its_own() throws SQLException {
    String[] made = {
      "CREATE SCHEMA payments_dr",
      "CREATE SEQUENCE payments_dr.lease_epoch MINVALUE 0",
      "CREATE SEQUENCE public.payment_id"
    };
    SERVERS.v1().execute(made);
    SERVERS.v2().execute(made);
    SERVERS
        .v1()
        .execute("SELECT setval('payments_dr.lease_epoch', 7)", "SELECT setval('payment_id', 41)");
    SERVERS.v2().execute("SELECT setval('payments_dr.lease_epoch', 3)");

    try (Database source = Database.open(SERVERS.v1().cluster(), SqlChanges.MADE);
        Database target = Database.open(SERVERS.v2().cluster(), SqlChanges.MADE)) {
      Sequences sequences = new Sequences(source, target);

      assertEquals(1, sequences.advance());
      assertEquals(0, sequences.advance());

      assertEquals(
          List.of("3", "true"),
          target.texts(
              "SELECT last_value::text FROM payments_dr.lease_epoch"
                  + " UNION ALL SELECT (last_value > 41)::text FROM public.payment_id"));
    }
  }
}
