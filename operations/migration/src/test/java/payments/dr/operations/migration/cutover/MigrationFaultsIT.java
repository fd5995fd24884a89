package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Mutex;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.Replication;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.migration.database.Waiting;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** What a migration does when something goes wrong, or somebody works against it. */
class MigrationFaultsIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();

  @TempDir Path folder;

  private Journey journey;

  @BeforeEach
  void replicate() throws Exception {
    SERVERS.reset();
    Shop.open(SERVERS.v1(), 1_000);
    journey =
        new Journey(
            SERVERS.v1().cluster(), SERVERS.v2().cluster(), folder, Journey.LIMITS, Duration.ZERO);
    journey.begin();
    journey.go(migration -> migration.prepare(false));
    journey.go(migration -> migration.start(false));
    MigrationIT.awaitCopied(journey);
  }

  @Test
  void drain_that_takes_too_long_opens_the_source_again_exactly_as_it_was() throws Exception {
    journey.run(Migration::verify);
    Set<String> before = rights(SERVERS.v1());
    // After the check of the lag, and before the drain: only then does the drain see it.
    Journey slow =
        journey.with(
            new CutoverLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(300)));
    Printing printing = new Printing();
    givenUp(slow, "drain", this::stopApplying, printing);
    assertEquals(before, rights(SERVERS.v1()));
    assertEquals("REPLICATING", journey.record().label());
    assertEquals("v1", journey.data().generation());
    assertTrue(journey.data().cutover().isEmpty());
    SERVERS.v1().connect(PostgresServer.DATABASE, Shop.APPLICATION, Shop.PASSWORD).close();
    // And the same cutover succeeds once the cause is gone.
    SERVERS.v2().execute("ALTER SUBSCRIPTION payments_v1_to_v2 ENABLE");
    MigrationIT.awaitCopied(journey);
    awaitConnected();
    assertThrows(BadInputException.class, () -> journey.run(Migration::cutover));
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    assertEquals("v2", journey.data().generation());
  }

  @Test
  void failover_that_cuts_a_cutover_short_leaves_logins_to_be_opened_at_that_side_alone()
      throws Exception {
    journey.run(Migration::verify);
    Set<String> before = rights(SERVERS.v1());
    Mutex mutex = new Mutex(journey.ledger(), Clock.systemUTC(), Mutex.TTL);
    assertThrows(
        LeaseLostException.class,
        () ->
            journey.run(
                Migration::cutover,
                journal ->
                    new OnStep(
                        journal,
                        "compare",
                        () -> mutex.preempt(new Holder("failover-lambda-test", "failover"))),
                new Printing()));
    assertThrows(SQLException.class, () -> login("payments_app"));
    Holder person = new Holder("alice", "opening v1");

    try (Lease lease = mutex.preempt(person)) {
      Journal journal =
          new LedgerJournal(journey.ledger(), lease, person, Clock.systemUTC(), "v1-v2", "none");
      assertTrue(new Reopening(journey.v1(), journal).run());
      assertFalse(new Reopening(journey.v1(), journal).run(), "it is open already");
    }

    assertEquals(before, rights(SERVERS.v1()));
    try (Connection application = login("payments_app");
        Statement statement = application.createStatement()) {
      statement.execute("INSERT INTO keyless VALUES (99, 'after the failover')");
    }
    // Within the time that the cutover had left: it must not go on as if writes had stopped.
    CommandFailedException again =
        assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover));
    assertTrue(again.getMessage().startsWith("v1 takes writes again"), again.getMessage());
    assertEquals("v1", journey.data().generation());
    assertTrue(journey.data().cutover().isEmpty());
    journey.run(Migration::rollback);
    assertEquals("ABANDONED", journey.record().label());
    assertEquals("1", ask(SERVERS.v1(), "SELECT count(*) FROM app.keyless WHERE a = 99"));
  }

  @Test
  void failure_after_the_turn_turns_back_and_loses_no_write() throws Exception {
    journey.run(Migration::verify);
    Cluster unreachable = new OtherPort(journey.v2());
    Journey broken =
        journey
            .with(journey.v1(), unreachable)
            .with(
                new CutoverLimits(
                    Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(300)));
    CommandFailedException failure =
        assertThrows(CommandFailedException.class, () -> broken.run(Migration::cutover));
    assertTrue(failure.getMessage().startsWith("v1 takes writes again"), failure.getMessage());
    try (Connection application =
            SERVERS.v1().connect(PostgresServer.DATABASE, Shop.APPLICATION, Shop.PASSWORD);
        Statement statement = application.createStatement()) {
      statement.execute(
          "INSERT INTO payment (writer, number, account, amount) VALUES (77, 1, 1, 1)");
    }
    awaitConnected();
    journey.run(Migration::verify);
    Comparisons.requireEqual(journey);
    journey.run(Migration::cutover);
    assertEquals("1", ask(SERVERS.v2(), "SELECT count(*) FROM app.payment WHERE writer = 77"));
  }

  @Test
  void fence_holds_against_those_who_try_to_get_around_it() throws Exception {
    try (Connection open = login("payments_app");
        Connection owner = login("tenant");
        Connection transaction = login("payments_app")) {
      try (Statement statement = open.createStatement()) {
        statement.execute("SET default_transaction_read_only = off");
      }
      transaction.setAutoCommit(false);
      try (Statement statement = transaction.createStatement()) {
        statement.execute("INSERT INTO keyless VALUES (99, 'in an open transaction')");
      }
      try (Database database = Database.open(journey.v1(), SqlChanges.MADE)) {
        DatabaseFence fence = new DatabaseFence(database);
        fence.close();
        assertRefused(open, "INSERT INTO keyless VALUES (98, 'old session')");
        assertRefused(owner, "GRANT INSERT ON app.own TO PUBLIC");
        assertRefused(transaction, "COMMIT");
        for (String role : List.of("payments_app", "tenant", "reporter", "\"Night Shift\"")) {
          assertThrows(SQLException.class, () -> login(role.replace("\"", "")), role);
          // As if it had slipped in: SET ROLE is what a session of that role may do.
          if (!role.equals("tenant")) {
            assertThrows(
                SQLException.class,
                () ->
                    SERVERS
                        .v1()
                        .execute("SET ROLE " + role + "; INSERT INTO app.keyless VALUES (97)"),
                role);
          }
        }
        assertEquals("0", ask(SERVERS.v1(), "SELECT count(*) FROM app.keyless WHERE a > 90"));
        fence.release();
        assertFalse(fence.isClosed());
      }
      login("payments_app").close();
    }
  }

  @Test
  void fence_refuses_prepared_transactions_and_the_source_stays_open() throws Exception {
    journey.run(Migration::verify);
    SERVERS.v1().execute("BEGIN; INSERT INTO app.own VALUES (500); PREPARE TRANSACTION 'later'");
    CommandFailedException failure =
        assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover));
    assertTrue(failure.getMessage().contains("later"), failure.getMessage());
    login("payments_app").close();
    SERVERS.v1().execute("ROLLBACK PREPARED 'later'");
  }

  @Test
  void scheduled_jobs_stop_with_the_fence_and_start_again() throws Exception {
    // pg_cron itself is not among these servers: its table is all that the fence touches.
    SERVERS
        .v1()
        .execute(
            "SET payments_migration.ddl = on; CREATE SCHEMA cron; CREATE TABLE cron.job"
                + " (jobid bigint, active boolean, database text);"
                + " INSERT INTO cron.job VALUES (1, true, current_database()),"
                + " (2, false, current_database()), (3, true, 'other')");
    try (Database database = Database.open(journey.v1(), SqlChanges.MADE)) {
      new DatabaseFence(database).take();
      assertEquals(
          "3", ask(SERVERS.v1(), "SELECT string_agg(jobid::text, ',') FROM cron.job WHERE active"));
      new DatabaseFence(database).release();
      assertEquals(
          "1,3",
          ask(
              SERVERS.v1(),
              "SELECT string_agg(jobid::text, ',' ORDER BY jobid) FROM cron.job WHERE active"));
    }
  }

  @Test
  void ddl_is_refused_while_the_database_migrates_but_temporary_tables_are_not() throws Exception {
    try (Connection tenant = login("tenant");
        Statement statement = tenant.createStatement()) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> statement.execute("ALTER TABLE app.own ADD late integer"));
      assertTrue(
          refused.getMessage().contains("while the database migrates"), refused.getMessage());
      assertThrows(SQLException.class, () -> statement.execute("DROP TABLE app.own"));
      statement.execute("CREATE TEMP TABLE scratch (id integer); DROP TABLE scratch");
    }
  }

  @Test
  void fence_holds_against_the_administrator_and_names_like_the_providers() throws Exception {
    SERVERS
        .v1()
        .execute(
            "CREATE ROLE rdsreports LOGIN PASSWORD '%s'".formatted(Shop.PASSWORD),
            "GRANT payments_app TO rdsreports");
    try (Connection administrator = SERVERS.v1().connect();
        Connection reports = login("rdsreports");
        Database database = Database.open(journey.v1(), SqlChanges.MADE)) {
      reports.setAutoCommit(false);
      try (Statement statement = reports.createStatement()) {
        statement.execute("INSERT INTO keyless VALUES (96, 'in an open transaction')");
      }
      DatabaseFence fence = new DatabaseFence(database);
      fence.close();
      assertRefused(reports, "COMMIT");
      assertThrows(SQLException.class, () -> login("rdsreports"));
      assertRefused(administrator, "SELECT 1");
      // An ETL, or a job of another database: it signs in again.
      for (String write :
          List.of(
              "INSERT INTO app.keyless VALUES (95, 'by the administrator')",
              "UPDATE app.history SET what = 'through the parent'",
              "DELETE FROM app.history_rest",
              "TRUNCATE app.own",
              "SET payments_migration.ddl = on; INSERT INTO app.keyless VALUES (91)",
              "COPY app.keyless FROM PROGRAM 'echo 94'",
              "SET ROLE payments_owner; INSERT INTO app.keyless VALUES (93)")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> SERVERS.v1().execute(write), write);
        assertTrue(refused.getMessage().contains("is closed"), refused.getMessage());
      }
      assertEquals("0", ask(SERVERS.v1(), "SELECT count(*) FROM app.keyless WHERE a > 90"));
      fence.release();
    }
    SERVERS.v1().execute("INSERT INTO app.keyless VALUES (92, 'after it was opened')");
    login("rdsreports").close();
  }

  @Test
  void write_that_passed_every_fence_gives_the_cutover_up_and_is_named() throws Exception {
    journey.run(Migration::verify);
    Printing printing = new Printing();
    CommandFailedException failure =
        givenUp(journey, "connect backward", () -> strayInsert(SERVERS.v1(), 4711), printing);
    assertTrue(failure.getMessage().contains("app.own: INSERT: id[integer]:4711"), failure + "");
    assertEquals("v1", journey.data().generation());
    awaitConnected();
    assertTrue(printing.said.toString().contains("put into v2 as v1 has it, app.own: (4711)"));
    journey.run(Migration::verify);
    Comparisons.requireEqual(journey);
    journey.run(Migration::cutover);
    assertEquals("1", ask(SERVERS.v2(), "SELECT count(*) FROM app.own WHERE id = 4711"));
    assertEquals("0", ask(SERVERS.v1(), "SELECT count(*) FROM pg_replication_slots"));
  }

  @Test
  void stray_write_is_found_behind_those_of_an_extension_and_of_another_replication()
      throws Exception {
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      server.install("noisy", "CREATE TABLE noise (id integer);");
      server.execute("SET payments_migration.ddl = on; CREATE EXTENSION noisy SCHEMA public");
    }
    journey.run(Migration::verify);
    CommandFailedException failure =
        givenUp(journey, "connect backward", this::strayOfElsewhere, new Printing());
    assertTrue(failure.getMessage().contains("app.own: INSERT: id[integer]:4714"), failure + "");
    assertEquals("v1", journey.data().generation());
    assertEquals("1", ask(SERVERS.v2(), "SELECT count(*) FROM app.own WHERE id = 4714"));
  }

  private void strayOfElsewhere() {
    try {
      SERVERS
          .v1()
          .execute(
              "DO $$ BEGIN FOR i IN 1..1500 LOOP INSERT INTO noise VALUES (i); COMMIT; END LOOP;"
                  + " END $$",
              "SELECT pg_replication_origin_create('elsewhere')",
              "SELECT pg_replication_origin_session_setup('elsewhere')",
              "SET session_replication_role = replica; INSERT INTO app.own VALUES (4714)",
              "SELECT pg_replication_origin_session_reset()",
              "SELECT pg_replication_origin_drop('elsewhere')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stray_write_after_the_move_is_named_and_does_not_trap_the_way_back() throws Exception {
    Set<String> before = rights(SERVERS.v1());
    journey.run(Migration::verify);
    Printing printing = new Printing();
    journey.run(
        Migration::cutover,
        journal -> new OnStep(journal, "open", () -> strayInsert(SERVERS.v1(), 4712)),
        printing);
    assertEquals("v2", journey.data().generation());
    assertTrue(
        printing.said.toString().contains("app.own: INSERT: id[integer]:4712"),
        printing.said.toString());
    awaitBackward();
    CommandFailedException refused =
        assertThrows(CommandFailedException.class, () -> journey.run(Migration::rollback));
    assertTrue(refused.getMessage().contains("4712"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--discard-strays"), refused.getMessage());
    awaitBackward();
    Printing back = new Printing();
    journey.run(Migration::rollbackDiscardingStrays, UnaryOperator.identity(), back);
    assertTrue(back.said.toString().contains("discarded from v1, app.own: (4712)"), back.said + "");
    assertEquals("v1", journey.data().generation());
    assertEquals("0", ask(SERVERS.v1(), "SELECT count(*) FROM app.own WHERE id = 4712"));
    assertEquals(before, rights(SERVERS.v1()));
  }

  @Test
  void stray_write_does_not_trap_the_way_back_when_comparing_every_row_takes_too_long()
      throws Exception {
    journey.run(Migration::verify);
    journey.run(
        Migration::cutover,
        journal -> new OnStep(journal, "open", () -> strayInsert(SERVERS.v1(), 4715)),
        new Printing());
    journey.run(
        migration -> null,
        journal -> {
          journal.save(
              journal.read().orElseThrow().verified(Duration.ofSeconds(1_000)), DataChange.NONE);
          return journal;
        },
        new Printing());
    awaitBackward();
    BadInputException tooLong =
        assertThrows(
            BadInputException.class, () -> journey.run(Migration::rollbackDiscardingStrays));
    assertTrue(tooLong.getMessage().contains("got 1000 s"), tooLong.getMessage());
    assertEquals(
        List.of("app.own"),
        journey.run(Migration::verify).tables().stream()
            .filter(result -> !result.equal())
            .map(TableResult::table)
            .toList());
    CommandFailedException refused =
        assertThrows(CommandFailedException.class, () -> journey.run(Migration::rollback));
    assertTrue(refused.getMessage().contains("4715"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--discard-strays"), refused.getMessage());
    // More than is read at once: little of it may be left to the pause.
    for (int from : List.of(100_000, 200_000)) {
      SERVERS
          .v2()
          .execute(
              "INSERT INTO app.own SELECT generate_series(%d, %d)".formatted(from, from + 24_999));
    }
    Printing back = new Printing();
    journey.run(Migration::rollbackDiscardingStrays, UnaryOperator.identity(), back);
    assertTrue(back.said.toString().contains("discarded from v1, app.own: (4715)"), back.said + "");
    assertTrue(back.said.toString().contains("compared 1 changed rows"), back.said + "");
    assertEquals("v1", journey.data().generation());
    Comparisons.requireEqual(journey);
  }

  @Test
  void freeze_that_a_kill_has_left_half_made_is_completed() throws Exception {
    SERVERS.v1().execute("ALTER EVENT TRIGGER payments_migration_freeze_sql_drop ENABLE");
    journey.run(Migration::verify);
    assertEquals(
        "A",
        ask(
            SERVERS.v1(),
            "SELECT string_agg(DISTINCT evtenabled::text, '') FROM pg_event_trigger"
                + " WHERE evtname LIKE 'payments_migration%'"));
  }

  @Test
  void transaction_that_was_prepared_behind_the_fence_gives_the_cutover_up() throws Exception {
    journey.run(Migration::verify);
    CommandFailedException failure =
        givenUp(journey, "drain", MigrationFaultsIT::prepareStray, new Printing());
    assertTrue(failure.getMessage().contains("stray"), failure.getMessage());
    SERVERS.v1().execute("ROLLBACK PREPARED 'stray'");
  }

  private static void prepareStray() {
    try {
      SERVERS
          .v1()
          .execute(
              "BEGIN; SET LOCAL session_replication_role = replica;"
                  + " INSERT INTO app.own VALUES (4716); PREPARE TRANSACTION 'stray'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void concurrent_ddl_is_refused_before_it_has_done_anything() throws Exception {
    SERVERS
        .v1()
        .execute(
            "SET payments_migration.ddl = on;"
                + " CREATE TABLE app.parted (id integer PRIMARY KEY) PARTITION BY RANGE (id);"
                + " CREATE TABLE app.parted_1 PARTITION OF app.parted FOR VALUES FROM (0) TO (9);"
                + " INSERT INTO app.parted VALUES (1), (2)");
    for (String refused :
        List.of(
            "ALTER TABLE app.parted DETACH PARTITION app.parted_1 CONCURRENTLY",
            "CREATE UNIQUE INDEX CONCURRENTLY twice ON app.keyless (b)",
            "DROP INDEX CONCURRENTLY app.payment_writer_number_idx")) {
      SQLException failure =
          assertThrows(SQLException.class, () -> SERVERS.v1().execute(refused), refused);
      assertTrue(failure.getMessage().contains("while the database migrates"), failure + "");
    }
    assertEquals("2", ask(SERVERS.v1(), "SELECT count(*) FROM app.parted"));
    assertEquals("0", ask(SERVERS.v1(), "SELECT count(*) FROM pg_index WHERE NOT indisvalid"));
    SERVERS.v1().execute("INSERT INTO app.keyless VALUES (50, 'twice')");
  }

  @Test
  void second_attempt_carries_what_the_schema_has_become_meanwhile() throws Exception {
    journey.run(Migration::rollback);
    SERVERS
        .v1()
        .execute(
            "CREATE UNIQUE INDEX once ON app.payment (writer, number) WHERE writer > 0",
            "ALTER TABLE app.payment ADD CONSTRAINT cheap CHECK (amount < 1000000)",
            "CREATE TRIGGER late AFTER UPDATE ON app.account FOR EACH ROW"
                + " EXECUTE FUNCTION app.stamp()",
            "GRANT SELECT ON app.own TO reporter",
            "REVOKE INSERT ON app.keyless FROM PUBLIC",
            "ALTER TABLE app.account ADD added integer",
            "CREATE TABLE app.refund (id integer PRIMARY KEY)",
            "ALTER TYPE app.state ADD VALUE 'late'",
            "CREATE OR REPLACE VIEW app.open_payments AS SELECT * FROM app.payment WHERE true");
    CommandFailedException refused =
        assertThrows(
            CommandFailedException.class, () -> journey.go(migration -> migration.prepare(false)));
    for (String named :
        List.of(
            "index app.once is only in v1",
            "constraint app.payment.cheap is only in v1",
            "trigger app.account.late is only in v1",
            "right SELECT on table app.own to reporter is only in v1",
            "right INSERT on table app.keyless to PUBLIC is only in v2",
            "column app.account.added is only in v1",
            "table app.refund is only in v1",
            "type app.state is ",
            "query of app.open_payments is ")) {
      assertTrue(refused.getMessage().contains(named), named + " in " + refused.getMessage());
    }
    SERVERS.v1().execute("ALTER ROLE reporter SET work_mem TO '9MB'");
    journey.go(migration -> migration.prepare(true));
    journey.go(migration -> migration.start(false));
    MigrationIT.awaitCopied(journey);
    assertEquals(roles(SERVERS.v1()), roles(SERVERS.v2()));
    assertTrue(journey.run(Migration::verify).equal());
    Comparisons.requireEqual(journey);
  }

  @Test
  void copy_is_discarded_at_once_or_not_at_all_and_extensions_keep_what_they_brought()
      throws Exception {
    journey.run(Migration::rollback);
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      server.install(
          "composite",
          """
          CREATE TYPE composite_row AS (id integer, value text);
          CREATE SCHEMA composite_jobs;
          CREATE TABLE composite_jobs.job (id integer PRIMARY KEY);
          """);
      server.execute("CREATE EXTENSION composite SCHEMA public");
    }
    SERVERS.v1().execute("ALTER TABLE app.account ADD added integer");
    try (Connection reader = SERVERS.v2().connect()) {
      reader.setAutoCommit(false);
      try (Statement statement = reader.createStatement()) {
        statement.execute("LOCK TABLE app.own");
      }
      CommandFailedException refused =
          assertThrows(
              CommandFailedException.class, () -> journey.go(migration -> migration.prepare(true)));
      assertTrue(refused.getMessage().contains("lock timeout"), refused.getMessage());
    }
    assertEquals("1000", ask(SERVERS.v2(), "SELECT count(*) FROM \"Back Office\".\"Mixed Case\""));
    try (Database database = Database.open(journey.v2(), SqlChanges.MADE)) {
      assertTrue(new DatabaseFence(database).isClosed());
    }
    journey.go(migration -> migration.prepare(true));
    assertEquals("0", ask(SERVERS.v2(), "SELECT count(added) FROM app.account"));
    assertEquals("0", ask(SERVERS.v2(), "SELECT count(*) FROM composite_jobs.job"));
  }

  @Test
  void roles_and_settings_that_changed_meanwhile_are_carried_in_both_directions() throws Exception {
    SERVERS
        .v1()
        .execute(
            "ALTER ROLE reporter PASSWORD 'rotated'",
            "ALTER ROLE reporter RESET statement_timeout",
            "ALTER ROLE payments_app SET work_mem TO '8MB'",
            "ALTER ROLE tenant NOLOGIN CONNECTION LIMIT 7",
            "REVOKE clerks FROM \"Night Shift\"",
            "GRANT clerks TO reporter WITH ADMIN OPTION",
            "CREATE ROLE auditor LOGIN PASSWORD '%s' VALID UNTIL '2031-01-01 UTC'"
                .formatted(Shop.PASSWORD),
            "ALTER DATABASE paymentsdb SET intervalstyle TO iso_8601",
            "GRANT CREATE ON DATABASE paymentsdb TO payments_owner",
            "SET TimeZone = 'Pacific/Auckland'; REFRESH MATERIALIZED VIEW app.daily");
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    // Without the fence's: v1 is closed now.
    assertEquals(
        "7", ask(SERVERS.v2(), "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'tenant'"));
    assertEquals(roles(SERVERS.v1()), roles(SERVERS.v2()));
    assertEquals(
        ask(SERVERS.v1(), "SELECT string_agg(d::text, ';' ORDER BY day) FROM app.daily d"),
        ask(SERVERS.v2(), "SELECT string_agg(d::text, ';' ORDER BY day) FROM app.daily d"));
    SERVERS.v2().connect(PostgresServer.DATABASE, "reporter", "rotated").close();
    SERVERS.v2().connect(PostgresServer.DATABASE, "auditor", Shop.PASSWORD).close();
    assertThrows(
        SQLException.class,
        () -> SERVERS.v2().connect(PostgresServer.DATABASE, "tenant", Shop.PASSWORD));
    SERVERS
        .v2()
        .execute(
            "ALTER ROLE tenant LOGIN",
            "ALTER ROLE reporter NOLOGIN",
            "REVOKE clerks FROM reporter");
    awaitBackward();
    journey.run(Migration::rollback);
    login("tenant").close();
    assertThrows(
        SQLException.class,
        () -> SERVERS.v1().connect(PostgresServer.DATABASE, "reporter", "rotated"));
    assertEquals(roles(SERVERS.v2()), roles(SERVERS.v1()));
  }

  @Test
  void rows_that_users_keep_in_tables_of_extensions_move_and_come_back() throws Exception {
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      server.install(
          "keeper",
          """
          CREATE TABLE keeper_config (name text PRIMARY KEY, kept interval,
            days numeric GENERATED ALWAYS AS (extract(day FROM kept)) STORED);
          INSERT INTO keeper_config VALUES ('default', '1 day');
          CREATE SEQUENCE keeper_runs;
          SELECT pg_extension_config_dump('keeper_config', $$WHERE name <> 'default'$$);
          SELECT pg_extension_config_dump('keeper_runs', '');
          """);
      server.execute("SET payments_migration.ddl = on; CREATE EXTENSION keeper SCHEMA public");
    }
    SERVERS
        .v1()
        .execute(
            "INSERT INTO keeper_config VALUES ('app.history', '90 days'), ('a' || chr(9), NULL)",
            "UPDATE keeper_config SET kept = '2 days' WHERE name = 'default'",
            "SELECT nextval('keeper_runs') FROM generate_series(1, 7)");
    SERVERS.v2().execute("INSERT INTO keeper_config VALUES ('old', '1 year')");
    String kept =
        "SELECT string_agg(concat_ws(' ', quote_literal(name), kept, days), ', ' ORDER BY name)"
            + " FROM public.keeper_config";
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    assertEquals("'a\t', 'app.history' 90 days 90, 'default' 1 day 1", ask(SERVERS.v2(), kept));
    assertEquals("8", ask(SERVERS.v2(), "SELECT nextval('public.keeper_runs')"));
    SERVERS.v2().execute("DELETE FROM keeper_config WHERE name LIKE 'a_'");
    awaitBackward();
    journey.run(Migration::rollback);
    assertEquals("'app.history' 90 days 90, 'default' 2 days 2", ask(SERVERS.v1(), kept));
    assertEquals("9", ask(SERVERS.v1(), "SELECT nextval('public.keeper_runs')"));
  }

  @Test
  void status_tells_that_workers_stop_at_an_error() throws Exception {
    assertEquals(0, status().errors());
    assertEquals("verify", status().next());
    strayInsert(SERVERS.v2(), 4713);
    strayInsert(SERVERS.v1(), 4713);
    for (int i = 0; status().errors() == 0 && i < 10; i++) {
      Thread.sleep(100);
    }
    assertTrue(status().errors() > 0);
    assertEquals("status", status().next());
  }

  private MigrationStatus status() {
    return MigrationStatus.of(journey.record(), journey.v1(), journey.v2());
  }

  @Test
  void schema_that_changed_past_the_freeze_is_named_and_stops_the_cutover() throws Exception {
    assertRefused(SERVERS.v1().connect(), "GRANT SELECT ON app.own TO reporter");
    journey.run(Migration::verify);
    SERVERS
        .v1()
        .execute(
            "SET payments_migration.ddl = on; CREATE UNIQUE INDEX once ON app.history (id, at)");
    Printing printing = new Printing();
    assertFalse(journey.run(Migration::verify, UnaryOperator.identity(), printing).equal());
    assertTrue(printing.said.toString().contains("index app.once is only in v1"));
    CommandFailedException refused =
        assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover));
    assertTrue(refused.getMessage().contains("index app.once is only in v1"), refused + "");
    login("payments_app").close();
  }

  @Test
  void verify_names_the_row_that_differs() throws Exception {
    SERVERS
        .v2()
        .execute(
            "SET session_replication_role = replica;"
                + " UPDATE app.account SET owner = 'thief' WHERE id = 7;"
                + " UPDATE app.noted SET doc = '{}' WHERE id = 3");
    assertEquals(
        Map.of("app.account", List.of(List.of("7")), "app.noted", List.of(List.of("3"))),
        journey.run(Migration::verify).tables().stream()
            .filter(result -> !result.equal())
            .collect(Collectors.toMap(TableResult::table, TableResult::differing)));
    // Not compared successfully: no cutover.
    assertThrows(BadInputException.class, () -> journey.run(Migration::cutover));
  }

  @Test
  void rollback_before_the_cutover_leaves_the_source_as_it_was_and_nothing_that_replicates()
      throws Exception {
    Set<String> before = rights(SERVERS.v1());
    journey.run(Migration::rollback);
    assertEquals(before, rights(SERVERS.v1()));
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
        assertEquals(List.of(), ReplicationRemoval.leftOvers(database));
      }
    }
    journey.go(migration -> migration.prepare(false));
    assertThrows(BadInputException.class, () -> journey.go(migration -> migration.start(false)));
    journey.go(migration -> migration.start(true));
    MigrationIT.awaitCopied(journey);
    awaitConnected();
    Comparisons.requireEqual(journey);
  }

  @Test
  void dry_run_prints_the_sql_without_a_secret_and_changes_nothing() throws Exception {
    StringWriter printed = new StringWriter();
    try (Sides sides =
        Sides.open(journey.v1(), journey.v2(), new SqlChanges(new PrintWriter(printed)))) {
      Replication reverse = sides.swapped().replication();
      reverse.publish();
      reverse.createSlot();
      reverse.subscribe(false);
      new DatabaseFence(sides.source()).close();
    }
    String sql = printed.toString();
    assertTrue(sql.contains("ALTER ROLE payments_app NOLOGIN"), sql);
    assertTrue(sql.contains("CREATE SUBSCRIPTION payments_v2_to_v1"), sql);
    assertTrue(sql.contains("password=''***''"), sql);
    assertFalse(sql.contains("SCRAM-SHA-256$"), sql);
    login("payments_app").close();
    assertEquals("1", ask(SERVERS.v1(), "SELECT count(*) FROM pg_replication_slots"));
    assertEquals("0", ask(SERVERS.v2(), "SELECT count(*) FROM pg_replication_slots"));
  }

  @Test
  void dry_run_of_a_preparation_prints_all_of_it_before_anything_is_there() throws Exception {
    SERVERS.reset();
    Shop.open(SERVERS.v1(), 10);
    StringWriter printed = new StringWriter();
    try (Sides sides =
        Sides.open(journey.v1(), journey.v2(), new SqlChanges(new PrintWriter(printed)))) {
      Preparation.of(sides, true, new Printing()).forEach(step -> step.action().run());
    }
    String sql = printed.toString();
    for (String named :
        List.of(
            "CREATE SCHEMA IF NOT EXISTS payments_migration",
            "CREATE TRIGGER payments_migration_guard BEFORE",
            "UPDATE payments_migration.guard SET closed = true",
            "\\! pg_restore")) {
      assertTrue(sql.contains(named), named + " in " + sql);
    }
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
        assertEquals(List.of(), ReplicationRemoval.leftOvers(database));
      }
    }
  }

  /** Each kind of change, of rows that are told apart in each way. */
  private static final List<String> CHANGES =
      List.of(
          "UPDATE app.odd SET note = 'x' WHERE code = 'c1'",
          "UPDATE app.odd SET flags = B'000', \"user\" = E'a\nb''' WHERE code = 'c2'",
          "DELETE FROM app.odd WHERE code = 'c3'",
          "INSERT INTO app.odd SELECT 'new', B'111', '\\x00', '::1', at, state, 'NaN', '' FROM app.odd"
              + " WHERE code = 'c4'",
          "UPDATE app.long_key SET note = 'x' WHERE key = repeat(md5('1'), 80)",
          "UPDATE app.long_key SET key = repeat('z', 2500) WHERE key = repeat(md5('2'), 80)",
          "DELETE FROM app.long_key WHERE key = repeat(md5('3'), 80)",
          "UPDATE app.other_identity SET note = 'x' WHERE id = 1",
          "UPDATE app.other_identity SET id = 102 WHERE id = 2",
          "UPDATE app.other_identity SET code = 'x' WHERE id = 3",
          "DELETE FROM app.other_identity WHERE id = 4",
          "UPDATE app.full_identity SET note = 'x' WHERE id = 1",
          "UPDATE app.full_identity SET id = 102 WHERE id = 2",
          "DELETE FROM app.full_identity WHERE id = 3",
          "UPDATE app.including SET extra = 'x' WHERE id = 1",
          "DELETE FROM app.including WHERE id = 2",
          "UPDATE app.noted SET doc = '[]' WHERE id = 1",
          "UPDATE app.history SET at = '2031-01-01' WHERE id = 1",
          "UPDATE \"Back Office\".\"Mixed Case\" SET \"Värde\" = 'x' WHERE \"Part\" = 1",
          "DELETE FROM app.keyless WHERE ctid = '(0,1)'",
          "TRUNCATE app.\"a TO b %d $1\"",
          "TRUNCATE app.batch",
          "UPDATE app.tree SET note = 'x' WHERE path = 'a.b1'",
          "UPDATE app.tree SET path = 'a.c' WHERE path = 'a.b2'",
          "DELETE FROM app.tree WHERE path = 'a.b3'",
          "UPDATE app.paths SET path = 'a.c' WHERE path = 'a.b1'");

  private static final List<String> DIFFERENCES =
      List.of(
          "app.odd in 5 rows",
          "app.long_key in 4 rows",
          "app.other_identity in 5 rows",
          "app.full_identity in 4 rows",
          "app.including in 2 rows",
          "app.noted in 1 rows",
          "app.history_2025 in 1 rows",
          "app.history_rest in 1 rows",
          "\"Back Office\".\"Mixed Case\" in 1 rows",
          "app.keyless in 1 rows",
          "app.\"a TO b %d $1\" in 1 rows",
          "app.batch_1 in 1 rows",
          "app.tree in 4 rows",
          "app.paths in 2 rows");

  @Test
  void row_that_changed_at_the_target_alone_is_found_before_the_fence() throws Exception {
    assertTrue(journey.run(Migration::verify).equal());
    change(SERVERS.v2());
    requireNamed(assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover)));
    // What is not equal stays to be compared, although its log was read.
    requireNamed(assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover)));
    login("payments_app").close();
  }

  @Test
  void row_that_changed_at_the_target_alone_is_found_behind_the_fence() throws Exception {
    assertTrue(journey.run(Migration::verify).equal());
    CommandFailedException failure =
        givenUp(journey, "sequences", () -> change(SERVERS.v2()), new Printing());
    requireNamed(failure);
  }

  @Test
  void change_that_replication_lost_is_found() throws Exception {
    assertTrue(journey.run(Migration::verify).equal());
    stopApplying();
    try (Sides sides = Sides.open(journey.v1(), journey.v2(), SqlChanges.MADE)) {
      Waiting.until(
          "subscription must stop", Duration.ofSeconds(20), () -> !sides.replication().connected());
    }
    change(SERVERS.v1());
    SERVERS
        .v1()
        .execute("SELECT pg_replication_slot_advance('payments_v1_to_v2', pg_current_wal_lsn())");
    SERVERS.v2().execute("ALTER SUBSCRIPTION payments_v1_to_v2 ENABLE");
    awaitConnected();
    requireNamed(assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover)));
  }

  @Test
  void changes_that_the_target_got_are_compared_by_their_keys_and_equal() throws Exception {
    assertTrue(journey.run(Migration::verify).equal());
    change(SERVERS.v1());
    // Of another program, and no text.
    SERVERS.v1().execute("SELECT pg_logical_emit_message(true, 'audit', '\\xff00fe'::bytea)");
    Printing printing = new Printing();
    journey.run(Migration::cutover, UnaryOperator.identity(), printing);
    assertTrue(printing.said.toString().contains("changed rows by their keys"), printing.said + "");
    assertEquals(List.of(), slots());
    awaitBackward();
    assertTrue(journey.run(Migration::verify).equal());
    SERVERS.v2().execute("UPDATE app.own SET id = id + 100");
    journey.run(Migration::rollback);
    assertEquals(List.of(), slots());
    assertEquals("101", ask(SERVERS.v1(), "SELECT min(id) FROM app.own "));
    Comparisons.requireEqual(journey);
  }

  /** Slots of changes: they hold back the log. */
  private static List<String> slots() {
    return Stream.of(SERVERS.v1(), SERVERS.v2())
        .map(
            server ->
                ask(
                    server,
                    "SELECT string_agg(slot_name, ', ') FROM pg_replication_slots"
                        + " WHERE slot_name LIKE '%changes'"))
        .filter(Objects::nonNull)
        .toList();
  }

  private static void change(PostgresServer server) {
    try {
      for (String change : CHANGES) {
        // In one session: no trigger fires.
        server.execute("SET session_replication_role = replica; " + change);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireNamed(CommandFailedException failure) {
    for (String difference : DIFFERENCES) {
      assertTrue(
          failure.getMessage().contains(difference),
          () -> difference + " must be in: " + failure.getMessage());
    }
  }

  @Test
  void what_gives_rows_other_contents_without_a_log_is_verified_again() throws Exception {
    for (String unlogged :
        List.of(
            "SET payments_migration.ddl = on;"
                + " ALTER TABLE app.account ALTER balance TYPE bigint USING balance + 1",
            "SELECT pg_drop_replication_slot('payments_v2_changes');"
                + " SELECT pg_create_logical_replication_slot('payments_v2_changes',"
                + " 'test_decoding')",
            "SET session_replication_role = replica; UPDATE app.own SET id = id; SELECT count(*) FROM"
                + " pg_logical_slot_get_changes('payments_v2_changes', NULL, NULL)")) {
      assertTrue(journey.run(Migration::verify).equal());
      assertEquals("cutover", status().next());
      SERVERS.v2().execute(unlogged);
      assertEquals("verify", status().next(), unlogged);
      BadInputException refused =
          assertThrows(BadInputException.class, () -> journey.run(Migration::cutover), unlogged);
      assertTrue(refused.getMessage().contains("run ./dr migrate verify"), refused.getMessage());
      SERVERS
          .v2()
          .execute(
              "SET payments_migration.ddl = on;"
                  + " ALTER TABLE app.account ALTER balance TYPE bigint USING 0");
    }
  }

  @Test
  void row_that_changes_back_and_forth_is_not_taken_for_one_that_differs() throws Exception {
    try (Connection connection = SERVERS.v1().connect();
        Statement statement = connection.createStatement()) {
      Future<?> toggling =
          Executors.newSingleThreadExecutor()
              .submit(
                  () ->
                      statement.execute(
                          """
                          DO $$ BEGIN LOOP
                            UPDATE app.account SET balance = 1 - balance WHERE id <= 5; COMMIT;
                            DELETE FROM app.own WHERE id = 1; COMMIT;
                            INSERT INTO app.own VALUES (1); COMMIT;
                            PERFORM pg_sleep(0.0005);
                          END LOOP; END $$"""));
      for (int i = 0; i < 5; i++) {
        Verification verification = journey.run(Migration::verify);
        assertTrue(verification.equal(), () -> verification.tables().toString());
      }
      assertFalse(toggling.isDone());
      statement.cancel();
    }
  }

  @Test
  void log_that_somebody_else_has_read_is_not_settled() throws Exception {
    journey.run(Migration::verify);
    try (Database database = Database.open(journey.v2(), SqlChanges.MADE)) {
      ChangeLog log = new ChangeLog(database);
      assertTrue(log.isComplete());
      strayInsert(SERVERS.v2(), 4715);
      SERVERS.v2().execute(CONSUME.formatted("v2"));
      ChangeLog.End end = log.read(ChangeLog.Origin.ANY, 1000, (kind, change) -> {});
      CommandFailedException refused =
          assertThrows(CommandFailedException.class, () -> log.settle(end.lsn()));
      assertTrue(refused.getMessage().contains("run ./dr migrate verify"), refused + "");
      assertFalse(log.isComplete());
    }
  }

  /** Reads a log to its end, as no one but a migration may. */
  private static final String CONSUME =
      "SELECT count(*) FROM pg_logical_slot_get_changes('payments_%s_changes', NULL, NULL)";

  @Test
  void log_that_somebody_else_reads_after_the_comparison_proves_nothing() throws Exception {
    journey.run(Migration::verify);
    CommandFailedException failure = givenUp(journey, "prove", this::hideStray, new Printing());
    assertTrue(failure.getMessage().contains("payments_v1_changes"), failure.getMessage());
    assertEquals("v1", journey.data().generation());
  }

  private void hideStray() {
    strayInsert(SERVERS.v1(), 4716);
    try {
      SERVERS.v1().execute(CONSUME.formatted("v1"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void slot_that_the_server_gives_up_after_the_opening_stops_neither_the_end_nor_the_way_back()
      throws Exception {
    journey.run(Migration::verify);
    Printing printing = new Printing();
    journey.run(
        Migration::cutover,
        journal -> new OnStep(journal, "look for stray writes", MigrationFaultsIT::loseSlot),
        printing);
    assertTrue(printing.said.toString().contains("payments_v1_changes"), printing.said + "");
    assertEquals("SOAKING", journey.record().label());
    assertEquals(List.of(), slots());
    awaitBackward();
    journey.run(Migration::rollback);
    assertEquals("v1", journey.data().generation());
    Comparisons.requireEqual(journey);
  }

  private static void loseSlot() {
    try {
      SERVERS.v1().execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
      SERVERS.v1().execute("SELECT pg_reload_conf()");
      for (int i = 0; i < 4; i++) {
        SERVERS.v1().execute("SELECT pg_logical_emit_message(false, '', '')");
        SERVERS.v1().execute("SELECT pg_switch_wal()");
      }
      SERVERS.v1().execute("CHECKPOINT");
      assertEquals(
          "lost",
          ask(
              SERVERS.v1(),
              "SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'payments_v1_changes'"));
      SERVERS.v1().execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
      SERVERS.v1().execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void way_back_compares_every_row_when_its_logs_cannot_be_read() throws Exception {
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    awaitBackward();
    assertTrue(journey.run(Migration::verify).equal());
    // Of a table that is gone again nothing can be compared.
    SERVERS
        .v1()
        .execute(
            "SET application_name = '%s'; SET payments_migration.ddl = on;"
                    .formatted(Database.APPLICATION)
                + " CREATE TABLE app.gone (id integer); INSERT INTO app.gone VALUES (1);"
                + " DROP TABLE app.gone");
    Printing printing = new Printing();
    journey.run(Migration::rollback, UnaryOperator.identity(), printing);
    assertTrue(printing.said.toString().contains("every row is compared"), printing.said + "");
    assertTrue(printing.said.toString().contains("app.gone"), printing.said + "");
    assertEquals("v1", journey.data().generation());
    Comparisons.requireEqual(journey);
  }

  @Test
  void rollback_after_a_failed_apply_leaves_the_pointer_and_goes_back() throws Exception {
    journey.run(Migration::verify);
    CommandFailedException failure = cutOverWithoutPointer();
    assertTrue(failure.getMessage().startsWith("v2 has the data"), failure.getMessage());
    awaitBackward();
    journey.run(
        Migration::rollback,
        journal -> new OnStep(journal, "fence", () -> mend(journey.pointer())),
        new Printing());
    assertEquals("v1", journey.data().generation());
    assertEquals("v1", journey.pointer().generation());
    assertEquals("REPLICATING", journey.record().label());
  }

  @Test
  void cutover_that_goes_on_later_knows_when_the_target_was_opened() throws Exception {
    journey.run(Migration::verify);
    long began = System.nanoTime();
    cutOverWithoutPointer();
    Duration first = Duration.ofNanos(System.nanoTime() - began);
    Thread.sleep(first.toMillis());
    mend(journey.pointer());
    Duration pause = journey.run(Migration::cutover).orElseThrow();
    assertTrue(pause.compareTo(first) < 0, () -> "%s of %s".formatted(pause, first));
  }

  /** Runs a cutover that is given up, since something happens when it records a step. */
  private static CommandFailedException givenUp(
      Journey journey, String step, Runnable happens, Printing printing) {
    CommandFailedException failure =
        assertThrows(
            CommandFailedException.class,
            () ->
                journey.run(
                    Migration::cutover, journal -> new OnStep(journal, step, happens), printing));
    assertTrue(failure.getMessage().startsWith("v1 takes writes again"), failure.getMessage());
    return failure;
  }

  /** Nothing can be put where a folder is that is not empty. */
  private CommandFailedException cutOverWithoutPointer() throws IOException {
    Path pointer = journey.pointer().file();
    Files.delete(pointer);
    Files.createDirectories(pointer.resolve("in the way"));
    return assertThrows(CommandFailedException.class, () -> journey.run(Migration::cutover));
  }

  private static void mend(FilePointer pointer) {
    try {
      Files.delete(pointer.file().resolve("in the way"));
      Files.delete(pointer.file());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stopApplying() {
    try {
      SERVERS.v2().execute("ALTER SUBSCRIPTION payments_v1_to_v2 DISABLE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitConnected() {
    try (Sides sides = Sides.open(journey.v1(), journey.v2(), SqlChanges.MADE)) {
      sides.replication().awaitConnected(Duration.ofSeconds(20));
    }
  }

  /** As AWS DMS writes: no trigger fires, and no right is missing. */
  private static void strayInsert(PostgresServer server, int id) {
    try {
      server.execute(
          "SET session_replication_role = replica; INSERT INTO app.own VALUES (%d)".formatted(id));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitBackward() {
    try (Sides sides = Sides.open(journey.v2(), journey.v1(), SqlChanges.MADE)) {
      sides.replication().awaitConnected(Duration.ofSeconds(20));
    }
  }

  private static Connection login(String role) throws SQLException {
    Connection connection = SERVERS.v1().connect(PostgresServer.DATABASE, role, Shop.PASSWORD);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = app");
    }
    return connection;
  }

  private static void assertRefused(Connection connection, String sql) {
    assertThrows(
        SQLException.class,
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        },
        sql);
  }

  private static String ask(PostgresServer server, String sql) {
    try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
      return database.text(sql);
    }
  }

  /** Everything of roles but whether they may log in, which a fence changes. */
  private static String roles(PostgresServer server) {
    return ask(
        server,
        """
        SELECT string_agg(line, chr(10) ORDER BY line) FROM (
          SELECT concat_ws(' ', rolname, rolconnlimit, rolvaliduntil, rolconfig) AS line FROM pg_roles
          WHERE rolname !~ '^pg_' AND rolname <> 'payments_migration'
          UNION ALL SELECT concat_ws(' ', roleid::regrole, member::regrole, admin_option)
          FROM pg_auth_members WHERE member > 16383
          UNION ALL SELECT setconfig::text FROM pg_db_role_setting WHERE setrole = 0
          UNION ALL SELECT datacl::text FROM pg_database WHERE datname = current_database()) AS lines""");
  }

  /** Every login and every grant of the application's objects. */
  private static Set<String> rights(PostgresServer server) {
    try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
      return new TreeSet<>(
          database.texts(
              """
              SELECT rolname || ' ' || rolcanlogin FROM pg_roles
              WHERE rolname !~ '^pg_' AND rolname <> 'payments_migration'
              UNION ALL SELECT c.oid::regclass || ' ' || acl::text
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(c.relacl) acl
              WHERE n.nspname IN ('app', 'Back Office') AND acl::text !~ '^payments_migration='
              UNION ALL SELECT attrelid::regclass || '.' || attname || ' ' || acl::text
              FROM pg_attribute, unnest(attacl) acl"""));
    }
  }

  /** Does something when a step is recorded. */
  private record OnStep(Journal journal, String step, Runnable action) implements Journal {

    @Override
    public java.util.Optional<MigrationRecord> read() {
      return journal.read();
    }

    @Override
    public void save(MigrationRecord next, DataChange data) {
      journal.save(next, data);
      if (next.step().equals(step)) {
        action.run();
      }
    }

    @Override
    public void check() {
      journal.check();
    }
  }

  /** A cluster that tells its peer the wrong port. */
  private record OtherPort(Cluster cluster) implements Cluster {

    @Override
    public String generation() {
      return cluster.generation();
    }

    @Override
    public Connection connect() throws SQLException {
      return cluster.connect();
    }

    @Override
    public Map<String, String> peerKeywords() {
      Map<String, String> keywords = new HashMap<>(cluster.peerKeywords());
      keywords.put("port", "1");
      return keywords;
    }

    @Override
    public ProcessBuilder program(List<String> command) {
      return cluster.program(command);
    }
  }
}
