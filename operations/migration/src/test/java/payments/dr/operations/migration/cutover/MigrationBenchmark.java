package payments.dr.operations.migration.cutover;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/**
 * Measures a migration there and back; {@code bench/migration.py} runs it. Arguments: rows, further
 * tables, milliseconds of a round trip, rows that change between verification and cutover.
 */
public final class MigrationBenchmark {

  private MigrationBenchmark() {}

  /** Prints what it measures, one line each. */
  public static void main(String[] words) throws Exception {
    int rows = Integer.parseInt(words[0]);
    int tables = Integer.parseInt(words[1]);
    Duration roundTrip = Duration.ofMillis(Integer.parseInt(words[2]));
    int changes = Integer.parseInt(words[3]);
    Path folder = Files.createTempDirectory("payments-dr-benchmark");
    try (PostgresServers servers = PostgresServers.start();
        DelayedCluster v1 = new DelayedCluster(servers.v1(), roundTrip);
        DelayedCluster v2 = new DelayedCluster(servers.v2(), roundTrip)) {
      Shop.open(servers.v1(), rows / 2);
      addTables(servers.v1(), tables);
      Journey near =
          new Journey(
              servers.v1().cluster(),
              servers.v2().cluster(),
              folder,
              Journey.LIMITS,
              Duration.ZERO);
      Journey journey = near.with(v1, v2);
      journey.begin();
      near.go(migration -> migration.prepare(false));
      long began = System.nanoTime();
      near.go(migration -> migration.start(false));
      MigrationIT.awaitCopied(near);
      System.out.printf("copied in %d ms%n", millis(began));
      began = System.nanoTime();
      require(journey.run(Migration::verify).equal());
      System.out.printf("verified in %d ms%n", millis(began));
      change(servers.v1(), changes);
      System.out.printf(
          "cutover %d ms%n", journey.run(Migration::cutover).orElseThrow().toMillis());
      require(journey.run(Migration::verify).equal());
      change(servers.v2(), changes);
      System.out.printf(
          "rollback %d ms%n", journey.run(Migration::rollback).orElseThrow().toMillis());
      require(journey.run(Migration::verify).tables().stream().allMatch(TableResult::equal));
    }
  }

  private static void addTables(PostgresServer server, int tables) throws Exception {
    server.execute(
        """
        DO $$ BEGIN FOR i IN 1..%d LOOP
          EXECUTE format('CREATE TABLE app.more_%%s (id bigint GENERATED ALWAYS AS IDENTITY'
            ' PRIMARY KEY, note text)', i);
          EXECUTE format('ALTER TABLE app.more_%%s OWNER TO payments_owner', i);
          EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON app.more_%%s TO payments_app', i);
          EXECUTE format('INSERT INTO app.more_%%s (note) VALUES (%%L), (%%L)', i, 'a', 'b');
        END LOOP; END $$"""
            .formatted(tables),
        "ANALYZE");
  }

  /** In transactions of ten, as payments are. */
  private static void change(PostgresServer server, int changes) throws Exception {
    server.execute(
        """
        DO $$ BEGIN FOR i IN 1..%d LOOP
          UPDATE app.payment SET amount = amount + 1 WHERE id BETWEEN 10 * i AND 10 * i + 9;
          COMMIT;
        END LOOP; END $$"""
            .formatted(changes / 10));
  }

  private static void require(boolean equal) {
    if (!equal) {
      throw new IllegalStateException("both sides must be equal");
    }
  }

  private static long millis(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }
}
