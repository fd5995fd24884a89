package payments.dr.operations.migration.compare;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;

/**
 * Rows that changed, and of which no look could say that they are equal: they are kept when the log
 * that told of them is settled, so that the cutover compares them.
 */
final class PendingRows {

  private final Database database;

  PendingRows(Database database) {
    this.database = database;
  }

  /** Gives each row's table and key; an empty key stands for the whole table. */
  void read(BiConsumer<String, List<String>> each) {
    database.query(
        "SELECT relation, key FROM payments_migration.pending",
        row -> {
          each.accept(row.getString(1), List.of((String[]) row.getArray(2).getArray()));
          return row;
        });
  }

  /** Forgets all rows but these, keys by tables. */
  void replace(Map<String, Set<List<String>>> rows) {
    database.together(
        () -> {
          database.change("DELETE FROM payments_migration.pending");
          rows.forEach((table, keys) -> keys.forEach(key -> add(table, key)));
        });
  }

  private void add(String table, List<String> key) {
    try {
      Array array = database.connection().createArrayOf("text", key.toArray());
      database.texts(
          "INSERT INTO payments_migration.pending VALUES (?, ?::text[]) RETURNING 'one'",
          table,
          array);
    } catch (SQLException e) {
      throw new CommandFailedException(database.generation() + ": " + e.getMessage());
    }
  }
}
