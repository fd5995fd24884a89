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
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Mutex;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.Replication;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.migration.database.Waiting;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.testing.PostgresServer;

/** What a migration does when something goes wrong, or somebody works against it. */
class MigrationFaultsIT extends ReplicatedShop {

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

  @Test
  void publication_that_does_not_publish_everything_is_completed_before_replication_turns()
      throws Exception {
    SERVERS.v2().execute("CREATE PUBLICATION payments_v2_to_v1 FOR TABLE app.own");
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    awaitBackward();
    SERVERS.v2().execute("UPDATE app.account SET owner = 'of v2' WHERE id = 1");
    assertTrue(journey.run(Migration::verify).equal());
    SERVERS
        .v1()
        .execute(
            "SET payments_migration.ddl = on;"
                + " ALTER PUBLICATION payments_v1_to_v2 DROP TABLE app.own;"
                + " ALTER PUBLICATION payments_v1_to_v2 SET (publish = 'insert')");
    journey.run(Migration::rollback);
    awaitConnected();
    SERVERS
        .v1()
        .execute(
            "UPDATE app.account SET owner = 'of v1' WHERE id = 1",
            "INSERT INTO app.own VALUES (4718)");
    assertTrue(journey.run(Migration::verify).equal());
    assertEquals("of v1", ask(SERVERS.v2(), "SELECT owner FROM app.account WHERE id = 1"));
    assertEquals("1", ask(SERVERS.v2(), "SELECT count(*) FROM app.own WHERE id = 4718"));
  }

  @Test
  void publication_that_was_dropped_while_replication_turned_gives_the_cutover_up()
      throws Exception {
    journey.run(Migration::verify);
    CommandFailedException failure =
        givenUp(
            journey,
            "connect backward",
            () -> execute(SERVERS.v2(), "DROP PUBLICATION payments_v2_to_v1"),
            new Printing());
    assertTrue(failure.getMessage().contains("publication payments_v2_to_v1"), failure + "");
    assertEquals("v1", journey.data().generation());
    awaitConnected();
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    assertEquals("v2", journey.data().generation());
  }

  @Test
  void target_that_no_other_region_follows_stops_the_cutover_before_its_fence() throws Exception {
    journey.run(Migration::verify);
    for (Map.Entry<String, String> followers :
        Map.of(
                "",
                "another Region must follow v2, none does",
                ", ('us-east-2', 700, 12500, now())",
                "us-east-2 must follow v2 within 10 s, it is 12.",
                ", ('us-east-2', 700, 9, now() - interval '1 minute')",
                "us-east-2 must follow v2 within 10 s, it is 60.")
            .entrySet()) {
      tellFollowers(SERVERS.v2(), followers.getKey());
      Printing printing = new Printing();
      assertTrue(journey.run(Migration::verify, UnaryOperator.identity(), printing).equal());
      assertTrue(printing.said.toString().contains(followers.getValue()), printing.said + "");
      BadInputException refused =
          assertThrows(BadInputException.class, () -> journey.run(Migration::cutover));
      assertTrue(refused.getMessage().startsWith(followers.getValue()), refused.getMessage());
      login("payments_app").close();
    }
    tellFollowers(SERVERS.v2(), ", ('us-east-2', 700, 9, now())");
    journey.run(Migration::cutover);
    assertEquals("v2", journey.data().generation());
  }

  @Test
  void way_back_goes_although_no_other_region_follows() throws Exception {
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    awaitBackward();
    tellFollowers(SERVERS.v1(), "");
    Printing printing = new Printing();
    journey.run(Migration::rollback, UnaryOperator.identity(), printing);
    assertTrue(
        printing.said.toString().contains("another Region must follow v1"), printing.said + "");
    assertEquals("v1", journey.data().generation());
  }

  /**
   * Makes the function of Aurora that these servers do not have, with the columns that AWS
   * documents and the writer's own line.
   */
  private static void tellFollowers(PostgresServer server, String more) {
    execute(
        server,
        "SET application_name = '%s'; SET payments_migration.ddl = on;"
                .formatted(Database.APPLICATION)
            + " CREATE OR REPLACE FUNCTION pg_catalog.aurora_global_db_status(OUT aws_region text,"
            + " OUT durability_lag_in_msec bigint, OUT rpo_lag_in_msec bigint,"
            + " OUT last_lag_calculation_time timestamptz) RETURNS SETOF record LANGUAGE sql AS"
            + " $$ VALUES ('us-east-1', -1::bigint, -1::bigint, 'epoch'::timestamptz)"
            + more
            + " $$");
  }

  @Test
  void publication_that_leaves_changes_out_stops_the_cutover_before_its_fence() throws Exception {
    journey.run(Migration::verify);
    for (String change :
        List.of(
            "DROP TABLE app.account",
            "SET (publish = 'insert, update')",
            "SET (publish_via_partition_root = true)",
            "DROP TABLE app.own")) {
      execute(
          SERVERS.v1(),
          "SET payments_migration.ddl = on; ALTER PUBLICATION payments_v1_to_v2 " + change);
      BadInputException refused =
          assertThrows(BadInputException.class, () -> journey.run(Migration::cutover), change);
      assertTrue(refused.getMessage().contains("publication payments_v1_to_v2"), change);
      login("payments_app").close();
      if (!change.endsWith("app.own")) {
        assertTrue(journey.run(Migration::verify).equal(), change);
      }
    }
    execute(SERVERS.v1(), "INSERT INTO app.own VALUES (4719)");
    assertEquals(
        List.of("app.own"),
        journey.run(Migration::verify).tables().stream()
            .filter(result -> !result.equal())
            .map(TableResult::table)
            .toList());
    execute(SERVERS.v1(), "INSERT INTO app.own VALUES (4720)");
    MigrationIT.awaitCopied(journey);
    Waiting.until(
        "v2 must follow again",
        Duration.ofSeconds(20),
        () -> ask(SERVERS.v2(), "SELECT count(*) FROM app.own WHERE id = 4720").equals("1"));
  }

  private static void execute(PostgresServer server, String sql) {
    try {
      server.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
