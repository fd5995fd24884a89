package payments.dr.operations.reconcile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Rows that come sorted by key, those of one key at a time. */
final class KeyGroups {

  private final Iterator<Row> rows;
  private Row next;
  private long count;

  KeyGroups(Iterator<Row> rows) {
    this.rows = rows;
    advance();
  }

  boolean isEmpty() {
    return next == null;
  }

  /** Of the next group. */
  String key() {
    return next.key();
  }

  List<Row> take() {
    List<Row> group = new ArrayList<>();
    String key = next.key();
    while (next != null && next.key().equals(key)) {
      group.add(next);
      advance();
    }
    // Unsorted rows would pass for missing ones.
    if (next != null && Row.compareKeys(key, next.key()) > 0) {
      throw new IllegalArgumentException(
          "rows must come in the order of their keys, got \"%s\" after \"%s\""
              .formatted(next.key(), key));
    }
    return group;
  }

  /** How many rows came so far. */
  long count() {
    return count;
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
    count += next == null ? 0 : 1;
  }
}
