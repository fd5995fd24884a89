package payments.dr.operations.migration.compare;

import java.util.List;
import java.util.function.Consumer;
import payments.dr.operations.migration.database.Database;

/**
 * Gives the target what the source has of the rows that differ, after somebody wrote to one of them
 * in spite of a fence. Of each row the key is told. Nobody writes to either side meanwhile.
 */
public final class DifferingRows {

  private static final String WRITABLE =
      """
      SELECT quote_ident(attname) FROM pg_attribute
      WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum""";

  /** So many rows are sent at once: they may be large. */
  private static final int TOGETHER = 500;

  private final Database source;
  private final Database target;

  public DifferingRows(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Replaces rows that differ, all tables in one transaction.
   *
   * @param results of a comparison
   * @param told of each row that goes, and of each that comes
   */
  public void overwrite(List<TableResult> results, Consumer<String> told) {
    target.together(
        () -> {
          // Neither triggers nor foreign keys: the source's rows are right together.
          target.always("SET LOCAL session_replication_role = replica");
          // All go before the first one comes: it may have a unique key that another had.
          List<TableResult> differing = results.stream().filter(result -> !result.equal()).toList();
          differing.forEach(result -> delete(result, told));
          differing.forEach(result -> insert(result, told));
        });
  }

  /** A row as text, and what may be shown of it: its key. */
  private record Row(String whole, String shown) {}

  private void delete(TableResult result, Consumer<String> told) {
    ComparedTable table = ComparedTable.of(source, result.table());
    for (String row : target.texts(table.deleteByKey(), table.arrays(target, result.differing()))) {
      told.accept("discarded from %s, %s: %s".formatted(target.generation(), result.table(), row));
    }
  }

  private void insert(TableResult result, Consumer<String> told) {
    ComparedTable table = ComparedTable.of(source, result.table());
    List<String> columns = source.texts(WRITABLE, result.table());
    String insert =
        ("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s"
                + " FROM (SELECT unnest(?::text[])::%s AS r) AS rows RETURNING 1")
            .formatted(
                result.table(),
                String.join(", ", columns),
                String.join(", ", columns.stream().map(column -> "(r)." + column).toList()),
                result.table());
    List<Row> rows =
        source.query(
            table.wholeRowsByKey(),
            found -> new Row(found.getString(1), found.getString(2)),
            table.arrays(source, result.differing()));
    for (int from = 0; from < rows.size(); from += TOGETHER) {
      List<Row> some = rows.subList(from, Math.min(rows.size(), from + TOGETHER));
      target.texts(insert, (Object) some.stream().map(Row::whole).toArray(String[]::new));
    }
    for (Row row : rows) {
      told.accept(
          "put into %s as %s has it, %s: %s"
              .formatted(target.generation(), source.generation(), result.table(), row.shown()));
    }
  }
}
