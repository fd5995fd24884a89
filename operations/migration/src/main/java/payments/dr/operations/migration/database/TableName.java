package payments.dr.operations.migration.database;

/**
 * A table's name. Two servers may quote a name differently, because a later one reserves more
 * words: names are compared as they are.
 *
 * @param schema not quoted
 * @param table not quoted
 * @param quoted as SQL, schema included, such as {@code app."Own"}
 */
public record TableName(String schema, String table, String quoted) {

  /**
   * Makes a name of SQL's identifiers.
   *
   * @param schema quoted where need be
   * @param table quoted where need be
   */
  static TableName of(String schema, String table) {
    return new TableName(unquoted(schema), unquoted(table), schema + "." + table);
  }

  /** Makes a name of SQL's, with its schema, such as {@code app."Own"}. */
  public static TableName of(String quoted) {
    int dot =
        quoted.startsWith("\"")
            ? quoted.replace("\"\"", "__").indexOf("\".") + 1
            : quoted.indexOf('.');
    return of(quoted.substring(0, dot), quoted.substring(dot + 1));
  }

  /** Returns an identifier of SQL as it is. */
  public static String unquoted(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableName name
        && name.schema.equals(schema)
        && name.table.equals(table);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + table.hashCode();
  }
}
