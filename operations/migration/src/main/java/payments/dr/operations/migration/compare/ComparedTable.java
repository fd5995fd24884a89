package payments.dr.operations.migration.compare;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.ReplicatedTables;
import payments.dr.operations.migration.database.TableName;

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
 * @param logged whether the log tells these columns of every row that changes
 * @param keys quoted columns that identify a row: those of the replica identity's index, of the
 *     primary key, or all
 * @param keyTypes their types
 * @param equalities the operators that the index finds a key by, such as {@code
 *     OPERATOR(public.=)}: those of an extension's types are not on the search path
 * @param rows about how many
 */
record ComparedTable(
    String name,
    List<String> columns,
    boolean keyed,
    boolean logged,
    List<String> keys,
    List<String> keyTypes,
    List<String> equalities,
    long rows) {

  private static final int ROWS_PER_BUCKET = 500;
  private static final int MAX_BUCKETS = 8192;

  /** So many keys are looked up in any table. */
  private static final int FEW_KEYS = 200_000;

  /** More would not be held in memory. */
  private static final int MOST_KEYS = 5_000_000;

  /** Looking a row up takes as long as reading some others. */
  private static final int ROWS_PER_KEY = 4;

  private record Column(
      String table,
      double rows,
      boolean logged,
      String name,
      String type,
      boolean inKey,
      String equality) {}

  private static final String COLUMNS =
      """
      SELECT format('%%I.%%I', n.nspname, c.relname), c.reltuples,
        coalesce(i.indimmediate AND i.indisvalid AND CASE c.relreplident WHEN 'f' THEN true
          WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END, false),
        quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        coalesce(a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]), false), (
          SELECT format('OPERATOR(%%I.%%s)', s.nspname, o.oprname)
          FROM generate_series(0, i.indnkeyatts - 1) AS p
          JOIN pg_opclass l ON l.oid = i.indclass[p]
          JOIN pg_amop m ON m.amopfamily = l.opcfamily AND m.amopstrategy = 3
            AND m.amoplefttype = l.opcintype AND m.amoprighttype = l.opcintype
          JOIN pg_operator o ON o.oid = m.amopopr JOIN pg_namespace s ON s.oid = o.oprnamespace
          WHERE i.indkey[p] = a.attnum)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_index i ON i.indexrelid = (
        SELECT x.indexrelid FROM pg_index x WHERE x.indrelid = c.oid
        AND (x.indisprimary OR x.indisreplident)
        ORDER BY NOT (c.relreplident = 'i' AND x.indisreplident), NOT x.indisprimary LIMIT 1)
      WHERE %s ORDER BY 1, a.attnum""";

  /** Reads one table, by its name as SQL. */
  static ComparedTable of(Database database, String name) {
    return read(database, "c.oid = ?::regclass", name).get(0);
  }

  /** Reads every table whose rows move. */
  static List<ComparedTable> all(Database database) {
    return read(database, ReplicatedTables.MOVED);
  }

  private static List<ComparedTable> read(
      Database database, String condition, Object... parameters) {
    Map<String, List<Column>> tables =
        database
            .query(
                COLUMNS.formatted(condition),
                row ->
                    new Column(
                        row.getString(1),
                        row.getDouble(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6),
                        row.getString(7)),
                parameters)
            .stream()
            .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
    return tables.values().stream().map(ComparedTable::of).toList();
  }

  private static ComparedTable of(List<Column> columns) {
    boolean keyed = columns.stream().anyMatch(Column::inKey);
    List<Column> keys = columns.stream().filter(column -> !keyed || column.inKey()).toList();
    Column any = columns.get(0);
    return new ComparedTable(
        any.table(),
        columns.stream().map(Column::name).toList(),
        keyed,
        keyed && any.logged(),
        keys.stream().map(Column::name).toList(),
        keys.stream().map(Column::type).toList(),
        keyed ? keys.stream().map(Column::equality).toList() : List.of(),
        (long) Math.max(0, any.rows()));
  }

  TableName tableName() {
    return TableName.of(name);
  }

  /** Returns the columns that identify a row, not quoted. */
  List<String> keyNames() {
    return keys.stream().map(TableName::unquoted).toList();
  }

  /** Whether all rows are read sooner than so many are looked up. */
  boolean isSoonerReadAsAWhole(int someKeys) {
    return someKeys > MOST_KEYS || someKeys > Math.max(FEW_KEYS, rows / ROWS_PER_KEY);
  }

  /** One line for each bucket: number, rows, sum. */
  String sums() {
    return "SELECT %s AS bucket, count(*), sum(%s) FROM ONLY %s t GROUP BY 1"
        .formatted(bucket(), checksum(), name);
  }

  /** One line for each key of some buckets: its columns as texts, the checksum of its rows. */
  String rowsOf(String someBuckets) {
    return rows("ONLY %s t WHERE %s IN (%s)".formatted(name, bucket(), someBuckets));
  }

  /** The same for rows whose keys are given, one array of texts for each column. */
  String rowsByKey() {
    return rows(byKey());
  }

  /** Without an index there may be any number of rows that are the same. */
  private String rows(String from) {
    return keyed
        ? "SELECT ARRAY[%s], %s FROM %s".formatted(texts("t."), checksum(), from)
        : "SELECT ARRAY[%s] COLLATE \"C\", mod(sum(%s), %d)::bigint FROM %s GROUP BY 1"
            .formatted(texts("t."), checksum(), Long.MAX_VALUE, from);
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
        keyed
            ? IntStream.range(0, keys.size())
                .mapToObj(this::sameKey)
                .collect(Collectors.joining(" AND "))
            : sameTexts(names);
    return "ROWS FROM (unnest(%s)) AS k (%s) JOIN ONLY %s t ON %s"
        .formatted(arrays, names, name, match);
  }

  private String sameKey(int i) {
    return "t.%s %s k%d::%s".formatted(keys.get(i), equalities.get(i), i, keyTypes.get(i));
  }

  /**
   * Without an index every row is read anyway, and a column may be null or have no equality. Arrays
   * with a null in the same place are equal, and are hashed: the table is read once, and not once
   * for each row that is looked for.
   */
  private String sameTexts(String names) {
    return "ARRAY[%s] COLLATE \"C\" = ARRAY[%s]".formatted(texts("t."), names);
  }

  private String checksum() {
    return "hashtextextended(ROW(%s)::text COLLATE \"C\", 0)".formatted(prefixed(columns));
  }

  private String bucket() {
    return "abs(hashtext(ROW(%s)::text COLLATE \"C\")::bigint) %% %d"
        .formatted(prefixed(keys), Math.max(1, Math.min(MAX_BUCKETS, rows / ROWS_PER_BUCKET)));
  }

  private String texts(String prefix) {
    return keys.stream().map(key -> prefix + key + "::text").collect(Collectors.joining(", "));
  }

  private static String prefixed(List<String> columns) {
    return columns.stream().map(column -> "t." + column).collect(Collectors.joining(", "));
  }
}
