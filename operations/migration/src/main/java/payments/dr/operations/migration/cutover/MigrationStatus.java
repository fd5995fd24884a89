package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.Cluster;

/**
 * How far a migration is.
 *
 * @param connected whether the target reads
 * @param lagBytes of the source's log that the target has not confirmed
 * @param lag of one write, measured; empty when not connected or above the limit
 * @param errors at which the target's apply and copy workers have stopped and begun again; 0 where
 *     the target does not count them, before PostgreSQL 15
 * @param fenced generations that nobody may log in to
 * @param verified whether both sides are equal but for what their slots of changes tell
 */
public record MigrationStatus(
    MigrationRecord record,
    boolean connected,
    long lagBytes,
    Optional<Duration> lag,
    long errors,
    List<Table> tables,
    List<Slot> slots,
    List<String> fenced,
    boolean verified) {

  private static final Duration LAG_LIMIT = Duration.ofSeconds(5);

  /**
   * How far the copy of one table is.
   *
   * @param rows estimated, at the source
   * @param copied of them
   * @param state {@code copying}, {@code catching up} or {@code follows}
   */
  public record Table(String name, long rows, long copied, String state) {}

  /**
   * A replication slot of one generation.
   *
   * @param retainedBytes of the log that the server keeps for it
   */
  public record Slot(String generation, String name, boolean active, long retainedBytes) {}

  /** Writes one row, the marker, to measure the lag. */
  public static MigrationStatus of(MigrationRecord record, Cluster source, Cluster target) {
    try (Sides sides = Sides.open(source, target, SqlChanges.MADE)) {
      boolean connected = sides.replication().connected();
      List<Slot> slots = new ArrayList<>(slots(sides.source()));
      slots.addAll(slots(sides.target()));
      return new MigrationStatus(
          record,
          connected,
          lagBytes(sides),
          connected ? sides.marker().lag(LAG_LIMIT) : Optional.empty(),
          errors(sides),
          tables(sides),
          slots,
          List.of(sides.source(), sides.target()).stream()
              .filter(database -> new DatabaseFence(database).isClosed())
              .map(Database::generation)
              .toList(),
          CutoverComparison.isVerified(sides));
    }
  }

  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  public long copied() {
    return tables.stream().mapToLong(Table::copied).sum();
  }

  /**
   * Returns how long the copy needs at the rate that it had until now; empty when that is unknown.
   */
  public Optional<Duration> remaining(Instant now) {
    long left = rows() - copied();
    return record
        .startedAt()
        .filter(started -> left > 0 && copied() > 0)
        .map(started -> Duration.between(started, now).multipliedBy(left).dividedBy(copied()));
  }

  /** Returns what to run next. */
  public String next() {
    boolean following = tables.stream().allMatch(table -> table.state().equals("follows"));
    return switch (record.phase()) {
      case PREPARING -> "prepare";
      case PREPARED, STARTING -> "start";
      case REPLICATING -> {
        if (!record.source().equals(record.home())) {
          yield "finish, or rollback";
        }
        yield !following || lag.isEmpty() ? "status" : verified ? "cutover" : "verify";
      }
      case SWITCHING, ABORTING -> record.source().equals(record.home()) ? "cutover" : "rollback";
      case ABANDONING -> "rollback";
      case FINISHING -> "finish";
      case ABANDONED -> "prepare";
      case FINISHED -> "nothing";
    };
  }

  private static long lagBytes(Sides sides) {
    return sides
        .source()
        .find(
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint::text"
                + " FROM pg_replication_slots WHERE slot_name = ?",
            sides.replication().name())
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static long errors(Sides sides) {
    boolean counted =
        sides.target().holds("to_regclass('pg_catalog.pg_stat_subscription_stats') IS NOT NULL");
    return counted
        ? sides
            .target()
            .find(
                "SELECT apply_error_count + sync_error_count FROM pg_stat_subscription_stats"
                    + " WHERE subname = ?",
                sides.replication().name())
            .map(Long::parseLong)
            .orElse(0L)
        : 0;
  }

  private static List<Slot> slots(Database database) {
    return database.query(
        "SELECT slot_name, active, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)"
            + "::bigint FROM pg_replication_slots WHERE database = current_database() ORDER BY 1",
        row ->
            new Slot(database.generation(), row.getString(1), row.getBoolean(2), row.getLong(3)));
  }

  /** The target knows the state, and how many rows a copy that runs has written. */
  private static List<Table> tables(Sides sides) {
    return sides
        .target()
        .query(
            """
        SELECT format('%I.%I', n.nspname, c.relname), r.srsubstate, coalesce(p.tuples_processed, 0)
        FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
        JOIN pg_class c ON c.oid = r.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_stat_progress_copy p ON p.relid = c.oid AND p.datname = current_database()
        WHERE s.subname = ? AND n.nspname <> 'payments_migration'
        ORDER BY 1""",
            row -> table(sides.source(), row.getString(1), row.getString(2), row.getLong(3)),
            sides.replication().name());
  }

  private static Table table(Database source, String name, String state, long copied) {
    long rows =
        Math.max(
            0,
            (long)
                Double.parseDouble(
                    source.text("SELECT reltuples FROM pg_class WHERE oid = ?::regclass", name)));
    return switch (state) {
      case "r" -> new Table(name, rows, rows, "follows");
      case "i", "d" -> new Table(name, rows, Math.min(rows, copied), "copying");
      default -> new Table(name, rows, rows, "catching up");
    };
  }
}
