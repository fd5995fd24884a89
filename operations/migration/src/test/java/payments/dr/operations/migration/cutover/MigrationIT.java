package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/** The whole story between PostgreSQL 14 and 16, with every kind of object and under writes. */
class MigrationIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();

  /** Short beside the pauses that are measured. */
  private static final Duration PACE = Duration.ofMillis(10);

  @TempDir Path folder;

  @Test
  void a_million_rows_move_and_come_back_under_writes_without_a_lost_or_doubled_one()
      throws Exception {
    SERVERS.reset();
    Shop.open(SERVERS.v1(), 500_000);
    Journey journey = journey();
    journey.begin();
    try (Writers writers = Writers.start(SERVERS, journey.pointer(), PACE)) {
      writers.awaitMore(200);
      journey.go(migration -> migration.prepare(false));
      long began = System.nanoTime();
      journey.go(migration -> migration.start(false));
      awaitCopied(journey);
      System.out.printf("copied in %d ms%n", (System.nanoTime() - began) / 1_000_000);

      List<TableResult> results = journey.run(Migration::verify).tables();
      assertEquals(List.of(), results.stream().filter(result -> !result.equal()).toList());
      assertTrue(results.stream().mapToLong(TableResult::rows).sum() > 1_000_000);

      writers.longestPauseMillis();
      Duration pause = journey.run(Migration::cutover).orElseThrow();
      writers.awaitMore(500);
      report("cutover", pause, writers);
      assertEquals("v2", journey.data().generation());
      assertEquals("SOAKING", journey.record().label());

      writers.longestPauseMillis();
      pause = journey.run(Migration::rollback).orElseThrow();
      writers.awaitMore(500);
      report("rollback", pause, writers);
      assertEquals("v1", journey.data().generation());

      journey.run(Migration::verify);
      journey.run(Migration::cutover);
      writers.awaitMore(500);
      writers.stop();
      writers.requireExact(SERVERS.v2());
    }
    journey.go(Migration::finish);
    assertEquals(List.of(), leftOvers());
    assertEquals("FINISHED", journey.record().label());
  }

  private static void report(String what, Duration pause, Writers writers) {
    System.out.printf(
        "%s: writes paused %d ms by the command's clock, %d ms as the writers saw it%n",
        what, pause.toMillis(), writers.longestPauseMillis());
  }

  private Journey journey() {
    return new Journey(
        SERVERS.v1().cluster(), SERVERS.v2().cluster(), folder, Journey.LIMITS, Duration.ZERO);
  }

  static void awaitCopied(Journey journey) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (true) {
      try (Sides sides = Sides.open(journey.v1(), journey.v2(), SqlChanges.MADE)) {
        new CutoverReadiness(sides, journey.pointer(), journey.limits()).requireCopied();
        return;
      } catch (BadInputException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private static List<String> leftOvers() {
    List<String> left = new ArrayList<>();
    for (PostgresServer server : List.of(SERVERS.v1(), SERVERS.v2())) {
      try (Database database = Database.open(server.cluster(), SqlChanges.MADE)) {
        left.addAll(ReplicationRemoval.leftOvers(database));
      }
    }
    return left;
  }
}
