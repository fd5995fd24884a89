package payments.dr.operations.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;
import payments.dr.operations.postgres.ReadOnlySession;

/**
 * One writer's payments as they were at one moment, in a session that can write nothing. Rows come
 * {@value #ROWS} at a time.
 */
final class PaymentReader implements AutoCloseable {

  private static final int ROWS = 1_000;

  private static final String COLUMNS =
      "SELECT attname, format_type(atttypid, -1) FROM pg_attribute"
          + " WHERE attrelid = CAST(? AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";

  private final String whose;
  private final PaymentTable table;
  private final Connection connection;
  private final Map<String, String> types;

  private PaymentReader(
      String whose, PaymentTable table, Connection connection, Map<String, String> types) {
    this.whose = whose;
    this.table = table;
    this.connection = connection;
    this.types = types;
  }

  /**
   * @param whose such as {@code former primary}, for messages
   * @throws BadInputException when the table has no such columns
   * @throws CommandFailedException when it cannot be read
   */
  static PaymentReader open(String whose, Cluster cluster, PaymentTable table) {
    Connection connection = null;
    try {
      connection = cluster.connect();
      ReadOnlySession.begin(connection);
      Map<String, String> types = types(connection, table);
      for (String column : table.needed()) {
        if (!types.containsKey(column)) {
          throw new BadInputException(
              "column must be one of %s of %s, got \"%s\" (see --key, --id, --created)"
                  .formatted(String.join(", ", types.keySet()), table.table(), column));
        }
      }
      return new PaymentReader(whose, table, connection, types);
    } catch (SQLException e) {
      close(connection, e);
      throw unreadable(whose, table, e);
    } catch (BadInputException e) {
      close(connection, e);
      throw e;
    }
  }

  /** SQL's names of the columns' types, which a value is cast to, by the names of the columns. */
  private static Map<String, String> types(Connection connection, PaymentTable table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.quotedTable());
      Map<String, String> types = new LinkedHashMap<>();
      try (ResultSet columns = statement.executeQuery()) {
        while (columns.next()) {
          types.put(columns.getString(1), columns.getString(2));
        }
      }
      return types;
    }
  }

  Collection<String> columns() {
    return types.keySet();
  }

  /**
   * Made since then, in the order of their keys.
   *
   * @param columns whose values are compared
   */
  Iterator<Row> since(Instant time, List<String> columns) {
    return asking(
        () ->
            new Rows(rows(columns, PaymentTable.quoted(table.created()) + " >= ?"), 1, time(time)));
  }

  /**
   * Of these keys, in the order of the keys.
   *
   * @param keys not too many for one statement
   */
  Iterator<Row> of(Collection<String> keys, List<String> columns) {
    return asking(() -> new Rows(rows(columns, isOneOfKeys()), 1, array(keys)));
  }

  /** Whole payments of these keys, as JSON on one line each, by key and id. */
  Map<String, String> json(Collection<String> keys) {
    String sql =
        "SELECT this_row.%1$s::text, this_row.%2$s::text, to_jsonb(this_row)::text FROM %3$s this_row WHERE %4$s"
            .formatted(
                PaymentTable.quoted(table.key()),
                PaymentTable.quoted(table.id()),
                table.quotedTable(),
                isOneOfKeys());
    return asking(
        () -> {
          Map<String, String> found = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, array(keys));
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.put(name(rows.getString(1), rows.getString(2)), rows.getString(3));
              }
            }
          }
          return found;
        });
  }

  /** Of a payment in {@link #json}. */
  static String name(String key, String id) {
    // PostgreSQL's texts hold every character but this one.
    return key + '\0' + id;
  }

  private String rows(List<String> columns, String condition) {
    return """
        SELECT this_row.%1$s::text, this_row.%2$s::text,
          encode(sha256(convert_to(to_jsonb(this_row)::text, 'UTF8')), 'hex'),
          this_row.%3$s::timestamptz
        FROM (SELECT %4$s FROM %5$s WHERE %6$s) this_row
        ORDER BY this_row.%1$s::text COLLATE "C", this_row.%2$s::text COLLATE "C"
        """
        .formatted(
            PaymentTable.quoted(table.key()),
            PaymentTable.quoted(table.id()),
            PaymentTable.quoted(table.created()),
            columns.stream().map(PaymentTable::quoted).collect(Collectors.joining(", ")),
            table.quotedTable(),
            condition);
  }

  /** In the column's own type, or its index is of no use. */
  private String isOneOfKeys() {
    return "%s = ANY (CAST(? AS text[])::%s[])"
        .formatted(PaymentTable.quoted(table.key()), types.get(table.key()));
  }

  private Object array(Collection<String> keys) throws SQLException {
    return connection.createArrayOf("text", keys.toArray());
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(whose, table, e);
    }
  }

  private static void close(Connection connection, Exception because) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private static CommandFailedException unreadable(
      String whose, PaymentTable table, SQLException e) {
    return new CommandFailedException(
        "table %s of the %s must be readable, got \"%s\""
            .formatted(table.table(), whose, e.getMessage()));
  }

  private <T> T asking(Asked<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw unreadable(whose, table, e);
    }
  }

  private interface Asked<T> {
    T ask() throws SQLException;
  }

  /** Ends its statement with its last row; what is left of it ends with the session. */
  private final class Rows implements Iterator<Row> {

    private final PreparedStatement statement;
    private final ResultSet rows;
    private boolean ready;

    Rows(String sql, int parameter, Object value) throws SQLException {
      statement = connection.prepareStatement(sql);
      statement.setFetchSize(ROWS);
      statement.setObject(parameter, value);
      rows = statement.executeQuery();
      advance();
    }

    @Override
    public boolean hasNext() {
      return ready;
    }

    @Override
    public Row next() {
      if (!ready) {
        throw new NoSuchElementException();
      }
      return asking(
          () -> {
            Row row =
                new Row(
                    set(1, table.key()),
                    set(2, table.id()),
                    rows.getString(3),
                    created(rows.getObject(4, OffsetDateTime.class)));
            advance();
            return row;
          });
    }

    private void advance() throws SQLException {
      ready = rows.next();
      if (!ready) {
        statement.close();
      }
    }

    private Instant created(OffsetDateTime time) {
      return required(time, table.created()).toInstant();
    }

    private String set(int column, String name) throws SQLException {
      return required(rows.getString(column), name);
    }

    private <T> T required(T value, String column) {
      if (value == null) {
        throw new BadInputException(
            "column %s of %s must be set in every row, got a row of the %s without (see --key, --id, --created)"
                .formatted(column, table.table(), whose));
      }
      return value;
    }
  }
}
