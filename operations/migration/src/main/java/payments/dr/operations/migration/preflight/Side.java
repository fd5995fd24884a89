package payments.dr.operations.migration.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.postgres.Cluster;

/**
 * One side of the migration, in a transaction that can only read.
 *
 * @param generation such as {@code v1}
 */
record Side(String generation, Connection connection) implements AutoCloseable {

  /** An object, what is found of it, and the fix. */
  record Row(String object, String found, String fix) {}

  static Side of(Cluster cluster) throws SQLException {
    Connection connection = cluster.connect();
    try (Statement statement = connection.createStatement()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      // Names then come with their schema, and nobody's function is called by mistake.
      statement.execute("SET LOCAL search_path TO pg_catalog");
      return new Side(cluster.generation(), connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @param sql gives three columns: object, found, fix
   */
  List<Row> ask(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<Row> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(new Row(result.getString(1), result.getString(2), result.getString(3)));
        }
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
