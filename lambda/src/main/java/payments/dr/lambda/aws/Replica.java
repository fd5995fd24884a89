package payments.dr.lambda.aws;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * What this Region's databases know of replication.
 *
 * @param readers addresses by generation
 */
public record Replica(DatabaseSignIn access, Map<String, DatabaseAddress> readers) {

  /** The newest row, whichever Region wrote it: only the one that writes adds to it. */
  private static final String NEWEST = "SELECT max(beat_at) FROM payments_dr.heartbeat";

  private static final String KNOWS_LAG =
      "SELECT to_regproc('aurora_global_db_status') IS NOT NULL";

  /** Of the Region that follows; the writer's own row says -1. */
  private static final String STATUS =
      "SELECT max(durability_lag_in_msec)::bigint,"
          + " min(last_lag_calculation_time"
          + "   - greatest(durability_lag_in_msec, rpo_lag_in_msec) * interval '1 ms')"
          + " FROM aurora_global_db_status() WHERE durability_lag_in_msec >= 0";

  /**
   * @param heartbeatAt null: no Region ever wrote one
   * @param lag null: the database does not tell
   * @param replicatedAt until when the Region that follows has everything; null: the database does
   *     not tell
   */
  record Reading(Instant heartbeatAt, Duration lag, Instant replicatedAt) {

    static final Reading UNSEEN = new Reading(null, null, null);
  }

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
      Instant newest = instant(first(statement, NEWEST, OffsetDateTime.class));
      return first(statement, KNOWS_LAG, Boolean.class)
          ? withStatus(statement, newest)
          : new Reading(newest, null, null);
    }
  }

  private static Reading withStatus(Statement statement, Instant newest) throws SQLException {
    try (ResultSet row = statement.executeQuery(STATUS)) {
      row.next();
      Long milliseconds = row.getObject(1, Long.class);
      return new Reading(
          newest,
          milliseconds == null ? null : Duration.ofMillis(milliseconds),
          instant(row.getObject(2, OffsetDateTime.class)));
    }
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static <T> T first(Statement statement, String query, Class<T> type) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getObject(1, type);
    }
  }
}
