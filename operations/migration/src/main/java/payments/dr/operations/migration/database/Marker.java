package payments.dr.operations.migration.database;

import java.time.Duration;
import java.util.Optional;

/**
 * A row written at the source and awaited at the target. Replication applies transactions in the
 * order of their commits: who sees that the source's log had reached a position when the row was
 * written has everything committed before that position.
 */
public final class Marker {

  private final Database source;
  private final Database target;

  public Marker(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Writes the marker. Several may write at once: the row never goes back.
   *
   * @return where the source's log stood: everything committed until now is before it
   */
  public String write() {
    String lsn = source.text("SELECT pg_current_wal_insert_lsn()::text");
    source.change(
        """
        INSERT INTO payments_migration.marker AS m VALUES (1, '%1$s', '%2$s')
        ON CONFLICT (id) DO UPDATE SET source = excluded.source,
        lsn = CASE m.source WHEN excluded.source THEN greatest(m.lsn, excluded.lsn)
          ELSE excluded.lsn END"""
            .formatted(source.generation(), lsn));
    return lsn;
  }

  /** Positions of one server's log mean nothing in another's, hence the name beside it. */
  public boolean arrived(String lsn) {
    return target.holds(
        "EXISTS (SELECT FROM payments_migration.marker WHERE source = ? AND lsn >= ?::pg_lsn)",
        source.generation(),
        lsn);
  }

  /** Returns how long a write takes to the target; empty when longer than the limit. */
  public Optional<Duration> lag(Duration limit) {
    long began = System.nanoTime();
    String written = write();
    boolean there = Waiting.holdsWithin(limit, () -> arrived(written));
    return there ? Optional.of(Duration.ofNanos(System.nanoTime() - began)) : Optional.empty();
  }
}
