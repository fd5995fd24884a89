package payments.dr.operations.migration.cutover;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/** A ledger that processes of a test share, and that a killed one leaves whole. */
final class FileLedger implements Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One lock per JVM: a file's lock does not keep threads of the same JVM apart. */
  private static final Object THREADS = new Object();

  private final Path file;

  FileLedger(Path file) {
    this.file = file;
  }

  /** What a key holds: version and values. */
  private record Stored(long version, Map<String, String> values) {}

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    return Optional.ofNullable(load().get(name(key)))
        .map(stored -> new LedgerEntry(key, stored.version(), stored.values()));
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    return load().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(entity + "|"))
        .map(
            entry ->
                new LedgerEntry(
                    new LedgerKey(entity, entry.getKey().substring(entity.length() + 1)),
                    entry.getValue().version(),
                    entry.getValue().values()))
        .toList();
  }

  @Override
  public void write(List<LedgerChange> changes) {
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  file.resolveSibling("ledger.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Map<String, Stored> entries = load();
        for (LedgerChange change : changes) {
          Stored current = entries.get(name(change.key()));
          if ((current == null ? 0 : current.version()) != change.expectedVersion()) {
            throw new LedgerConflictException(
                change.key() + " must have version " + change.expectedVersion() + lock.isShared());
          }
        }
        for (LedgerChange change : changes) {
          if (change.values() != null) {
            entries.put(
                name(change.key()), new Stored(change.expectedVersion() + 1, change.values()));
          }
        }
        Path next = file.resolveSibling("ledger.next");
        JSON.writeValue(next.toFile(), entries);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Map<String, Stored> load() {
    try {
      return Files.exists(file)
          ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Stored>>() {})
          : new TreeMap<>();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(LedgerKey key) {
    return key.entity() + "|" + key.entry();
  }
}
