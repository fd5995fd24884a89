package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import payments.dr.testing.ProjectCopy;

/** {@code ./dr reconcile} on two real servers; the older one plays the restored snapshot. */
class ReconcileIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();
  private static final PostgresServer OLD = SERVERS.v1();
  private static final PostgresServer NEW = SERVERS.v2();

  /** Everything that a statement could have changed. */
  private static final String STATE =
      """
      SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
        SELECT 'row ' || p::text || p.xmin || p.xmax || p.ctid AS line FROM payments p
        UNION ALL SELECT 'relation ' || oid || relname || relfilenode || coalesce(relacl::text, '')
          FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace
        UNION ALL SELECT 'role ' || r::text FROM pg_roles r
        UNION ALL SELECT 'function ' || oid || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'setting ' || s::text FROM pg_db_role_setting s) lines""";

  private final Reconciling place = new Reconciling(OLD.cluster(), NEW.cluster());

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void makeTables() throws SQLException, IOException {
    SERVERS.reset();
    out = folder.resolve("out");
    String schema =
        Files.readString(ProjectCopy.PROJECT.resolve("examples/payment-service/schema.sql"));
    OLD.execute(schema);
    NEW.execute(schema);
    place.rds.keep("2026-11-25-03-20-10", Instant.parse("2026-11-25T03:20:10Z"));
    for (PostgresServer server : List.of(OLD, NEW)) {
      pay(server, "before", 1, "02:00:00");
      pay(server, "arrived", 2, "03:00:01");
    }
  }

  @Test
  void what_was_lost_doubled_and_changed_is_found() throws Exception {
    pay(OLD, "z first lost", 3, "03:05:00.123456");
    pay(OLD, "a last lost", 4, "03:05:02");
    pay(OLD, "paid again", 5, "03:05:01");
    pay(NEW, "paid again", 6, "03:30:00");
    pay(OLD, "changed", 7, "03:04:00");
    pay(NEW, "changed", 7, "03:04:00");
    NEW.execute("UPDATE payments SET amount = 999 WHERE idempotency_key = 'changed'");
    pay(NEW, "paid since", 8, "03:40:00");
    NEW.execute("ALTER TABLE payments DROP CONSTRAINT payments_idempotency_key_key");
    pay(NEW, "paid twice", 9, "03:41:00");
    pay(NEW, "paid twice", 10, "03:41:01");
    // Its clock was wrong: the new primary has it, though not in the time that is looked at.
    pay(OLD, "from before", 11, "03:03:00");
    pay(NEW, "from before", 11, "01:00:00");
    List<String> before = List.of(state(OLD), state(NEW));

    assertEquals(3, place.run(out), place.err);

    JsonNode report = report();
    assertEquals(List.of("z first lost", "a last lost"), keys(report, "missing"));
    assertEquals(List.of("paid again", "paid twice"), keys(report, "doubled"));
    assertEquals("[\"" + id(5) + "\"]", report.at("/doubled/0/oldIds").toString());
    assertEquals("[\"" + id(6) + "\"]", report.at("/doubled/0/newIds").toString());
    assertEquals(List.of("changed", "from before"), keys(report, "conflicting"));
    assertEquals(6, report.path("oldRows").asInt());
    assertFalse(report.path("clean").asBoolean());
    assertEquals(0, report.path("attentions").size(), report::toString);
    List<String> replay = Files.readAllLines(out.resolve("replay.ndjson"));
    assertEquals(2, replay.size());
    JsonNode first = new ObjectMapper().readTree(replay.get(0));
    assertEquals("z first lost", first.path("idempotency_key").asText());
    assertEquals("2026-11-25T03:05:00.123456+00:00", first.path("created_at").asText());
    assertEquals(id(3), first.path("id").asText());
    assertEquals(300, first.path("amount").asInt());
    assertEquals("\\x03", first.path("request_hash").asText());
    assertTrue(replay.get(1).contains("a last lost"));
    assertEquals(before, List.of(state(OLD), state(NEW)), "nothing is written");
    assertTrue(place.rds.isTidy());
  }

  /** Aurora's databases sort by language, in which small letters come first. */
  @Test
  void order_of_keys_is_not_the_databases() throws Exception {
    for (PostgresServer server : List.of(OLD, NEW)) {
      server.execute("ALTER TABLE payments ALTER idempotency_key TYPE text COLLATE \"und-x-icu\"");
      pay(server, "Zebra", 3, "03:01:00");
      pay(server, "ape", 4, "03:01:01");
    }

    assertEquals(0, place.run(out), place.err);
    assertEquals(3, report().path("oldRows").asInt());
  }

  @Test
  void sides_that_agree_end_with_zero() throws Exception {
    pay(NEW, "paid since", 3, "03:40:00");

    assertEquals(0, place.run(out), place.err);

    assertEquals("", Files.readString(out.resolve("replay.ndjson")));
    assertTrue(Files.readString(out.resolve("report.md")).contains(": nothing found"));
    assertTrue(report().path("clean").asBoolean());
  }

  @Test
  void files_are_the_owners_and_the_terminal_shows_some_keys_and_no_contents() throws Exception {
    for (int n = 10; n < 25; n++) {
      pay(OLD, "lost " + n, n, "03:05:" + n);
    }
    pay(OLD, "lost \u001b[2J", 77, "03:05:00");

    assertEquals(3, place.run(out), place.err);

    assertTrue(place.out.contains("missing     16, made 2026-11-25T03:05:00Z to"), place.out);
    assertTrue(place.out.contains("lost \\u001b[2J"), place.out);
    assertTrue(place.out.contains("lost 18") && !place.out.contains("lost 19"), place.out);
    assertTrue(place.out.contains("and 6 more: see report.md"), place.out);
    assertFalse(place.out.contains("EUR"), place.out);
    assertTrue(Files.readString(out.resolve("report.md")).contains("lost 24"));
    assertEquals("rwx------", permissions(out));
    try (Stream<Path> files = Files.list(out)) {
      List<Path> all = files.sorted().toList();
      assertEquals(
          List.of("replay.ndjson", "report.json", "report.md"),
          all.stream().map(file -> file.getFileName().toString()).toList());
      all.forEach(file -> assertEquals("rw-------", permissions(file)));
    }
  }

  @Test
  void detached_cluster_is_read_without_restoring_anything() throws Exception {
    pay(OLD, "lost", 3, "03:05:00");

    assertEquals(3, place.run(out, "--cluster", "detached"), place.err);

    assertEquals(List.of("lost"), keys(report(), "missing"));
    assertEquals("cluster detached in us-east-1", report().path("oldWriter").asText());
    assertEquals(0, place.rds.restores.size());
  }

  @Test
  void time_that_begins_too_late_is_told() throws Exception {
    pay(OLD, "lost", 3, "03:05:00");
    OLD.execute("DELETE FROM payments WHERE idempotency_key = 'arrived'");

    assertEquals(3, place.run(out), place.err);
    assertTrue(place.out.contains("ATTENTION   no payment before the first missing"), place.out);

    OLD.execute("DELETE FROM payments WHERE idempotency_key <> 'before'");
    assertEquals(3, place.run(folder.resolve("second")), place.err);
    assertTrue(
        place.out.contains("ATTENTION   the former primary has no payment since"), place.out);
  }

  @Test
  void columns_of_the_application_may_have_other_names_and_change() throws Exception {
    for (PostgresServer server : List.of(OLD, NEW)) {
      server.execute(
          "CREATE SCHEMA billing",
          "CREATE TABLE billing.\"Charges\" (n bigserial PRIMARY KEY, token uuid, at timestamp,"
              + " note json)",
          "INSERT INTO billing.\"Charges\" (token, at, note) VALUES"
              + " ('00000000-0000-0000-0000-000000000001', '2026-11-25 03:01', '{}')");
    }
    OLD.execute(
        "INSERT INTO billing.\"Charges\" (token, at, note) VALUES"
            + " ('00000000-0000-0000-0000-000000000002', '2026-11-25 03:02', E'{\"a\":\\n1}')");
    NEW.execute("ALTER TABLE billing.\"Charges\" ADD COLUMN added int DEFAULT 1");

    int status =
        place.run(
            out, "--table", "billing.Charges", "--key", "token", "--id", "n", "--created", "at");

    assertEquals(3, status, place.err);
    assertEquals(List.of("00000000-0000-0000-0000-000000000002"), keys(report(), "missing"));
    assertEquals(0, report().path("conflicting").size());
    assertTrue(place.out.contains("only one of the two has were not compared: [added]"), place.out);
    assertEquals(1, Files.readAllLines(out.resolve("replay.ndjson")).size(), "one line each");
  }

  /** Whatever a table's owner has put behind its name. */
  @Test
  void session_writes_nothing_even_if_the_table_does() throws Exception {
    OLD.execute(
        "CREATE FUNCTION paid() RETURNS SETOF payments LANGUAGE plpgsql AS"
            + " 'BEGIN INSERT INTO probe VALUES (''us-east-1'', now());"
            + " RETURN QUERY SELECT * FROM payments; END'",
        "CREATE VIEW writing AS SELECT * FROM paid()");
    NEW.execute("CREATE VIEW writing AS SELECT * FROM payments");

    assertEquals(2, place.run(out, "--table", "writing"));

    assertTrue(place.err.contains("cannot execute INSERT in a read-only transaction"), place.err);
    assertEquals("0", ask(OLD, "SELECT count(*) FROM probe"));
    assertTrue(place.rds.isTidy(), "removed after a failure");
    assertFalse(Files.exists(out));
  }

  @Test
  void column_that_is_not_there_is_told_with_those_that_are() {
    assertEquals(1, place.run(out, "--key", "reference"));

    assertTrue(
        place.err.startsWith(
            "dr: column must be one of id, idempotency_key, request_hash, amount, currency, region,"
                + " created_at of payments, got \"reference\""),
        place.err);
    assertTrue(place.rds.isTidy(), "removed after a failure");
  }

  @Test
  void table_that_is_not_there_is_told() {
    assertEquals(2, place.run(out, "--table", "orders"));

    assertTrue(
        place.err.startsWith(
            "dr: table orders of the former primary must be readable, got \"ERROR:"),
        place.err);
    assertTrue(place.rds.isTidy(), "removed after a failure");
  }

  @Test
  void key_that_is_not_set_is_refused() throws Exception {
    OLD.execute("ALTER TABLE payments ALTER idempotency_key DROP NOT NULL");
    OLD.execute("UPDATE payments SET idempotency_key = NULL WHERE idempotency_key = 'arrived'");

    assertEquals(1, place.run(out));

    assertTrue(
        place.err.startsWith("dr: column idempotency_key of payments must be set in every row"),
        place.err);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(out.resolve("report.json").toFile());
  }

  private static List<String> keys(JsonNode report, String kind) {
    return StreamSupport.stream(report.path(kind).spliterator(), false)
        .map(one -> one.path("key").asText())
        .toList();
  }

  /** Number n pays n hundred euros, by an id of its number. */
  private static void pay(PostgresServer server, String key, int n, String time)
      throws SQLException {
    server.execute(
        "INSERT INTO payments VALUES ('%s', '%s', '\\x%02d', %d, 'EUR', 'us-east-1', '2026-11-25T%sZ')"
            .formatted(id(n), key, n, n * 100, time));
  }

  private static String id(int n) {
    return "00000000-0000-0000-0000-%012d".formatted(n);
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String state(PostgresServer server) throws SQLException {
    return ask(server, STATE);
  }

  private static String ask(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
