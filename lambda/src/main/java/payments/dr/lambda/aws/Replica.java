package payments.dr.lambda.aws;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * What this Region's databases know of replication.
 *
 * @param drRegion such as {@code us-east-2}
 * @param readers addresses by generation
 */
public record Replica(
    DatabaseSignIn access,
    String drRegion,
    Map<String, DatabaseAddress> readers,
    InstantSource clock) {

  /** The newest row, whichever Region wrote it: only the one that writes adds to it. */
  private static final String NEWEST = "SELECT max(beat_at) FROM payments_dr.heartbeat";

  private static final String KNOWS_LAG =
      "SELECT to_regproc('aurora_global_db_status') IS NOT NULL";

  /** By which the clocks of two database servers may differ. */
  private static final long CLOCKS_APART_MILLIS = 2000;

  /** The Region that follows; the writer's own row says -1. */
  private static final String FOLLOWER =
      "SELECT aws_region, highest_lsn_written::bigint AS position,"
          + " durability_lag_in_msec::bigint AS lag,"
          + " rpo_lag_in_msec::bigint AS commit_lag,"
          + " (1000 * extract(epoch FROM clock_timestamp() - last_lag_calculation_time))::bigint"
          + " AS lag_age"
          + " FROM aurora_global_db_status() WHERE durability_lag_in_msec >= 0";

  /**
   * @param heartbeatAt null: no Region ever wrote one
   * @param lag of the Region that follows, whichever it is; null: the database does not tell
   * @param follower the DR Region as one that follows; null: it does not, or the database does not
   *     tell
   */
  record Reading(Instant heartbeatAt, Duration lag, Follower follower) {

    static final Reading UNSEEN = new Reading(null, null, null);
  }

  /**
   * How far the DR Region has come.
   *
   * @param at when it was asked, by the function's clock
   * @param position the highest log sequence number written there
   * @param behind how far it was behind, and how long ago that was reckoned
   */
  record Follower(Instant at, long position, Duration behind) {}

  /**
   * @throws SQLException when the database does not answer in time
   */
  Reading look(String generation) throws SQLException {
    DatabaseAddress reader = readers.get(generation);
    if (reader == null) {
      throw new IllegalArgumentException(
          "generation must be deployed (%s), got \"%s\""
              .formatted(String.join(", ", readers.keySet()), generation));
    }
    try (Connection connection = access.connect(reader);
        Statement statement = connection.createStatement()) {
      OffsetDateTime newest = first(statement, NEWEST, OffsetDateTime.class);
      Instant heartbeatAt = newest == null ? null : newest.toInstant();
      return first(statement, KNOWS_LAG, Boolean.class)
          ? follower(statement, heartbeatAt)
          : new Reading(heartbeatAt, null, null);
    }
  }

  private Reading follower(Statement statement, Instant heartbeatAt) throws SQLException {
    // Before the question: what is known is not newer than that.
    Instant at = clock.instant();
    try (ResultSet row = statement.executeQuery(FOLLOWER)) {
      if (!row.next()) {
        return new Reading(heartbeatAt, null, null);
      }
      Duration lag = Duration.ofMillis(row.getLong("lag"));
      boolean dr = drRegion.equals(row.getString("aws_region"));
      return new Reading(heartbeatAt, lag, dr ? follower(at, row) : null);
    }
  }

  /** Null where the database leaves something open: then its lag says nothing. */
  private static Follower follower(Instant at, ResultSet row) throws SQLException {
    Long position = row.getObject("position", Long.class);
    Long lag = row.getObject("lag", Long.class);
    Long commitLag = row.getObject("commit_lag", Long.class);
    Long age = row.getObject("lag_age", Long.class);
    if (position == null || commitLag == null || age == null || age < -CLOCKS_APART_MILLIS) {
      return null;
    }
    long behind = Math.max(lag, commitLag) + Math.max(0, age);
    return new Follower(at, position, Duration.ofMillis(behind));
  }

  private static <T> T first(Statement statement, String query, Class<T> type) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getObject(1, type);
    }
  }
}
