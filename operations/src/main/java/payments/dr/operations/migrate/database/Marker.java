package payments.dr.operations.migrate.database;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A row written at the source and awaited at the target. Replication applies transactions in the
 * order of their commits: who sees the marker has everything committed before it.
 */
public final class Marker {

  private final Database source;
  private final Database target;

  public Marker(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  /** Where the source's log stood before the marker: everything up to there is awaited with it. */
  public record Written(String lsn, String token) {}

  public Written write() {
    String lsn = source.text("SELECT pg_current_wal_lsn()::text");
    String token = UUID.randomUUID().toString();
    source.change(
        """
        INSERT INTO payments_migration.marker VALUES (1, '%1$s', '%2$s')
        ON CONFLICT (id) DO UPDATE SET lsn = excluded.lsn, token = excluded.token"""
            .formatted(lsn, token));
    return new Written(lsn, token);
  }

  public boolean arrived(Written written) {
    return target.holds(
        "EXISTS (SELECT FROM payments_migration.marker WHERE token = ? AND lsn >= ?::pg_lsn)",
        written.token(),
        written.lsn());
  }

  /** How long a write takes to the target; empty when longer than the limit. */
  public Optional<Duration> lag(Duration limit) {
    long began = System.nanoTime();
    Written written = write();
    boolean there = Waiting.holdsWithin(limit, () -> arrived(written));
    return there ? Optional.of(Duration.ofNanos(System.nanoTime() - began)) : Optional.empty();
  }
}
