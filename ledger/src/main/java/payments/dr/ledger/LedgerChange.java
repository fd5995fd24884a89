package payments.dr.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * New values for one entry, or the mere demand that it has not changed.
 *
 * @param expectedVersion version that it must have until now; 0: it must not exist
 * @param values all of its values from now on, none of them named like a part of the key or the
 *     version; null when only the version is checked
 */
public record LedgerChange(LedgerKey key, long expectedVersion, Map<String, String> values) {

  /** What the table calls its own attributes; values are attributes beside them. */
  static final Set<String> RESERVED = Set.of("entity", "entry", "version");

  public LedgerChange {
    if (values != null) {
      values = Map.copyOf(values);
      if (RESERVED.stream().anyMatch(values::containsKey)) {
        Set<String> taken = new TreeSet<>(values.keySet());
        taken.retainAll(RESERVED);
        throw new IllegalArgumentException(
            "names of values must not be among " + new TreeSet<>(RESERVED) + ", got " + taken);
      }
    }
  }

  public static LedgerChange create(LedgerKey key, Map<String, String> values) {
    return new LedgerChange(key, 0, values);
  }

  public static LedgerChange update(LedgerEntry current, Map<String, String> values) {
    return new LedgerChange(current.key(), current.version(), values);
  }

  /** Creates or updates: whichever fits what was read. */
  public static LedgerChange put(
      LedgerKey key, Optional<LedgerEntry> current, Map<String, String> values) {
    return new LedgerChange(key, current.map(LedgerEntry::version).orElse(0L), values);
  }

  public static LedgerChange unchanged(LedgerEntry current) {
    return new LedgerChange(current.key(), current.version(), null);
  }
}
