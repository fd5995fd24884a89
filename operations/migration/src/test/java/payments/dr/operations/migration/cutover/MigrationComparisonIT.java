package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.migration.database.Waiting;
import payments.dr.operations.postgres.testing.PostgresServer;

/**
 * What a cutover finds that is not the same on both sides: rows that differ, rows that were written
 * in spite of a fence, and logs that do not tell everything.
 */
class MigrationComparisonIT extends ReplicatedShop {

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
  void transaction_that_was_prepared_behind_the_fence_gives_the_cutover_up() throws Exception {
    journey.run(Migration::verify);
    CommandFailedException failure =
        givenUp(journey, "drain", MigrationComparisonIT::prepareStray, new Printing());
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
          "UPDATE app.doubled SET note = 'x' WHERE a = 1",
          "UPDATE app.doubled SET a = 102 WHERE a = 2",
          "DELETE FROM app.doubled WHERE a = 3",
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
          "app.doubled in 5 rows",
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
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Connection connection = SERVERS.v1().connect();
        Statement statement = connection.createStatement()) {
      Future<?> toggling =
          pool.submit(
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
    } finally {
      pool.shutdownNow();
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
        journal -> new OnStep(journal, "look for stray writes", MigrationComparisonIT::loseSlot),
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
  void row_that_is_committed_and_not_seen_yet_is_compared_on_the_way_back() throws Exception {
    journey.run(Migration::verify);
    journey.run(Migration::cutover);
    awaitBackward();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Runnable hide =
          () -> {
            setStandby("nobody");
            pool.execute(() -> strayInsert(SERVERS.v1(), 4717));
            awaitHidden();
            CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS, pool)
                .execute(() -> setStandby(""));
          };
      CommandFailedException refused =
          assertThrows(
              CommandFailedException.class,
              () ->
                  journey.run(
                      Migration::rollback,
                      journal -> new OnStep(journal, "compare", hide),
                      new Printing()));
      assertTrue(refused.getMessage().contains("4717"), refused.getMessage());
      assertEquals("v2", journey.data().generation());
    } finally {
      setStandby("");
      pool.shutdownNow();
    }
  }

  /** Who commits waits for this standby, and is in the log and seen by nobody meanwhile. */
  private static void setStandby(String name) {
    try {
      SERVERS.v1().execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(name));
      SERVERS.v1().execute("SELECT pg_reload_conf()");
      Waiting.until(
          "standbys must be " + name,
          Duration.ofSeconds(10),
          () -> ask(SERVERS.v1(), "SHOW synchronous_standby_names").equals(name));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitHidden() {
    Waiting.until(
        "the row must be committed",
        Duration.ofSeconds(10),
        () ->
            ask(SERVERS.v1(), "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                .equals("1"));
  }

  @Test
  void more_strays_than_are_compared_at_once_go_although_their_unique_keys_cross()
      throws Exception {
    SERVERS
        .v1()
        .execute(
            "INSERT INTO app.other_identity SELECT i, 'code ' || i, 'note'"
                + " FROM generate_series(1001, 31000) i");
    assertTrue(journey.run(Migration::verify).equal());
    journey.run(Migration::cutover);
    awaitBackward();
    assertTrue(journey.run(Migration::verify).equal());
    // Each row has the code that another had.
    SERVERS
        .v1()
        .execute(
            "SET session_replication_role = replica; DELETE FROM app.other_identity WHERE id > 1000;"
                + " INSERT INTO app.other_identity SELECT i, 'code ' || 32001 - i, 'stray'"
                + " FROM generate_series(1001, 31000) i");
    Printing back = new Printing();
    journey.run(Migration::rollbackDiscardingStrays, UnaryOperator.identity(), back);
    assertEquals("v1", journey.data().generation());
    assertEquals(
        "0", ask(SERVERS.v1(), "SELECT count(*) FROM app.other_identity WHERE note = 'stray'"));
    Comparisons.requireEqual(journey);
  }

  @Test
  void verification_waits_for_a_transaction_that_began_before_it() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Connection other = SERVERS.v2().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT pg_current_xact_id()");
      // Longer than anything waits for a lock.
      Future<?> end =
          pool.submit(
              () -> {
                Thread.sleep(7_000);
                other.commit();
                return null;
              });
      assertTrue(journey.run(Migration::verify).equal());
      end.get();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void large_table_without_a_key_that_is_always_written_stops_no_cutover() throws Exception {
    SERVERS
        .v1()
        .execute(
            "INSERT INTO app.keyless SELECT i, md5(i::text) FROM generate_series(1, 100000) i",
            "ANALYZE app.keyless");
    try (Connection busy = writeWithoutKey()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(240), () -> assertTrue(journey.run(Migration::verify).equal()));
      assertTimeoutPreemptively(Duration.ofSeconds(240), () -> journey.run(Migration::cutover));
      assertEquals("v2", journey.data().generation());
      assertFalse(busy.isValid(1), "the fence has ended it");
    }
    Comparisons.requireEqual(journey);
  }

  /** Returns the session of a program that writes on and on, until it is fenced out or closed. */
  private static Connection writeWithoutKey() throws SQLException {
    Connection connection = SERVERS.v1().connect();
    Thread writer =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(
                    """
                    DO $$ BEGIN LOOP
                      INSERT INTO app.keyless SELECT i, 'busy' FROM generate_series(1, 100) i;
                      COMMIT;
                      PERFORM pg_sleep(0.02);
                    END LOOP; END $$""");
              } catch (SQLException e) {
                // The end of the test, or the fence.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return connection;
  }
}
