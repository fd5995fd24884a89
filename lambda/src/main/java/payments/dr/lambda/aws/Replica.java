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
  private static final String LAG =
      "SELECT max(durability_lag_in_msec)::bigint FROM aurora_global_db_status()"
          + " WHERE durability_lag_in_msec >= 0";

  /**
   * @param heartbeatAt null: no Region ever wrote one
   * @param lag null: the database does not tell
   */
  record Reading(Instant heartbeatAt, Duration lag) {

    static final Reading UNSEEN = new Reading(null, null);
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
      OffsetDateTime newest = first(statement, NEWEST, OffsetDateTime.class);
      return new Reading(newest == null ? null : newest.toInstant(), lag(statement));
    }
  }

  private static Duration lag(Statement statement) throws SQLException {
    if (!first(statement, KNOWS_LAG, Boolean.class)) {
      return null;
    }
    Long milliseconds = first(statement, LAG, Long.class);
    return milliseconds == null ? null : Duration.ofMillis(milliseconds);
  }

  private static <T> T first(Statement statement, String query, Class<T> type) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getObject(1, type);
    }
  }
}
