package payments.dr.operations.restore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import payments.dr.operations.postgres.ApplicationTables;
import payments.dr.operations.postgres.PaymentTable;
import payments.dr.operations.postgres.ReadOnlySession;

/**
 * What is in a database, as far as a restore is judged by it.
 *
 * @param schema digest of the application's tables and their columns
 * @param beat newest heartbeat of whichever Region
 * @param newest when the newest payment was made
 */
record Contents(String version, String schema, Optional<Instant> beat, Optional<Instant> newest) {

  /** Of a larger table, PostgreSQL's own estimate is told instead of a count. */
  private static final long COUNTED_BYTES = 4L << 30;

  private static final String APPLICATION =
      ApplicationTables.SCHEMAS + " AND " + ApplicationTables.NOT_OF_EXTENSION;

  private static final String TABLES =
      "SELECT n.nspname, c.relname, pg_relation_size(c.oid), greatest(c.reltuples, 0)::bigint"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind = 'r' AND "
          + APPLICATION;

  private static final String SCHEMA =
      "SELECT encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', n.nspname, c.relname,"
          + " a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), E'\\n'"
          + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\", a.attnum), ''),"
          + " 'UTF8')), 'hex')"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " WHERE c.relkind IN ('r', 'p') AND "
          + APPLICATION;

  /**
   * Reads it in a session that can write nothing.
   *
   * @param connection new, in auto-commit
   */
  static Contents of(Connection connection, PaymentTable payments) throws SQLException {
    ReadOnlySession.begin(connection);
    return new Contents(
        text(connection, "SHOW server_version"),
        text(connection, SCHEMA),
        exists(connection, "payments_dr.heartbeat")
            ? moment(connection, "SELECT max(beat_at) FROM payments_dr.heartbeat")
            : Optional.empty(),
        exists(connection, payments.quotedTable())
            ? moment(
                connection,
                "SELECT max(%s)::timestamptz FROM %s"
                    .formatted(PaymentTable.quoted(payments.created()), payments.quotedTable()))
            : Optional.empty());
  }

  /**
   * Counts the rows of each of the application's tables, such as {@code 12} or {@code about
   * 90000000}, in the session that {@link #of} made. It reads the tables: not for one that runs.
   */
  static SortedMap<String, String> rows(Connection connection) throws SQLException {
    SortedMap<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        String schema = tables.getString(1);
        String table = tables.getString(2);
        rows.put(
            schema + "." + table,
            tables.getLong(3) <= COUNTED_BYTES
                ? text(
                    connection,
                    "SELECT count(*) FROM "
                        + PaymentTable.quoted(schema)
                        + "."
                        + PaymentTable.quoted(table))
                : "about " + tables.getLong(4));
      }
    }
    return rows;
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, table);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static Optional<Instant> moment(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return Optional.ofNullable(answer.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  /**
   * Payments that were made before a time, and a checksum of those of the last day before it.
   *
   * @param all how many there are
   * @param day how many of them are of the last day
   */
  record Payments(long all, long day, String checksum) {

    /** So that one statement reads what it sums up once. */
    private static final String SQL =
        """
        SELECT count(*), count(*) FILTER (WHERE this_row.%1$s >= ?),
          coalesce(sum(('x' || substr(md5(this_row::text), 1, 15))::bit(60)::bigint)
            FILTER (WHERE this_row.%1$s >= ?), 0)::text
        FROM %2$s this_row WHERE this_row.%1$s < ?
        """;

    /**
     * Reads them in the session that {@link Contents#of} made.
     *
     * @param until when the first was made that does not count
     */
    static Payments before(Instant until, Connection connection, PaymentTable table)
        throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement(
              SQL.formatted(PaymentTable.quoted(table.created()), table.quotedTable()))) {
        OffsetDateTime end = until.atOffset(ZoneOffset.UTC);
        statement.setObject(1, end.minusDays(1));
        statement.setObject(2, end.minusDays(1));
        statement.setObject(3, end);
        try (ResultSet answer = statement.executeQuery()) {
          answer.next();
          return new Payments(answer.getLong(1), answer.getLong(2), answer.getString(3));
        }
      }
    }
  }
}
