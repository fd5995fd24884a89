package payments.dr.operations.migrate.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import payments.dr.operations.CommandFailedException;
import payments.dr.operations.migrate.database.Database;
import payments.dr.operations.migrate.database.Marker;
import payments.dr.operations.migrate.database.Tables;

/** Compares all tables, a few at a time, the largest first. */
public final class Comparison {

  /** More would take the application's share of the servers. */
  private static final int WORKERS = 4;

  private final Database source;
  private final Database target;
  private final boolean strict;

  /**
   * @param strict whether nobody writes: the first difference counts
   */
  public Comparison(Database source, Database target, boolean strict) {
    this.source = source;
    this.target = target;
    this.strict = strict;
  }

  /**
   * @param each is told of every table when it is done
   */
  public List<TableResult> run(Consumer<TableResult> each) {
    Tables.requireSame(source, target);
    ConcurrentLinkedQueue<String> tables = new ConcurrentLinkedQueue<>(Tables.of(source));
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      Callable<List<TableResult>> worker = () -> compare(tables, each);
      List<Future<List<TableResult>>> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(WORKERS, tables.size()); i++) {
        workers.add(pool.submit(worker));
      }
      List<TableResult> results = new ArrayList<>();
      for (Future<List<TableResult>> one : workers) {
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
   * @throws CommandFailedException with what differs
   */
  public static void requireEqual(List<TableResult> results) {
    List<String> differing =
        results.stream()
            .filter(result -> !result.equal())
            .map(
                result ->
                    "%s in %d rows, such as %s"
                        .formatted(
                            result.table(),
                            result.differing().size(),
                            result.differing().stream().limit(3).toList()))
            .toList();
    if (!differing.isEmpty()) {
      throw new CommandFailedException(
          "tables must be equal on both sides, got " + String.join("; ", differing));
    }
  }

  private List<TableResult> compare(
      ConcurrentLinkedQueue<String> tables, Consumer<TableResult> each) {
    List<TableResult> results = new ArrayList<>();
    try (Database here = source.another();
        Database there = target.another();
        Database marking = source.another();
        Database marked = target.another()) {
      if (!strict) {
        // Nobody waits for it: a table takes what it takes.
        here.always("SET statement_timeout = 0");
        there.always("SET statement_timeout = 0");
      }
      TableComparison comparison =
          new TableComparison(here, there, new Marker(marking, marked), strict);
      for (String table = tables.poll(); table != null; table = tables.poll()) {
        TableResult result = comparison.compare(table);
        results.add(result);
        synchronized (this) {
          each.accept(result);
        }
      }
    }
    return results;
  }
}
