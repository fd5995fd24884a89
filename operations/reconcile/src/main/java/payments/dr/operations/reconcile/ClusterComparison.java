package payments.dr.operations.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;

/** Compares the payments of both writers, each read as it was at one moment. */
public final class ClusterComparison implements AutoCloseable {

  /** Keys asked for by one statement. */
  private static final int KEYS = 1_000;

  private final PaymentReader old;
  private final PaymentReader now;

  private ClusterComparison(PaymentReader old, PaymentReader now) {
    this.old = old;
    this.now = now;
  }

  /**
   * Opens a session at each cluster.
   *
   * @throws payments.dr.operations.console.BadInputException when a side has no such columns
   * @throws payments.dr.operations.console.CommandFailedException when a side cannot be read
   */
  public static ClusterComparison open(Cluster old, Cluster now, PaymentTable table) {
    PaymentReader before = PaymentReader.open("former primary", old, table);
    try {
      return new ClusterComparison(before, PaymentReader.open("new primary", now, table));
    } catch (RuntimeException e) {
      before.close();
      throw e;
    }
  }

  /**
   * Compares the payments since a time.
   *
   * @param since from when on payments are looked at; it has to be before the promoted point
   */
  public Reconciliation since(Instant since) {
    List<String> columns = compared();
    Reconciliation all = Reconciliation.of(old.since(since, columns), now.since(since, columns));
    List<String> keys =
        all.missing().stream().map(Row::key).distinct().sorted(Row::compareKeys).toList();
    return all.rechecked(batches(keys, batch -> now.of(batch, columns)));
  }

  /** Columns that only one side has, since the application has changed its table meanwhile. */
  List<String> uncompared() {
    List<String> both = compared();
    return Stream.concat(old.columns().stream(), now.columns().stream())
        .filter(column -> !both.contains(column))
        .toList();
  }

  /**
   * Writes whole payments of the former primary, one line of JSON each.
   *
   * @param rows in the order that they shall have
   */
  void replay(List<Row> rows, Appendable out) {
    for (List<Row> batch : split(rows)) {
      Map<String, String> json = old.json(batch.stream().map(Row::key).distinct().toList());
      try {
        for (Row row : batch) {
          out.append(json.get(PaymentReader.name(row.key(), row.id()))).append('\n');
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<String> compared() {
    return old.columns().stream().filter(now.columns()::contains).toList();
  }

  private static Iterator<Row> batches(
      List<String> keys, Function<List<String>, Iterator<Row>> ask) {
    return split(keys).stream()
        .flatMap(
            batch ->
                Stream.iterate(ask.apply(batch), Iterator::hasNext, rows -> rows)
                    .map(Iterator::next))
        .iterator();
  }

  private static <T> List<List<T>> split(List<T> all) {
    return IntStream.range(0, (all.size() + KEYS - 1) / KEYS)
        .mapToObj(at -> all.subList(at * KEYS, Math.min(all.size(), (at + 1) * KEYS)))
        .toList();
  }

  @Override
  public void close() {
    try (old) {
      now.close();
    }
  }
}
