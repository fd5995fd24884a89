package payments.dr.ledger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger that a test holds alone; several threads may use it. */
public final class InMemoryLedger implements Ledger {

  private final Map<LedgerKey, LedgerEntry> entries = new HashMap<>();

  @Override
  public synchronized Optional<LedgerEntry> read(LedgerKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public synchronized List<LedgerEntry> readAll(String entity) {
    return entries.values().stream()
        .filter(entry -> entry.key().entity().equals(entity))
        .sorted(Comparator.comparing(entry -> entry.key().entry()))
        .toList();
  }

  @Override
  public synchronized void write(List<LedgerChange> changes) {
    long keys = changes.stream().map(LedgerChange::key).distinct().count();
    if (changes.isEmpty() || changes.size() > 100 || keys < changes.size()) {
      throw new IllegalArgumentException(
          "changes must be 1 to 100 with different keys, got " + changes);
    }
    for (LedgerChange change : changes) {
      LedgerEntry current = entries.get(change.key());
      if ((current == null ? 0 : current.version()) != change.expectedVersion()) {
        throw new LedgerConflictException(LedgerConflictException.message(change));
      }
    }
    changes.stream()
        .filter(change -> change.values() != null)
        .forEach(
            change ->
                entries.put(
                    change.key(),
                    new LedgerEntry(change.key(), change.expectedVersion() + 1, change.values())));
  }
}
