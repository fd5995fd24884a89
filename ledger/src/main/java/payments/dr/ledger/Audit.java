package payments.dr.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that are only ever added: {@code AUDIT#<id>}, by the version of the entry that they keep.
 */
public final class Audit {

  private Audit() {}

  public static String entity(String id) {
    return "AUDIT#" + id;
  }

  /**
   * Returns the key of the row that keeps a version of an entry.
   *
   * @param version of the entry that the row keeps
   */
  public static LedgerKey key(String id, long version) {
    // Padded, so that the sort key's order is that of the versions.
    return new LedgerKey(entity(id), "%010d".formatted(version));
  }

  /**
   * Returns a change together with the row that keeps it, for one write: neither happens alone.
   *
   * @param id what the rows belong to, such as {@code migration-v1-v2}; one entry's changes only
   * @param change with values
   * @param what happened, for a person
   */
  public static List<LedgerChange> with(
      String id, LedgerChange change, Instant at, Holder by, String what) {
    Map<String, String> row = new HashMap<>(change.values());
    row.put("auditAt", at.toString());
    row.put("auditBy", by.toString());
    row.put("auditWhat", what);
    return List.of(change, LedgerChange.create(key(id, change.expectedVersion() + 1), row));
  }
}
