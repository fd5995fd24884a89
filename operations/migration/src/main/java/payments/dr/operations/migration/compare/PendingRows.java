package payments.dr.operations.migration.compare;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
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

  private static final String ADD =
      "INSERT INTO payments_migration.pending SELECT ?, k::text[] FROM unnest(?::text[]) AS k"
          + " RETURNING 'one'";

  private static final String REMOVE =
      "DELETE FROM payments_migration.pending WHERE relation = ?"
          + " AND key IN (SELECT k::text[] FROM unnest(?::text[]) AS k) RETURNING 'one'";

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

  /**
   * Forgets all rows but these, keys by tables. It writes what changes alone: what it writes is in
   * the log, too, which is read until little is new.
   */
  void replace(Map<String, Set<List<String>>> rows) {
    Map<String, Set<List<String>>> before = new HashMap<>();
    read((table, key) -> before.computeIfAbsent(table, any -> new HashSet<>()).add(key));
    database.together(
        () -> {
          before.forEach((table, keys) -> change(REMOVE, table, less(keys, rows.get(table))));
          rows.forEach((table, keys) -> change(ADD, table, less(keys, before.get(table))));
        });
  }

  private static Set<List<String>> less(Set<List<String>> keys, Set<List<String>> others) {
    Set<List<String>> rest = new HashSet<>(keys);
    rest.removeAll(others == null ? Set.of() : others);
    return rest;
  }

  private void change(String sql, String table, Set<List<String>> keys) {
    if (!keys.isEmpty()) {
      database.texts(sql, table, keys.stream().map(this::literal).toArray(String[]::new));
    }
  }

  /** An array as PostgreSQL reads it. */
  private String literal(List<String> key) {
    try {
      return database.connection().createArrayOf("text", key.toArray()).toString();
    } catch (SQLException e) {
      throw new CommandFailedException(database.generation() + ": " + e.getMessage());
    }
  }
}
