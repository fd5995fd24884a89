package payments.dr.operations.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A session that can write nothing, and sees its database as it was at one moment. */
public final class ReadOnlySession {

  /**
   * So that equal values have equal texts on every server, and rows that a policy hides are an
   * error instead of missing.
   */
  private static final List<String> SETTINGS =
      List.of(
          "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
          "SET row_security = off",
          "SET TimeZone = 'UTC'",
          "SET bytea_output = 'hex'",
          "SET IntervalStyle = 'iso_8601'",
          "SET extra_float_digits = 1");

  private ReadOnlySession() {}

  /**
   * Makes a new connection such a session.
   *
   * @param connection in auto-commit, as {@link Cluster#connect} returns it
   */
  public static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    // Without auto-commit only are rows fetched as they are needed, and all of one moment.
    connection.setAutoCommit(false);
  }
}
