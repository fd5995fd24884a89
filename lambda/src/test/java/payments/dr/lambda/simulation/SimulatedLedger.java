package payments.dr.lambda.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/** A ledger as the table is, fast enough for millions of ticks. */
final class SimulatedLedger implements Ledger {

  private final Map<String, TreeMap<String, LedgerEntry>> entities = new HashMap<>();

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    return Optional.ofNullable(entry(key));
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    TreeMap<String, LedgerEntry> entries = entities.get(entity);
    return entries == null ? List.of() : List.copyOf(entries.values());
  }

  @Override
  public void write(List<LedgerChange> changes) {
    for (LedgerChange change : changes) {
      LedgerEntry current = entry(change.key());
      if ((current == null ? 0 : current.version()) != change.expectedVersion()) {
        throw new LedgerConflictException(change.key() + " has another version");
      }
    }
    for (LedgerChange change : changes) {
      if (change.values() != null) {
        put(change);
      }
    }
  }

  private void put(LedgerChange change) {
    LedgerKey key = change.key();
    entities
        .computeIfAbsent(key.entity(), entity -> new TreeMap<>())
        .put(key.entry(), new LedgerEntry(key, change.expectedVersion() + 1, change.values()));
  }

  private LedgerEntry entry(LedgerKey key) {
    TreeMap<String, LedgerEntry> entries = entities.get(key.entity());
    return entries == null ? null : entries.get(key.entry());
  }
}
