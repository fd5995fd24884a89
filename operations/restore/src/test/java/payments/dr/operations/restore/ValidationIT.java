package payments.dr.operations.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.PaymentTable;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import payments.dr.testing.ProjectCopy;

/** What is found in a restored database, on two real servers; the newer one plays the restored. */
class ValidationIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final PostgresServer RESTORED = SERVERS.v2();
  private static final PostgresServer WRITER = SERVERS.v1();
  private static final Instant TAKEN = Instant.parse("2026-11-25T03:20:00Z");

  private final Validation validation = new Validation(PaymentTable.REFERENCE, TAKEN);

  @BeforeEach
  void makeTables() throws SQLException, IOException {
    SERVERS.reset();
    String schema =
        Files.readString(ProjectCopy.PROJECT.resolve("examples/payment-service/schema.sql"));
    for (PostgresServer server : List.of(RESTORED, WRITER)) {
      server.execute(schema);
      server.execute(
          "CREATE SCHEMA payments_dr",
          "CREATE TABLE payments_dr.heartbeat (writer_region text PRIMARY KEY, beat_at timestamptz)",
          "INSERT INTO payments_dr.heartbeat VALUES ('us-east-1', '2026-11-25T03:19:58Z')");
      pay(server, 1, "01:00:00");
      pay(server, 2, "02:00:00");
    }
  }

  @Test
  void backup_that_has_everything_has_nothing_to_look_at() throws SQLException {
    pay(RESTORED, 3, "03:19:57");
    pay(WRITER, 3, "03:19:57");
    pay(WRITER, 4, "03:30:00");

    List<Finding> findings = look();

    assertTrue(findings.stream().allMatch(Finding::asExpected), findings::toString);
    assertFound(findings, "3 tables");
    assertFound(findings, "rows: payments_dr.heartbeat 1, public.payments 3, public.probe 0");
    assertFound(findings, "newest payment made 2026-11-25T03:19:57Z");
    assertFound(
        findings, "newest heartbeat 2026-11-25T03:19:58Z, 2 s before the time of the backup");
    assertFound(findings, "schema as in the database that writes");
    assertFound(
        findings,
        "2 payments until 2026-11-25T03:04:58Z as in the database that writes, 2 of the last day by checksum");
  }

  @Test
  void truncated_table_is_found_also_where_no_other_database_is_left() throws SQLException {
    RESTORED.execute("TRUNCATE payments");

    assertAttention(look(), "table payments must have payments, got none");
    assertAttention(
        validation.of(
            RESTORED.cluster(),
            () -> {
              throw new BadInputException("global database must have a writer");
            }),
        "table payments must have payments, got none");
  }

  @Test
  void payments_that_the_backup_lacks_are_counted() throws SQLException {
    pay(WRITER, 3, "02:30:00");

    assertAttention(
        look(), "must be as many as in the database that writes, 3, got 2: 1 are missing");
  }

  @Test
  void payments_with_other_contents_are_found() throws SQLException {
    RESTORED.execute("UPDATE payments SET amount = 999 WHERE idempotency_key = '2'");

    assertAttention(look(), "as many, with other contents in one of the two");
  }

  /** Then the backup is what is needed. */
  @Test
  void payments_that_were_destroyed_since_are_told_as_those_of_the_backup() throws SQLException {
    WRITER.execute("DELETE FROM payments WHERE idempotency_key = '1'");
    List<Finding> some = look();
    assertTrue(some.stream().allMatch(Finding::asExpected), some::toString);
    assertFound(
        some, "2 payments until 2026-11-25T03:04:58Z are in the restored database, and 1 in");

    WRITER.execute("TRUNCATE payments");
    assertFound(
        look(), "the database that writes has no payments: 2 are in the restored one alone");

    WRITER.execute("DROP TABLE payments");
    assertFound(
        look(), "the database that writes has no payments: 2 are in the restored one alone");
  }

  @Test
  void column_that_came_later_is_told() throws SQLException {
    WRITER.execute("ALTER TABLE probe ADD COLUMN note text");

    assertAttention(look(), "a later release may not run on it");
  }

  @Test
  void backup_that_ends_long_before_its_time_is_told() throws SQLException {
    RESTORED.execute("UPDATE payments_dr.heartbeat SET beat_at = '2026-11-25T02:49:59Z'");

    assertAttention(look(), "1801 s before the time of the backup");

    RESTORED.execute("DROP TABLE payments_dr.heartbeat");
    WRITER.execute("DROP TABLE payments_dr.heartbeat");
    assertAttention(look(), "nothing tells until when the data goes");
  }

  @Test
  void restored_database_that_does_not_answer_is_no_finding() throws SQLException {
    RESTORED.execute("ALTER TABLE payments ENABLE ROW LEVEL SECURITY");
    RESTORED.execute("DROP TABLE payments CASCADE", "CREATE VIEW payments AS SELECT 1 AS one");

    assertThrows(CommandFailedException.class, this::look);
  }

  /** Whatever a table's owner has put behind its name. */
  @Test
  void nothing_is_written() throws SQLException {
    RESTORED.execute(
        "CREATE FUNCTION beaten() RETURNS timestamptz LANGUAGE plpgsql AS"
            + " 'BEGIN INSERT INTO probe VALUES (''us-east-1'', now()); RETURN now(); END'",
        "DROP TABLE payments_dr.heartbeat",
        "CREATE VIEW payments_dr.heartbeat AS SELECT beaten() AS beat_at");

    String said = assertThrows(CommandFailedException.class, this::look).getMessage();

    assertTrue(said.contains("cannot execute INSERT in a read-only transaction"), said);
  }

  private List<Finding> look() {
    return validation.of(RESTORED.cluster(), WRITER::cluster);
  }

  private static void assertFound(List<Finding> findings, String text) {
    assertTrue(
        findings.stream().anyMatch(finding -> finding.text().contains(text)), findings::toString);
  }

  private static void assertAttention(List<Finding> findings, String text) {
    List<Finding> attentions = findings.stream().filter(one -> !one.asExpected()).toList();
    assertEquals(1, attentions.size(), findings::toString);
    assertTrue(attentions.get(0).text().contains(text), attentions::toString);
  }

  private static void pay(PostgresServer server, int n, String time) throws SQLException {
    server.execute(
        "INSERT INTO payments VALUES ('00000000-0000-0000-0000-%012d', '%d', '\\x00', 1, 'EUR', 'us-east-1', '2026-11-25T%sZ')"
            .formatted(n, n, time));
  }
}
