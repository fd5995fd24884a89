package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.operations.console.CommandFailedException;

/** Goes through both writers' rows side by side, and keeps only what differs. */
final class Merge {

  private final KeyGroups old;
  private final KeyGroups now;
  private final List<Row> missing = new ArrayList<>();
  private final List<Doubled> doubled = new ArrayList<>();
  private final List<Row> conflicting = new ArrayList<>();
  private Instant agreedFrom;

  /** Both sorted by {@link Row#BY_KEY}. */
  Merge(Iterator<Row> old, Iterator<Row> now) {
    this.old = new KeyGroups(old);
    this.now = new KeyGroups(now);
  }

  Reconciliation run() {
    while (!old.isEmpty() || !now.isEmpty()) {
      int order = order();
      List<Row> before = order <= 0 ? old.take() : List.of();
      List<Row> after = order >= 0 ? now.take() : List.of();
      judge(before, after);
      bound();
    }
    missing.sort(Row.BY_TIME);
    return new Reconciliation(
        old.count(), now.count(), missing, doubled, conflicting, Optional.ofNullable(agreedFrom));
  }

  private int order() {
    if (old.isEmpty()) {
      return 1;
    }
    return now.isEmpty() ? -1 : Row.compareKeys(old.key(), now.key());
  }

  /** The rows of one key; a key of the new primary's alone is a payment made since. */
  private void judge(List<Row> before, List<Row> after) {
    if (after.isEmpty()) {
      missing.addAll(before);
    }
    if (before.size() > 1 || after.size() > 1 || ids(before, after).size() > 1) {
      Row any = before.isEmpty() ? after.get(0) : before.get(0);
      doubled.add(new Doubled(any.key(), ids(before), ids(after)));
    } else if (!before.isEmpty() && !after.isEmpty()) {
      compare(before.get(0), after.get(0));
    }
  }

  private void compare(Row before, Row after) {
    if (!before.contents().equals(after.contents())) {
      conflicting.add(before);
    } else if (agreedFrom == null || before.created().isBefore(agreedFrom)) {
      agreedFrom = before.created();
    }
  }

  private void bound() {
    if (missing.size() + doubled.size() + conflicting.size() > Reconciliation.LIMIT) {
      throw new CommandFailedException(
          "payments that differ must be at most %d, got more: do the former primary and the time from which payments are looked at belong to this failover?"
              .formatted(Reconciliation.LIMIT));
    }
  }

  private static List<String> ids(List<Row> rows) {
    return rows.stream().map(Row::id).toList();
  }

  private static Set<String> ids(List<Row> before, List<Row> after) {
    Set<String> ids = new TreeSet<>(ids(before));
    ids.addAll(ids(after));
    return ids;
  }
}
