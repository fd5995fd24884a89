package payments.dr.operations.migration.database;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which transactions a query sees that begins now.
 *
 * @param next every transaction from this one on is not seen
 * @param open earlier ones that are not seen either
 */
record LogSnapshot(long next, Set<Long> open) {

  private static final long EPOCH = 1L << 32;

  static LogSnapshot of(Database database) {
    return of(database.text("SELECT pg_current_snapshot()::text"));
  }

  /**
   * Reads PostgreSQL's text.
   *
   * @param text such as {@code 10:20:10,14,15}
   */
  static LogSnapshot of(String text) {
    List<String> parts = List.of(text.split(":", -1));
    return new LogSnapshot(
        Long.parseLong(parts.get(1)),
        Stream.of(parts.get(2).split(","))
            .filter(id -> !id.isEmpty())
            .map(Long::parseLong)
            .collect(Collectors.toSet()));
  }

  /**
   * Whether all of some transactions are seen.
   *
   * @param transactions as the log numbers them, in 32 bits
   */
  boolean sees(Collection<Long> transactions) {
    return transactions.stream()
        .map(this::numbered)
        .allMatch(id -> id < next && !open.contains(id));
  }

  /** The number in 64 bits that is nearest to the next one. */
  private long numbered(long transaction) {
    long id = next - next % EPOCH + transaction;
    if (id - next >= EPOCH / 2) {
      return id - EPOCH;
    }
    return next - id > EPOCH / 2 ? id + EPOCH : id;
  }
}
