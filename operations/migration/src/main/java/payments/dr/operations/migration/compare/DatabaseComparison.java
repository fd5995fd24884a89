package payments.dr.operations.migration.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.Marker;
import payments.dr.operations.migration.database.ReplicatedTables;

/** Compares all tables, a few at a time, the largest first. */
public final class DatabaseComparison implements AutoCloseable {

  /** More would take the application's share of the servers. */
  private static final int WORKERS = 4;

  private final Database source;
  private final Database target;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * Opens its sessions: they are ready when time counts.
   *
   * @param strict whether nobody writes: the first difference counts
   */
  public DatabaseComparison(Database source, Database target, boolean strict) {
    this.source = source;
    this.target = target;
    try {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(Worker.open(source, target, strict));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Compares every table, and returns the result of each.
   *
   * @param each is told of every table when it is done
   */
  public List<TableResult> run(Consumer<TableResult> each) {
    ReplicatedTables.requireSame(source, target);
    return run(ReplicatedTables.of(source), each);
  }

  /** Compares some tables, by their names as SQL, in their order. */
  List<TableResult> run(List<String> some, Consumer<TableResult> each) {
    ConcurrentLinkedQueue<String> tables = new ConcurrentLinkedQueue<>(some);
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<List<TableResult>>> parts = new ArrayList<>();
      for (Worker worker : workers) {
        parts.add(pool.submit(() -> compare(worker, tables, each)));
      }
      List<TableResult> results = new ArrayList<>();
      for (Future<List<TableResult>> one : parts) {
        results.addAll(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while tables were compared");
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Refuses tables that differ.
   *
   * @param advice that ends the sentence; may be empty
   * @throws CommandFailedException with what differs
   */
  public static void requireEqual(List<TableResult> results, String advice) {
    List<String> differing =
        results.stream()
            .filter(result -> !result.equal())
            .map(
                result ->
                    "%s in %d rows, such as %s"
                        .formatted(
                            result.table(),
                            result.differing().size(),
                            result.differing().stream().limit(10).toList()))
            .toList();
    if (!differing.isEmpty()) {
      throw new CommandFailedException(
          "tables must be equal on both sides, got " + String.join("; ", differing) + advice);
    }
  }

  private static List<TableResult> compare(
      Worker worker, ConcurrentLinkedQueue<String> tables, Consumer<TableResult> each) {
    List<TableResult> results = new ArrayList<>();
    for (String table = tables.poll(); table != null; table = tables.poll()) {
      TableResult result = worker.comparison().compare(table);
      results.add(result);
      synchronized (each) {
        each.accept(result);
      }
    }
    return results;
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
  }

  /** The sessions that one thread compares in; markers are written outside of its snapshots. */
  private record Worker(List<Database> sessions, TableComparison comparison)
      implements AutoCloseable {

    static Worker open(Database source, Database target, boolean strict) {
      List<Database> sessions = new ArrayList<>();
      try {
        for (Database side : List.of(source, target)) {
          sessions.add(side.another());
        }
        Marker marker = new Marker(source, target);
        if (!strict) {
          // Nobody waits for it: a table takes what it takes.
          sessions.forEach(session -> session.always("SET statement_timeout = 0"));
          sessions.add(source.another());
          sessions.add(target.another());
          marker = new Marker(sessions.get(2), sessions.get(3));
        }
        return new Worker(
            sessions, new TableComparison(sessions.get(0), sessions.get(1), marker, strict));
      } catch (RuntimeException e) {
        sessions.forEach(Database::close);
        throw e;
      }
    }

    @Override
    public void close() {
      sessions.forEach(Database::close);
    }
  }
}
