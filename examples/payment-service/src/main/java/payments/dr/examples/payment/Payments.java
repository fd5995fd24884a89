package payments.dr.examples.payment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The SQL. Every method works within a transaction of the caller's.
 *
 * @param region in which this runs
 */
record Payments(String region) {

  private static final String TAKES_NO_WRITES =
      "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'";

  private static final String KNOWS_REGIONS =
      "SELECT pg_is_in_recovery() AND to_regproc('aurora_global_db_status') IS NOT NULL";

  /** The writer's row has no lag, which is said as -1. */
  private static final String FOLLOWS =
      """
      SELECT bool_or(durability_lag_in_msec < 0 AND aws_region <> ?)
      FROM aurora_global_db_status()""";

  /** A payment that was committed. */
  record Made(UUID id, long amount, String currency) {}

  /**
   * Makes a payment unless it was made before. A second request waits for the first one's commit,
   * and sees it then.
   *
   * @return its id, the same for the same key for ever
   * @throws RefusedException when the key is of another payment
   * @throws SQLException among others when the first request is still under way
   */
  UUID pay(Connection connection, String key, Payment payment) throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO payments (id, idempotency_key, request_hash, amount, currency, region)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING""")) {
      insert.setObject(1, id);
      insert.setString(2, key);
      insert.setBytes(3, payment.hash());
      insert.setLong(4, payment.amount());
      insert.setString(5, payment.currency());
      insert.setString(6, region);
      return insert.executeUpdate() == 1 ? id : earlier(connection, key, payment);
    }
  }

  private static UUID earlier(Connection connection, String key, Payment payment)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, request_hash FROM payments WHERE idempotency_key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (!Arrays.equals(row.getBytes(2), payment.hash())) {
          throw new RefusedException(
              422, "Idempotency-Key must be new, got that of another payment");
        }
        return row.getObject(1, UUID.class);
      }
    }
  }

  /**
   * @throws SQLException among others where nothing is written: there a payment may be missing
   */
  Optional<Made> find(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, amount, currency FROM payments WHERE idempotency_key = ?")) {
      requireWriter(connection);
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Made(row.getObject(1, UUID.class), row.getLong(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** Commits no payment, but all that one needs. */
  void probe(Connection connection) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO probe (region, probed_at) VALUES (?, clock_timestamp())
            ON CONFLICT (region) DO UPDATE SET probed_at = excluded.probed_at""")) {
      upsert.setString(1, region);
      upsert.executeUpdate();
    }
  }

  /**
   * Whether this Region's database follows that of another Region, as Aurora says: then no payment
   * can be made here, and none has to be. One that takes no writes for any other reason follows
   * nobody.
   */
  boolean follows(Connection connection) throws SQLException {
    return says(connection, KNOWS_REGIONS) && says(connection, FOLLOWS, region);
  }

  private static void requireWriter(Connection connection) throws SQLException {
    if (says(connection, TAKES_NO_WRITES)) {
      throw new SQLException("the database must take writes, got one that only follows", "25006");
    }
  }

  private static boolean says(Connection connection, String question, String... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(question)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
