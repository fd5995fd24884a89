package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the former primary had committed against what the new primary has, by idempotency key. Holds
 * what differs only: as many rows as there are differences, at most {@value #LIMIT}.
 *
 * @param oldRows how many payments of the former primary were looked at
 * @param newRows how many of the new primary
 * @param missing payments of the former primary whose key the new primary has not, in the order in
 *     which they were made
 * @param doubled keys that a writer has more than once, or both have with different ids
 * @param conflicting payments of the former primary that the new one has with other contents
 * @param agreedFrom when the oldest payment was made that both have alike; empty: there is none
 */
public record Reconciliation(
    long oldRows,
    long newRows,
    List<Row> missing,
    List<Doubled> doubled,
    List<Row> conflicting,
    Optional<Instant> agreedFrom) {

  /** More differences than this are another database, not a failover's loss. */
  static final int LIMIT = 1_000_000;

  public Reconciliation {
    missing = List.copyOf(missing);
    doubled = List.copyOf(doubled);
    conflicting = List.copyOf(conflicting);
  }

  /**
   * Reads both to their ends, side by side.
   *
   * @param old in the order of the bytes of their keys, like {@code now}
   * @throws IllegalArgumentException when rows come in another order
   * @throws payments.dr.operations.console.CommandFailedException when too many differ
   */
  public static Reconciliation of(Iterator<Row> old, Iterator<Row> now) {
    return new Merge(old, now).run();
  }

  /**
   * The same, once the new primary was asked for the missing keys without a time: what it has from
   * before the time that was looked at is not missing.
   *
   * @param found its rows of these keys, in the order of their keys
   */
  Reconciliation rechecked(Iterator<Row> found) {
    Reconciliation second = of(missing.stream().sorted(Row.BY_KEY).iterator(), found);
    Set<String> asked = new HashSet<>();
    missing.forEach(row -> asked.add(row.key()));
    return new Reconciliation(
        oldRows,
        newRows + second.newRows,
        second.missing,
        Stream.concat(
                doubled.stream().filter(one -> !asked.contains(one.key())), second.doubled.stream())
            .toList(),
        Stream.concat(conflicting.stream(), second.conflicting.stream()).toList(),
        Stream.of(agreedFrom, second.agreedFrom).flatMap(Optional::stream).min(Instant::compareTo));
  }

  public boolean isClean() {
    return missing.isEmpty() && doubled.isEmpty() && conflicting.isEmpty();
  }

  /**
   * Whether the time that was looked at begins before the promoted point: replication keeps the
   * order of commits, so that whatever is missing is younger than what arrived.
   */
  boolean reachesBack() {
    return oldRows > 0
        && (missing.isEmpty()
            || agreedFrom.filter(from -> from.isBefore(missing.get(0).created())).isPresent());
  }
}
