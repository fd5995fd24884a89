package payments.dr.operations.migration.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.LeaseTrigger;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** Every check, on real servers: a bad object is found with its fix, and the fix clears it. */
class PreflightIT {

  /** Always there, whatever the databases hold. */
  private static final Set<String> STANDING = Set.of("database-size");

  /** Seeded by tests of their own, below; the last one needs another machine. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "wal-level",
          "replication-slots",
          "wal-senders",
          "replication-workers",
          "worker-processes",
          "copy-workers",
          "slot-wal-limit",
          "wal-sender-timeout",
          "server-version",
          "encoding",
          "collation",
          "extension-missing",
          "long-transaction",
          "superuser-session",
          "temporary-table",
          "clocks");

  private static PostgresServers servers;

  /**
   * A fault on one side.
   *
   * @param generation where it is found
   * @param remedy where the fix is for a person
   */
  record Seed(
      String check,
      String seededOn,
      String generation,
      String object,
      List<String> seed,
      List<String> remedy) {

    static Seed source(String check, String object, String... seed) {
      return new Seed(check, "v1", "v1", object, List.of(seed), List.of());
    }

    static Seed target(String check, String object, String... seed) {
      return new Seed(check, "v2", "v2", object, List.of(seed), List.of());
    }

    Seed remedied(String... statements) {
      return new Seed(check, seededOn, generation, object, seed, List.of(statements));
    }

    /** Made at the source, missed at the target. */
    Seed missedAtTarget() {
      return new Seed(check, seededOn, "v2", object, seed, remedy);
    }

    @Override
    public String toString() {
      return check + " " + object;
    }
  }

