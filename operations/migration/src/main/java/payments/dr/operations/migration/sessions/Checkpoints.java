package payments.dr.operations.migration.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import payments.dr.ledger.Lease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * How far threads have come, kept in the ledger by one of them: transactions of many would hinder
 * each other at the lease that all demand.
 */
final class Checkpoints {

  /** A transaction takes 100 changes; the lease is one of them. */
  private static final int BATCH = 50;

  private final Ledger ledger;
  private final Lease lease;
  private final Map<LedgerKey, Long> versions = new HashMap<>();
  private final Map<LedgerKey, Map<String, String>> unwritten = new LinkedHashMap<>();

  Checkpoints(Ledger ledger, Lease lease) {
    this.ledger = ledger;
    this.lease = lease;
  }

  /** What was kept under an entity, by sort key. */
  synchronized Map<String, Map<String, String>> load(String entity) {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    for (LedgerEntry entry : ledger.readAll(entity)) {
      versions.put(entry.key(), entry.version());
      found.put(entry.key().entry(), entry.values());
    }
    return found;
  }

  /** Remembers; {@link #flush} writes. */
  synchronized void set(LedgerKey key, Map<String, String> values) {
    unwritten.put(key, values);
  }

  /**
   * @throws payments.dr.ledger.LeaseLostException when somebody else goes on with the work
   */
  synchronized void flush() {
    while (!unwritten.isEmpty()) {
      List<LedgerChange> batch = new ArrayList<>();
      for (var change : unwritten.entrySet().stream().limit(BATCH).toList()) {
        long version = versions.getOrDefault(change.getKey(), 0L);
        batch.add(new LedgerChange(change.getKey(), version, change.getValue()));
      }
      lease.write(batch);
      for (LedgerChange written : batch) {
        versions.put(written.key(), written.expectedVersion() + 1);
        unwritten.remove(written.key());
      }
    }
  }
}
