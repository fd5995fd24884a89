package payments.dr.operations.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.database.Initialization.Done;
import payments.dr.operations.database.Initialization.Outcome;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import payments.dr.renewer.PostgresBelt;
import payments.dr.renewer.Renewer;
import payments.dr.renewer.Round;

/** Tables that take writes under a lease only, on real servers of both majors. */
class LeaseIT {

  private static final String RENEWER = "payments_renewer";
  private static final String PASSWORD = "of-the-tests";

  /** What a renewal of the tests lasts. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  /** Ones of its own: a test starts one anew. */
  private static PostgresServers servers;

  @BeforeAll
  static void start() {
    servers = PostgresServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void reset() throws SQLException {
    servers.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void it_is_made_once_and_taken_away_whole(String generation) throws SQLException {
    PostgresServer server = server(generation);
    server.execute("CREATE TABLE payment (id int)");

    List<String> made = made(server, true);
    assertTrue(made.contains("every table asks for the lease"), made::toString);
    assertEquals(List.of(), made(server, true));

    server.execute("ALTER TABLE payment DISABLE TRIGGER payments_dr_lease");
    assertEquals(List.of("every table asks for the lease"), made(server, true));

    assertEquals(List.of("no table asks for a lease"), made(server, false));
    assertEquals(List.of(), made(server, false));
    server.execute("INSERT INTO payment VALUES (1)", "CREATE TABLE later (id int)");
    assertEquals(
        "0",
        ask(
            server,
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname ~ '^payments'"));
  }

  /**
   * A session that ends after any command of it leaves tables as they were; the next run ends it.
   */
  @Test
  void killed_anywhere_it_stops_no_writes_and_is_finished_by_the_next_run() throws SQLException {
    PostgresServer server = server("v2");
    server.execute("CREATE TABLE payment (id int)");
    assertFalse(made(server, false).isEmpty());

    int kills = 0;
    while (!madeUnlessKilled(server, kills + 1)) {
      kills++;
      server.execute("INSERT INTO payment VALUES (1)");
      assertEquals(
          "", ask(server, "SELECT coalesce(to_regproc('payments_dr.require_lease')::text, '')"));
    }

    assertTrue(kills >= 10, "kills: " + kills);
    assertEquals(List.of(), made(server, true));
    server.execute("INSERT INTO payment VALUES (1)");
    assertEquals(kills + 1, count(server));
  }

  /** Whether it came to its end before its {@code nth} command that makes or changes something. */
  private static boolean madeUnlessKilled(PostgresServer server, int nth) throws SQLException {
    server.execute(
        "CREATE SEQUENCE commands",
        "CREATE FUNCTION kill_nth() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('public.commands') = %d THEN".formatted(nth)
            + " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$",
        "CREATE EVENT TRIGGER kill_nth ON ddl_command_end EXECUTE FUNCTION kill_nth()");
    try {
      made(server, true);
      return true;
    } catch (CommandFailedException e) {
      assertTrue(e.getMessage().contains("terminating connection"), e::getMessage);
      return false;
    } finally {
      server.execute(
          "DROP EVENT TRIGGER kill_nth", "DROP FUNCTION kill_nth", "DROP SEQUENCE commands");
    }
  }

  /** What waits for tables takes nothing of the first lease, by which renewers go on. */
  @Test
  void first_lease_is_a_whole_minute_however_long_tables_were_waited_for() throws SQLException {
    PostgresServer server = server("v2");
    server.execute("CREATE TABLE payment (id int)");
    Thread release = holdTable(server, Duration.ofSeconds(3));

    made(server, true);
    long left =
        Long.parseLong(
            ask(
                server,
                "SELECT pg_sequence_last_value('payments_dr.lease_until')"
                    + " - (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));

    assertTrue(left > 58_000, left + " ms of 60000 are left");
    join(release);
  }

  /** Keeps a lock of a table for a while. */
  private static Thread holdTable(PostgresServer server, Duration time) throws SQLException {
    Connection connection = server.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE payment IN ROW EXCLUSIVE MODE");
    }
    Thread holder =
        new Thread(
            () -> {
              try (connection;
                  Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(%d)".formatted(time.toSeconds()));
                connection.rollback();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    holder.start();
    return holder;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void a_session_that_began_before_the_end_is_refused_after_it(String generation)
      throws SQLException {
    PostgresServer server = leased(generation);
    extend(server, "us-east-1", 1, 1500);

    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("INSERT INTO payment VALUES (1)");
      statement.execute("SELECT pg_sleep(1.6)");
      String refused = refusal(statement, "INSERT INTO payment VALUES (2)");
      assertTrue(
          refused.startsWith(
              "ERROR: INSERT of public.payment is refused, the lease of this Region ran out at"),
          refused);
    }
    for (String sql :
        List.of(
            "INSERT INTO payment VALUES (3)",
            "UPDATE payment SET id = 4",
            "DELETE FROM payment WHERE false",
            "TRUNCATE payment",
            "WITH gone AS (DELETE FROM payment RETURNING id) SELECT count(*) FROM gone",
            "INSERT INTO payment VALUES (1) ON CONFLICT DO NOTHING",
            "INSERT INTO entry VALUES (1)",
            "INSERT INTO entry_1 VALUES (1)",
            "SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO payment VALUES (5)",
            "SET CONSTRAINTS ALL DEFERRED; INSERT INTO payment VALUES (5)",
            "DO $$BEGIN INSERT INTO payment VALUES (6); END$$")) {
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        refusal(statement, sql);
      }
    }
    assertEquals("0", ask(server, "SELECT count(*) FROM payment"));
  }

  /** The lock is had, and the row changed, when the lease is over. */
  @Test
  void a_statement_that_waits_for_a_lock_beyond_the_end_is_refused() throws Exception {
    PostgresServer server = leased("v2");
    server.execute("INSERT INTO payment VALUES (1)");
    extend(server, "us-east-1", 1, 1500);

    try (Connection first = server.connect();
        Connection second = server.connect();
        Statement holding = first.createStatement();
        Statement waiting = second.createStatement()) {
      first.setAutoCommit(false);
      holding.execute("SELECT FROM payment FOR UPDATE");
      Thread late =
          new Thread(
              () -> {
                try {
                  Thread.sleep(1700);
                  first.rollback();
                } catch (InterruptedException | SQLException e) {
                  throw new AssertionError(e);
                }
              });
      late.start();
      refusal(waiting, "UPDATE payment SET id = 2");
      late.join();
    }
    assertEquals("1", ask(server, "SELECT id FROM payment"));
  }

  /** What the lease does not bind; the class says so. */
  @Test
  void a_session_that_writes_as_a_replica_passes() throws SQLException {
    PostgresServer server = leased("v2");
    extend(server, "us-east-1", 1, -1);

    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("INSERT INTO payment VALUES (1)");
    }

    assertEquals("1", ask(server, "SELECT count(*) FROM payment"));
  }

  @Test
  void what_is_copied_and_replicated_from_another_database_passes() throws Exception {
    PostgresServer source = servers.v1();
    source.execute("CREATE TABLE payment (id int PRIMARY KEY)", "INSERT INTO payment VALUES (1)");
    PostgresServer target = leased("v2");
    extend(target, "us-east-1", 1, -1);
    Map<String, String> words = new TreeMap<>(source.cluster().peerKeywords());
    words.put("user", PostgresServer.ADMINISTRATOR);
    words.put("password", PostgresServer.PASSWORD);
    String peer =
        words.entrySet().stream()
            .map(word -> word.getKey() + "='" + word.getValue() + "'")
            .collect(Collectors.joining(" "));
    source.execute("CREATE PUBLICATION moves FOR TABLE payment");
    target.execute(
        "CREATE SUBSCRIPTION moves CONNECTION '" + peer.replace("'", "''") + "' PUBLICATION moves");
    source.execute("INSERT INTO payment VALUES (2)");

    for (int look = 0; look < 300 && count(target) < 2; look++) {
      Thread.sleep(100);
    }
    assertEquals(2, count(target));
  }

  @Test
  void tables_made_later_ask_for_it_also_those_of_other_roles() throws SQLException {
    PostgresServer server = leased("v2");
    server.execute(
        "CREATE ROLE etl LOGIN PASSWORD '" + PASSWORD + "'", "CREATE SCHEMA etl AUTHORIZATION etl");
    execute(
        server,
        "etl",
        "CREATE TABLE etl.made (id int)",
        "CREATE TABLE etl.selected AS SELECT 1 AS id",
        "SELECT 1 AS id INTO etl.into_one",
        "CREATE TEMP TABLE scratch (id int)");
    server.execute("CREATE SCHEMA brought AUTHORIZATION etl CREATE TABLE with_it (id int)");
    extend(server, "us-east-1", 1, -1);

    for (String table : List.of("etl.made", "etl.selected", "etl.into_one", "brought.with_it")) {
      try (Connection connection = server.connect(PostgresServer.DATABASE, "etl", PASSWORD);
          Statement statement = connection.createStatement()) {
        refusal(statement, "INSERT INTO " + table + " VALUES (1)");
        statement.execute("CREATE TEMP TABLE own (id int)");
        statement.execute("INSERT INTO own VALUES (1)");
      }
    }
  }

  /** A name is no guard: what does something else under it, or is switched off, is made anew. */
  @Test
  void an_event_trigger_that_guards_no_table_is_made_anew() throws SQLException {
    PostgresServer server = leased("v2");
    for (String replaced :
        List.of(
            "ALTER EVENT TRIGGER payments_dr_lease DISABLE",
            "DROP EVENT TRIGGER payments_dr_lease; CREATE FUNCTION mine() RETURNS event_trigger"
                + " LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER payments_dr_lease"
                + " ON ddl_command_end EXECUTE FUNCTION mine()")) {
      server.execute(replaced);

      assertEquals(List.of("tables made later ask for it, too"), made(server, true), replaced);
    }
    server.execute("CREATE TABLE later (id int)");
    assertEquals(
        "1",
        ask(
            server,
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'later'::regclass"
                + " AND tgname = 'payments_dr_lease'"));
  }

  /** As a replica that is promoted: it has all positions, and is another server. */
  @Test
  void a_server_that_began_anew_is_closed_until_a_renewer_opens_it()
      throws SQLException, IOException {
    PostgresServer server = leased("v1");
    extend(server, "us-east-1", 1, 60_000);
    server.execute("INSERT INTO payment VALUES (1)");

    server.kill();
    server.start();

    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      String refused = refusal(statement, "INSERT INTO payment VALUES (2)");
      assertTrue(refused.contains("not opened since it began or was promoted"), refused);
      extend(server, "us-east-2", 2, 30_000);
      statement.execute("INSERT INTO payment VALUES (2)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void an_end_goes_back_only_with_a_newer_epoch(String generation) throws SQLException {
    PostgresServer server = leased(generation);
    extend(server, "us-east-1", 5, 30_000);

    extend(server, "us-east-1", 5, 100);
    server.execute("SELECT pg_sleep(0.2)", "INSERT INTO payment VALUES (1)");

    assertRefused(server, "us-east-2", 5, 30_000, "epoch of us-east-2 must be above 5");
    assertRefused(server, "us-east-2", 4, 30_000, "got 4");
    assertRefused(server, "us-east-1", 6, 90_000, "until_ms must lie at most 60000 ms after");

    extend(server, "us-east-2", 6, -1);
    assertThrows(SQLException.class, () -> server.execute("INSERT INTO payment VALUES (2)"));
  }

  @Test
  void nobody_but_a_renewer_extends_it() throws SQLException {
    PostgresServer server = leased("v2");
    server.execute("ALTER ROLE payments_app PASSWORD '" + PASSWORD + "'");

    for (String sql :
        List.of(
            "SELECT payments_dr.extend_lease('us-east-1', 9, 0)",
            "SELECT setval('payments_dr.lease_until', 9000000000000)",
            "DROP TRIGGER payments_dr_lease ON payment",
            "ALTER TABLE payment DISABLE TRIGGER ALL",
            "SET session_replication_role = replica")) {
      SQLException refused =
          assertThrows(SQLException.class, () -> execute(server, "payments_app", sql), sql);
      assertTrue(
          refused.getMessage().contains("permission denied")
              || refused.getMessage().contains("must be owner"),
          refused::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void tables_are_open_while_a_renewer_renews_and_closed_when_its_last_renewal_ran_out(
      String generation) throws Exception {
    PostgresServer server = leased(generation);
    Renewer renewer = renewer("us-east-1", registers(), server, Duration.ZERO);

    for (int renewals = 0; renewals < 3; renewals++) {
      assertEquals("renewed under epoch 1 by 3 registers", renewer.round().state());
      Thread.sleep(SHORT.toMillis() / 2);
      server.execute("INSERT INTO payment VALUES (" + renewals + ")");
    }
    Thread.sleep(SHORT.toMillis());

    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      String refused = refusal(statement, "INSERT INTO payment VALUES (9)");
      assertTrue(refused.contains("the lease of this Region ran out at"), refused);
    }
    assertTrue(renewer.round().renewed());
    server.execute("INSERT INTO payment VALUES (9)");
  }

  /** The server is another one after a promotion: it has begun anew. */
  @Test
  void a_promoted_server_is_opened_by_the_region_that_took_the_lease_alone() throws Exception {
    PostgresServer server = leased("v2");
    List<Ledger> ledgers = registers();
    Renewer primary = renewer("us-east-1", ledgers, server, Duration.ZERO);
    assertTrue(primary.round().renewed());
    server.execute("INSERT INTO payment VALUES (1)");
    server.kill();
    server.start();

    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      String refused = refusal(statement, "INSERT INTO payment VALUES (2)");
      assertTrue(refused.contains("not opened since it began or was promoted"), refused);
      new LeaseRegisters(ledgers.get(1), ledgers.get(0), ledgers.get(2), Runnable::run)
          .take("us-east-2");
      String told = primary.round().state();
      // The connection that it kept died with the server.
      assertTrue(told.startsWith("database v2 does not answer"), told);
      assertEquals("not renewed: us-east-2 holds the lease since epoch 2", primary.round().state());
      refusal(statement, "INSERT INTO payment VALUES (2)");

      Renewer dr = renewer("us-east-2", ledgers, server, SHORT.plus(LeaseTiming.MARGIN));
      assertEquals("renewed under epoch 2 by 3 registers", dr.round().state());
      statement.execute("INSERT INTO payment VALUES (2)");
    }
  }

  @Test
  void without_tables_that_ask_for_a_lease_nothing_is_renewed() throws SQLException {
    PostgresServer server = leased("v2");
    assertFalse(made(server, false).isEmpty());
    List<Ledger> ledgers = registers();

    Round round = renewer("us-east-1", ledgers, server, Duration.ZERO).round();

    assertEquals(new Round(false, 0, "no database to open"), round);
    assertEquals(
        Optional.empty(),
        new LeaseRegisters(ledgers.get(0), ledgers.get(1), ledgers.get(2), Runnable::run)
            .read()
            .holder());
  }

  private static List<Ledger> registers() {
    return List.of(new InMemoryLedger(), new InMemoryLedger(), new InMemoryLedger());
  }

  /**
   * One that renews for a short while.
   *
   * @param later how far its clock, and so the lease, has gone on meanwhile
   */
  private static Renewer renewer(
      String region, List<Ledger> ledgers, PostgresServer server, Duration later) {
    PostgresBelt belt =
        new PostgresBelt(
            server.generation(),
            "jdbc:postgresql://localhost:" + server.port() + "/" + PostgresServer.DATABASE,
            () -> {
              Properties signIn = PostgresBelt.bounded();
              signIn.setProperty("user", RENEWER);
              signIn.setProperty("password", PASSWORD);
              signIn.setProperty("sslmode", "verify-full");
              signIn.setProperty("sslrootcert", server.rootCertificate().toString());
              return signIn;
            });
    return new Renewer(
        region,
        new LeaseRegisters(ledgers.get(0), ledgers.get(1), ledgers.get(2), Runnable::run),
        () -> Duration.ZERO,
        () -> List.of(belt),
        SHORT,
        () -> Instant.now().plus(later),
        System::nanoTime);
  }

  private static PostgresServer leased(String generation) throws SQLException {
    PostgresServer server = server(generation);
    server.execute(
        "CREATE TABLE payment (id int PRIMARY KEY)",
        "CREATE TABLE entry (id int) PARTITION BY LIST (id)",
        "CREATE TABLE entry_1 PARTITION OF entry FOR VALUES IN (1)");
    assertFalse(made(server, true).isEmpty());
    server.execute("ALTER ROLE " + RENEWER + " PASSWORD '" + PASSWORD + "'");
    return server;
  }

  private static void extend(PostgresServer server, String holder, long epoch, long millis)
      throws SQLException {
    execute(server, RENEWER, extension(holder, epoch, millis));
  }

  private static void assertRefused(
      PostgresServer server, String holder, long epoch, long millis, String wanted) {
    SQLException refused =
        assertThrows(
            SQLException.class, () -> execute(server, RENEWER, extension(holder, epoch, millis)));
    assertTrue(refused.getMessage().contains(wanted), refused::getMessage);
  }

  private static String extension(String holder, long epoch, long millis) {
    return "SELECT payments_dr.extend_lease('%s', %d, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + %d)"
        .formatted(holder, epoch, millis);
  }

  private static String refusal(Statement statement, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
    assertEquals(LeaseSteps.REFUSED, refused.getSQLState(), refused::getMessage);
    return refused.getMessage();
  }

  private static List<String> made(PostgresServer server, boolean leased) {
    return new Initialization(server.cluster(), "payments_app", leased)
        .run(false).stream()
            .filter(done -> done.outcome() == Outcome.MADE)
            .map(Done::step)
            .map(SetupStep::what)
            .toList();
  }

  private static PostgresServer server(String generation) {
    return Map.of("v1", servers.v1(), "v2", servers.v2()).get(generation);
  }

  private static int count(PostgresServer server) throws SQLException {
    return Integer.parseInt(ask(server, "SELECT count(*) FROM payment"));
  }

  private static void execute(PostgresServer server, String user, String... statements)
      throws SQLException {
    try (Connection connection = server.connect(PostgresServer.DATABASE, user, PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
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