  static List<Seed> seeds() {
    return List.of(
        Seed.source("replica-identity", "public.bare", "CREATE TABLE bare (a int)"),
        Seed.source(
            "replica-identity",
            "public.late",
            "CREATE TABLE late (a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)"),
        Seed.source(
            "replica-identity",
            "public.uniq",
            "CREATE TABLE uniq (a int NOT NULL UNIQUE, b int UNIQUE)"),
        Seed.source(
            "replica-identity",
            "public.nothing",
            "CREATE TABLE nothing (a int PRIMARY KEY)",
            "ALTER TABLE nothing REPLICA IDENTITY NOTHING"),
        Seed.source(
            "replica-identity",
            "public.part_1",
            "CREATE TABLE part (a int) PARTITION BY LIST (a)",
            "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)"),
        Seed.source(
                "replica-identity-full",
                "public.fully",
                "CREATE TABLE fully (a int)",
                "ALTER TABLE fully REPLICA IDENTITY FULL")
            .remedied(
                "ALTER TABLE fully ADD PRIMARY KEY (a)",
                "ALTER TABLE fully REPLICA IDENTITY DEFAULT"),
        Seed.source(
                "large-without-key",
                "public.large",
                "CREATE TABLE large (a int, b text)",
                "ALTER TABLE large REPLICA IDENTITY FULL, ALTER b SET STORAGE EXTERNAL",
                "INSERT INTO large SELECT i, repeat('x', 1000000) FROM generate_series(1, 140) i")
            .remedied(
                "ALTER TABLE large ADD PRIMARY KEY (a)",
                "ALTER TABLE large REPLICA IDENTITY DEFAULT"),
        Seed.source(
            "no-equality",
            "public.js.doc",
            "CREATE TABLE js (doc json)",
            "ALTER TABLE js REPLICA IDENTITY FULL"),
        Seed.source(
            "unlogged-table", "public.cache", "CREATE UNLOGGED TABLE cache (a int PRIMARY KEY)"),
        Seed.source(
                "partitioned-table",
                "public.months",
                "CREATE TABLE months (a int PRIMARY KEY) PARTITION BY LIST (a)")
            .remedied("DROP TABLE months"),
        Seed.source(
                "generated-column",
                "public.gen.b",
                "CREATE TABLE gen (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a + 1) STORED)")
            .remedied("ALTER TABLE gen DROP COLUMN b"),
        Seed.source(
            "row-security",
            "public.secured",
            "CREATE TABLE secured (a int PRIMARY KEY)",
            "ALTER TABLE secured ENABLE ROW LEVEL SECURITY"),
        Seed.source(
                "key-checks",
                "public.booked",
                "CREATE TABLE booked (a int PRIMARY KEY, r int4range, EXCLUDE USING gist (r WITH"
                    + " &&))")
            .remedied("DROP TABLE booked"),
        Seed.target(
            "target-rows",
            "public.\"Filled\"",
            "CREATE TABLE \"Filled\" (a int PRIMARY KEY)",
            "INSERT INTO \"Filled\" VALUES (1)"),
        Seed.source(
            "invalid-index",
            "public.broken_a",
            "CREATE TABLE broken (a int PRIMARY KEY)",
            "CREATE INDEX broken_a ON broken (a)",
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken_a'::regclass"),
        Seed.source("large-object", "pg_largeobject", "SELECT lo_create(4711)")
            .remedied("SELECT lo_unlink(4711)"),
        Seed.source(
                "materialized-view", "public.mat", "CREATE MATERIALIZED VIEW mat AS SELECT 1 AS a")
            .remedied("DROP MATERIALIZED VIEW mat"),
        Seed.source(
                "foreign-table",
                "public.abroad",
                "CREATE EXTENSION postgres_fdw",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw",
                "CREATE FOREIGN TABLE abroad (a int) SERVER elsewhere")
            .remedied("DROP FOREIGN TABLE abroad"),
        Seed.source("sequences", "paymentsdb", "CREATE SEQUENCE alone")
            .remedied("DROP SEQUENCE alone"),
        Seed.source("sequence-cycle", "public.round", "CREATE SEQUENCE round CYCLE"),
        Seed.source("custom-type", "paymentsdb", "CREATE TYPE state AS ENUM ('new', 'paid')")
            .remedied("DROP TYPE state"),
        Seed.source(
                "scheduled-job",
                "cron.job",
                // What pg_cron, which is not among the servers' extensions, makes.
                "CREATE SCHEMA cron",
                "CREATE TABLE cron.job (jobid bigint PRIMARY KEY)",
                "INSERT INTO cron.job VALUES (1)")
            .remedied("DELETE FROM cron.job"),
        Seed.source(
                "scheduled-job",
                "cron.database_name",
                "ALTER DATABASE paymentsdb SET cron.database_name TO 'postgres'")
            .remedied("ALTER DATABASE paymentsdb RESET cron.database_name"),
        Seed.source(
            "trigger-in-replication",
            "public.watched.watch",
            "CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TABLE watched (a int PRIMARY KEY)",
            "CREATE TRIGGER watch BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION watch()",
            "ALTER TABLE watched ENABLE ALWAYS TRIGGER watch"),
        Seed.source(
            "rule-in-replication",
            "public.ruled.away",
            "CREATE TABLE ruled (a int PRIMARY KEY)",
            "CREATE RULE away AS ON INSERT TO ruled DO INSTEAD NOTHING",
            "ALTER TABLE ruled ENABLE REPLICA RULE away"),
        Seed.source(
                "rule",
                "public.ruled2.away",
                "CREATE TABLE ruled2 (a int PRIMARY KEY)",
                "CREATE RULE away AS ON INSERT TO ruled2 DO INSTEAD NOTHING")
            .remedied("DROP RULE away ON ruled2"),
        Seed.source(
            "event-trigger",
            "noticed",
            "CREATE FUNCTION notice() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "CREATE EVENT TRIGGER noticed ON ddl_command_end EXECUTE FUNCTION notice()"),
        // Names of this project's own triggers, with functions of somebody else.
        Seed.source(
            "event-trigger",
            "payments_dr_lease",
            "CREATE FUNCTION mine() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "CREATE EVENT TRIGGER payments_dr_lease ON ddl_command_end EXECUTE FUNCTION mine()"),
        Seed.target(
            "event-trigger",
            "payments_migration_freeze_sql_drop",
            "CREATE FUNCTION mine() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "CREATE EVENT TRIGGER payments_migration_freeze_sql_drop ON sql_drop"
                + " EXECUTE FUNCTION mine()"),
        Seed.source(
            "owner-login",
            "public.owned",
            "CREATE ROLE payments_owner",
            "CREATE ROLE app LOGIN",
            "CREATE TABLE owned (a serial PRIMARY KEY)",
            "ALTER TABLE owned OWNER TO app"),
        Seed.source("powerful-login", "mighty", "CREATE ROLE mighty LOGIN SUPERUSER BYPASSRLS"),
        Seed.source(
            "public-write",
            "public.open",
            "CREATE TABLE open (a int PRIMARY KEY)",
            "GRANT INSERT ON open TO PUBLIC"),
        Seed.source("role-missing", "only_here", "CREATE ROLE only_here").missedAtTarget(),
        Seed.source(
                "settings", "TimeZone", "ALTER DATABASE paymentsdb SET TimeZone TO 'Asia/Tokyo'")
            .missedAtTarget(),
        Seed.target(
            "not-writable",
            "default_transaction_read_only",
            "ALTER DATABASE paymentsdb SET default_transaction_read_only TO on"),
        Seed.source(
            "replication-role",
            "careless",
            "CREATE ROLE careless",
            "ALTER ROLE careless SET session_replication_role TO replica"),
        Seed.source(
            "collation-version",
            "public.own",
            "CREATE COLLATION own (provider = icu, locale = 'de')",
            "UPDATE pg_collation SET collversion = '1' WHERE collname = 'own'",
            "CREATE TABLE sorted (a text COLLATE own PRIMARY KEY)"),
        Seed.source(
            "prepared-transaction",
            "half done",
            "BEGIN; CREATE TABLE half (a int PRIMARY KEY); PREPARE TRANSACTION 'half done'"),
        Seed.source(
            "migration-names",
            "slot payments_v1_to_v2",
            "SELECT pg_create_logical_replication_slot('payments_v1_to_v2', 'pgoutput')"),
        Seed.source(
            "migration-names",
            "publication payments_v1_to_v2",
            "CREATE PUBLICATION payments_v1_to_v2"),
        Seed.target(
                "other-subscription",
                "foreign_news",
                "CREATE SUBSCRIPTION foreign_news CONNECTION 'host=nowhere' PUBLICATION p"
                    + " WITH (connect = false)")
            .remedied(
                "ALTER SUBSCRIPTION foreign_news SET (slot_name = NONE)",
                "DROP SUBSCRIPTION foreign_news"),
        Seed.source(
            "other-slot",
            "warehouse",
            "SELECT pg_create_logical_replication_slot('warehouse', 'pgoutput')"),
        Seed.source("other-publication", "warehouse", "CREATE PUBLICATION warehouse")
            .remedied("DROP PUBLICATION warehouse"));
  }

  @BeforeAll
  static void start() throws SQLException {
    servers = PostgresServers.shared();
    servers.reset();
  }

  @AfterAll
  static void reset() throws SQLException {
    servers.reset();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_fault_is_found_with_its_fix_which_clears_it(Seed seed) throws SQLException {
    assertFalse(find(seed).isPresent(), "there before it is made");
    server(seed.seededOn()).execute(seed.seed().toArray(String[]::new));

    PreflightFinding finding = find(seed).orElseThrow(() -> new AssertionError(look().text()));

    if (seed.remedy().isEmpty()) {
      assertTrue(finding.isFixedBySql(), finding.fix());
      server(finding.generation()).execute(finding.fix());
    } else {
      assertFalse(finding.isFixedBySql(), finding.fix());
      server(finding.generation()).execute(seed.remedy().toArray(String[]::new));
    }
    assertFalse(find(seed).isPresent(), "still there after " + finding.fix());
  }

  @Test
  void every_check_is_seeded() {
    Set<String> seeded = new TreeSet<>(ELSEWHERE);
    seeded.addAll(STANDING);
    seeds().forEach(seed -> seeded.add(seed.check()));

    assertEquals(Preflight.checks().keySet(), seeded);
  }

  @Test
  void sessions_are_found_by_what_they_do() throws SQLException {
    try (Connection busy = servers.v1().connect();
        Statement statement = busy.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE scratch (a int)");
      busy.setAutoCommit(false);
      statement.execute("SELECT 1");
      PreflightLimits none = new PreflightLimits(Duration.ofMillis(1), Duration.ofSeconds(1));
      Preflight found = Preflight.of(servers.v1().cluster(), servers.v2().cluster(), none);

      Map<String, PreflightFinding> byCheck = byCheck(found);
      assertTrue(byCheck.containsKey("temporary-table"), found.text());
      assertTrue(byCheck.containsKey("superuser-session"), found.text());
      servers.v1().execute(byCheck.get("long-transaction").fix());
    }
    Map<String, PreflightFinding> after = byCheck(look());
    assertFalse(after.containsKey("temporary-table"));
    assertFalse(after.containsKey("long-transaction"));
  }

  @Test
  void an_extension_that_the_target_cannot_have_is_refused() throws IOException, SQLException {
    servers.v1().offerExtension("payments_only");
    servers.v1().execute("CREATE EXTENSION payments_only");

    Preflight found = look();

    assertEquals("payments_only", byCheck(found).get("extension-missing").object(), found.text());
    assertTrue(found.isRefused());
    servers.v1().execute("DROP EXTENSION payments_only");
    assertFalse(byCheck(look()).containsKey("extension-missing"));
  }

  @Test
  void a_target_of_another_encoding_is_refused() throws SQLException {
    makeTargetAnew("ENCODING 'LATIN1'");
    assertEquals("LATIN1, v1 has UTF8", byCheck(look()).get("encoding").found());

    makeTargetAnew("ENCODING 'UTF8'");
    assertFalse(byCheck(look()).containsKey("encoding"));
  }

  @Test
  void a_target_that_sorts_differently_is_refused() throws SQLException {
    makeTargetAnew("LC_COLLATE 'C.UTF-8'");
    assertEquals("C.UTF-8, v1 has C", byCheck(look()).get("collation").found());

    makeTargetAnew("LC_COLLATE 'C'");
    assertFalse(byCheck(look()).containsKey("collation"));
  }

  @Test
  void a_target_of_an_older_major_is_refused() {
    Preflight found = Preflight.of(servers.v2().cluster(), servers.v1().cluster());

    assertEquals("PostgreSQL 14, the source has 16", byCheck(found).get("server-version").found());
  }

  /** It comes with the schema, after all tables, and has each ask for the lease of its server. */
  @Test
  void event_trigger_of_the_lease_needs_no_decision() throws SQLException {
    makeLeaseTrigger(LeaseTrigger.CREATE);

    assertFalse(byCheck(look()).containsKey("event-trigger"), look().text());

    dropLeaseTrigger();
  }

  /** What fires elsewhere, too, may refuse or change the schema of a migration. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ON ddl_command_end",
        "ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')",
        "ON ddl_command_end WHEN TAG IN"
            + " ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')"
      })
  void event_trigger_of_the_lease_is_known_by_when_it_fires(String when) throws SQLException {
    makeLeaseTrigger(
        "CREATE EVENT TRIGGER payments_dr_lease %s EXECUTE FUNCTION payments_dr.guard_new_tables()"
            .formatted(when));

    assertEquals("payments_dr_lease", byCheck(look()).get("event-trigger").object());

    dropLeaseTrigger();
  }

  private static void makeLeaseTrigger(String create) throws SQLException {
    servers
        .v1()
        .execute(
            "DROP EVENT TRIGGER IF EXISTS payments_dr_lease",
            "DROP SCHEMA IF EXISTS payments_dr CASCADE",
            "CREATE SCHEMA payments_dr",
            "CREATE FUNCTION payments_dr.guard_new_tables() RETURNS event_trigger"
                + " LANGUAGE plpgsql AS 'BEGIN END'",
            create);
  }

  private static void dropLeaseTrigger() throws SQLException {
    servers.v1().execute("DROP EVENT TRIGGER payments_dr_lease", "DROP SCHEMA payments_dr CASCADE");
  }

  @Test
  void clocks_are_compared_with_the_time_that_asking_takes() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    Duration limit = Duration.ofSeconds(1);

    assertTrue(PairChecks.clocks(noon, noon, noon, limit).isEmpty());
    // Slow, but in order.
    assertTrue(PairChecks.clocks(noon, noon.plusSeconds(5), noon.plusSeconds(9), limit).isEmpty());
    assertEquals(
        "at least 2000 ms apart",
        PairChecks.clocks(noon, noon.plusSeconds(3), noon.plusSeconds(1), limit)
            .orElseThrow()
            .found());
    assertEquals(
        "at least 4000 ms apart",
        PairChecks.clocks(noon, noon.minusSeconds(4), noon, limit).orElseThrow().found());
  }

  @Test
  void parameters_are_found_on_both_sides() throws Exception {
    Map<String, String> wrong = new TreeMap<>();
    wrong.put("wal_level", "replica");
    wrong.put("max_replication_slots", "2");
    wrong.put("max_wal_senders", "2");
    wrong.put("max_logical_replication_workers", "1");
    wrong.put("max_worker_processes", "1");
    wrong.put("max_slot_wal_keep_size", "64MB");
    wrong.put("wal_sender_timeout", "0");
    Set<String> expected =
        Set.of(
            "wal-level",
            "replication-slots",
            "wal-senders",
            "replication-workers",
            "worker-processes",
            "slot-wal-limit",
            "wal-sender-timeout");
    try (PostgresServers own = PostgresServers.start()) {
      for (PostgresServer server : List.of(own.v1(), own.v2())) {
        configure(server, wrong);
      }
      Preflight found = Preflight.of(own.v1().cluster(), own.v2().cluster());
      for (String generation : List.of("v1", "v2")) {
        assertTrue(checks(found, generation).containsAll(expected), found.text());
      }

      own.v1().execute("ALTER SYSTEM RESET ALL");
      configure(own.v1(), Map.of("max_sync_workers_per_subscription", "1"));
      Preflight mended = Preflight.of(own.v1().cluster(), own.v2().cluster());

      assertEquals(Set.of("copy-workers", "database-size"), checks(mended, "v1"), mended.text());
    }
  }

  @Test
  void it_only_reads() throws SQLException {
    try (Side side = Side.of(servers.v1().cluster())) {
      SQLException refused =
          assertThrows(SQLException.class, () -> side.ask("CREATE TABLE never (a int)"));

      assertTrue(refused.getMessage().contains("read-only transaction"), refused.getMessage());
    }
  }

  @Test
  void a_side_that_does_not_answer_is_told() throws IOException {
    try (PostgresServers own = PostgresServers.start()) {
      own.v2().stop();

      String said =
          assertThrows(
                  CommandFailedException.class,
                  () -> Preflight.of(own.v1().cluster(), own.v2().cluster()))
              .getMessage();

      assertTrue(
          said.startsWith("both v1 and v2 must answer, got \"Connection to localhost"), said);
    }
  }

  private static void makeTargetAnew(String options) throws SQLException {
    try (Connection postgres =
            servers
                .v2()
                .connect("postgres", PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD);
        Statement statement = postgres.createStatement()) {
      statement.execute("DROP DATABASE paymentsdb");
      statement.execute("CREATE DATABASE paymentsdb TEMPLATE template0 " + options);
    }
  }

  private static void configure(PostgresServer server, Map<String, String> parameters)
      throws SQLException, IOException {
    List<String> statements = new ArrayList<>();
    parameters.forEach(
        (name, value) -> statements.add("ALTER SYSTEM SET " + name + " = '" + value + "'"));
    server.execute(statements.toArray(String[]::new));
    server.stop();
    server.start();
  }

  private static Optional<PreflightFinding> find(Seed seed) {
    return look().findings().stream()
        .filter(finding -> finding.check().equals(seed.check()))
        .filter(finding -> finding.generation().equals(seed.generation()))
        .filter(finding -> finding.object().equals(seed.object()))
        .findFirst();
  }

  private static Map<String, PreflightFinding> byCheck(Preflight preflight) {
    return preflight.findings().stream()
        .collect(
            Collectors.toMap(
                PreflightFinding::check, finding -> finding, (first, second) -> first));
  }

  private static Set<String> checks(Preflight preflight, String generation) {
    return preflight.findings().stream()
        .filter(finding -> finding.generation().equals(generation))
        .map(PreflightFinding::check)
        .collect(Collectors.toSet());
  }

  private static Preflight look() {
    return Preflight.of(servers.v1().cluster(), servers.v2().cluster());
  }

  private static PostgresServer server(String generation) {
    return generation.equals("v1") ? servers.v1() : servers.v2();
  }
}
