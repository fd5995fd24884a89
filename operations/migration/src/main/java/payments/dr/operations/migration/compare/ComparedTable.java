package payments.dr.operations.migration.compare;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;

/**
 * The SQL that compares one table.
 *
 * <p>A row's checksum is a 64-bit hash of its text; sums of them do not depend on the order of
 * rows. PostgreSQL computes this hash alike in every version, and the session fixes what texts
 * depend on.
 *
 * @param name quoted, with its schema
 * @param columns quoted, all of them, generated ones too
 * @param keyed whether an index says which columns identify a row
 * @param keys quoted columns that identify a row: the primary key, that of the replica identity, or
 *     all
 * @param keyTypes their types
 * @param buckets how many parts the rows are divided into by their keys
 */
record ComparedTable(
    String name,
    List<String> columns,
    boolean keyed,
    List<String> keys,
    List<String> keyTypes,
    int buckets) {

  private static final int ROWS_PER_BUCKET = 500;
  private static final int MAX_BUCKETS = 8192;

  private record Column(String name, String type, boolean inKey) {}

  static ComparedTable of(Database database, String name) {
    List<Column> columns =
        database.query(
            """
            SELECT quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
              COALESCE(a.attnum = ANY (i.indkey), false)
            FROM pg_attribute a LEFT JOIN pg_index i ON i.indexrelid = (
              SELECT x.indexrelid FROM pg_index x WHERE x.indrelid = a.attrelid
              AND (x.indisprimary OR x.indisreplident) ORDER BY NOT x.indisprimary LIMIT 1)
            WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""",
            row -> new Column(row.getString(1), row.getString(2), row.getBoolean(3)),
            name);
    boolean keyed = columns.stream().anyMatch(Column::inKey);
    List<Column> keys = columns.stream().filter(column -> !keyed || column.inKey()).toList();
    double rows =
        Double.parseDouble(
            database.text("SELECT reltuples FROM pg_class WHERE oid = ?::regclass", name));
    int buckets = (int) Math.max(1, Math.min(MAX_BUCKETS, rows / ROWS_PER_BUCKET));
    return new ComparedTable(
        name,
        columns.stream().map(Column::name).toList(),
        keyed,
        keys.stream().map(Column::name).toList(),
        keys.stream().map(Column::type).toList(),
        buckets);
  }

  /** One line for each bucket: number, rows, sum. */
  String sums() {
    return "SELECT %s AS bucket, count(*), sum(%s) FROM ONLY %s t GROUP BY 1"
        .formatted(bucket(), checksum(), name);
  }

  /** One line for each row of some buckets: its key's columns as texts, its checksum. */
  String rowsOf(String someBuckets) {
    return "SELECT ARRAY[%s], %s FROM ONLY %s t WHERE %s IN (%s)"
        .formatted(texts("t."), checksum(), name, bucket(), someBuckets);
  }

  /** The same for rows whose keys are given, one array of texts for each column. */
  String rowsByKey() {
    return "SELECT ARRAY[%s], %s ".formatted(texts("t."), checksum()) + "FROM " + byKey();
  }

  /** One line for each row whose key is given: the whole row as text, and what may be shown. */
  String wholeRowsByKey() {
    return "SELECT t::text, %s FROM ".formatted(shown("t.")) + byKey();
  }

  /** Deletes them; one line for each row, with what may be shown of it. */
  String deleteByKey() {
    return "DELETE FROM ONLY %s AS d WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM %s)) RETURNING %s"
        .formatted(name, byKey(), shown("d."));
  }

  /** The key; without one, every column could be customers' data. */
  private String shown(String prefix) {
    return keyed
        ? "ROW(%s)::text"
            .formatted(keys.stream().map(key -> prefix + key).collect(Collectors.joining(", ")))
        : "'a row without a key'";
  }

  /** The arguments of what asks by key. */
  Object[] arrays(Database database, Collection<List<String>> given) {
    Object[] arrays = new Object[keys.size()];
    try {
      for (int i = 0; i < arrays.length; i++) {
        int column = i;
        arrays[i] =
            database
                .connection()
                .createArrayOf("text", given.stream().map(key -> key.get(column)).toArray());
      }
    } catch (SQLException e) {
      throw new CommandFailedException(database.generation() + ": " + e.getMessage());
    }
    return arrays;
  }

  private String byKey() {
    String names =
        IntStream.range(0, keys.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    String arrays = keys.stream().map(key -> "?::text[]").collect(Collectors.joining(", "));
    String match =
        IntStream.range(0, keys.size())
            .mapToObj(
                i -> "t.%s IS NOT DISTINCT FROM k%d::%s".formatted(keys.get(i), i, keyTypes.get(i)))
            .map(
                condition ->
                    keys.equals(columns)
                        ? condition
                        : condition.replace("IS NOT DISTINCT FROM", "="))
            .collect(Collectors.joining(" AND "));
    return "ROWS FROM (unnest(%s)) AS k (%s) JOIN ONLY %s t ON %s"
        .formatted(arrays, names, name, match);
  }

  private String checksum() {
    return "hashtextextended(ROW(%s)::text COLLATE \"C\", 0)".formatted(prefixed(columns));
  }

  private String bucket() {
    return "abs(hashtext(ROW(%s)::text COLLATE \"C\")::bigint) %% %d"
        .formatted(prefixed(keys), buckets);
  }

  private String texts(String prefix) {
    return keys.stream().map(key -> prefix + key + "::text").collect(Collectors.joining(", "));
  }

  private static String prefixed(List<String> columns) {
    return columns.stream().map(column -> "t." + column).collect(Collectors.joining(", "));
  }
}
