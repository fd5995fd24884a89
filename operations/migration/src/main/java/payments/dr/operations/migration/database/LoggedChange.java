package payments.dr.operations.migration.database;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change as {@code test_decoding} tells it, such as {@code table app.own: UPDATE: old-key:
 * id[integer]:7 new-tuple: id[integer]:8 owner[text]:'it''s'}.
 *
 * @param tables that it changed: several only when they were truncated together
 * @param action {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code TRUNCATE}
 * @param before what the log says of an updated row as it was: its identity, and only when that
 *     changed; empty otherwise
 * @param row the row, of a deleted one its identity; empty when the log has none
 */
public record LoggedChange(
    List<TableName> tables, String action, List<Column> before, List<Column> row) {

  private static final String TABLE = "table ";
  private static final Set<String> ACTIONS = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");

  /** What is told of a large value that an update left as it was, instead of the value. */
  private static final String UNCHANGED = "unchanged-toast-datum";

  /**
   * A column of one row.
   *
   * @param name as SQL, quoted where need be
   * @param literal as it is told, quotes included
   */
  record Column(String name, String type, String literal) {

    /** Returns the value as PostgreSQL reads it; empty when it is null or not told. */
    Optional<String> value() {
      if (literal.equals("null") || literal.equals(UNCHANGED)) {
        return Optional.empty();
      }
      int quote = literal.indexOf('\'');
      return Optional.of(
          quote < 0
              ? literal
              : literal.substring(quote + 1, literal.length() - 1).replace("''", "'"));
    }
  }

  /**
   * Reads one line of {@code test_decoding}.
   *
   * @return empty for what is no change of a table, such as the end of a transaction
   * @throws IllegalArgumentException when it is not understood; the message holds no value of a row
   */
  static Optional<LoggedChange> of(String line) {
    if (line.startsWith(TABLE)) {
      return Optional.of(new Parser(line).change());
    }
    if (line.equals("BEGIN")
        || line.startsWith("BEGIN ")
        || line.equals("COMMIT")
        || line.startsWith("COMMIT ")
        || line.startsWith("message: ")) {
      return Optional.empty();
    }
    throw new IllegalArgumentException(
        "line of test_decoding must tell a change or a transaction's bounds, got one of %d characters"
            .formatted(line.length()));
  }

  /** Returns the change of one of its tables. */
  LoggedChange of(TableName table) {
    return new LoggedChange(List.of(table), action, before, row);
  }

  /** Returns the table that it changed. */
  public TableName table() {
    return tables.get(0);
  }

  public boolean isTruncation() {
    return action.equals("TRUNCATE");
  }

  /**
   * Returns the keys of the rows that it touched, each column's value as a text: two of them when
   * it gave a row another key.
   *
   * @param columns that identify a row, not quoted; the table's replica identity holds all of them
   * @return empty when it does not tell them all
   */
  public Optional<Set<List<String>>> keys(List<String> columns) {
    Set<List<String>> keys = new LinkedHashSet<>();
    if (!before.isEmpty()) {
      Optional<List<String>> old = key(columns, before, List.of());
      if (old.isEmpty()) {
        return Optional.empty();
      }
      keys.add(old.get());
    }
    Optional<List<String>> key = key(columns, row, before);
    key.ifPresent(keys::add);
    return key.map(found -> keys);
  }

  /** The log holds a large value of a key once: with the row as it was. */
  private static Optional<List<String>> key(
      List<String> columns, List<Column> row, List<Column> otherwise) {
    List<String> key = new ArrayList<>();
    for (String column : columns) {
      Optional<Column> told = named(column, row);
      Optional<String> value =
          told.filter(one -> one.literal().equals(UNCHANGED))
              .flatMap(one -> named(column, otherwise))
              .or(() -> told)
              .flatMap(Column::value);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      key.add(value.get());
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(key);
  }

  private static Optional<Column> named(String column, List<Column> row) {
    return row.stream().filter(one -> TableName.unquoted(one.name()).equals(column)).findFirst();
  }

  /**
   * Returns table, action and key, such as {@code app.own: INSERT: id[integer]:7}. Of the values
   * only the key's may be shown: the others are customers' data.
   *
   * @param keys columns that identify a row, not quoted; empty when there are none
   */
  String withoutValues(List<String> keys) {
    StringBuilder shown = new StringBuilder();
    shown.append(tables.stream().map(TableName::quoted).collect(Collectors.joining(", ")));
    shown.append(": ").append(action).append(':');
    for (List<Column> part : List.of(before, row)) {
      part.stream()
          .filter(column -> keys.contains(TableName.unquoted(column.name())))
          .forEach(
              column ->
                  shown
                      .append(' ')
                      .append(column.name())
                      .append('[')
                      .append(column.type())
                      .append("]:")
                      .append(column.literal()));
    }
    return shown.toString();
  }

  /** Reads a line from left to right; nothing that is quoted is looked into. */
  private static final class Parser {

    private final String text;
    private int at = TABLE.length();

    Parser(String text) {
      this.text = text;
    }

    LoggedChange change() {
      List<TableName> tables = new ArrayList<>();
      do {
        String schema = identifier();
        expect(".");
        tables.add(TableName.of(schema, identifier()));
      } while (accept(", "));
      expect(": ");
      String action = until(':');
      expect(":");
      if (!ACTIONS.contains(action)) {
        throw refused("an action, one of " + ACTIONS);
      }
      List<Column> before = new ArrayList<>();
      List<Column> row = new ArrayList<>();
      if (!action.equals("TRUNCATE") && !accept(" (no-tuple-data)")) {
        if (accept(" old-key:")) {
          columns(before);
          expect(" new-tuple:");
        }
        columns(row);
      }
      if (!action.equals("TRUNCATE") && at < text.length()) {
        throw refused("the end");
      }
      return new LoggedChange(tables, action, before, row);
    }

    private void columns(List<Column> columns) {
      while (at < text.length() && !text.startsWith(" new-tuple:", at)) {
        expect(" ");
        String name = identifier();
        expect("[");
        int begin = at;
        while (at < text.length() && !text.startsWith("]:", at)) {
          at = text.charAt(at) == '"' ? quotedEnd('"') : at + 1;
        }
        String type = text.substring(begin, at);
        expect("]:");
        columns.add(new Column(name, type, literal()));
      }
    }

    private String literal() {
      int begin = at;
      if (text.startsWith("B'", at)) {
        at++;
      }
      at = text.startsWith("'", at) ? quotedEnd('\'') : end(' ');
      return text.substring(begin, at);
    }

    private String identifier() {
      int begin = at;
      if (text.startsWith("\"", at)) {
        at = quotedEnd('"');
      } else {
        while (at < text.length() && ".,:[ ".indexOf(text.charAt(at)) < 0) {
          at++;
        }
      }
      if (at == begin) {
        throw refused("a name");
      }
      return text.substring(begin, at);
    }

    /** A quote inside is doubled. */
    private int quotedEnd(char quote) {
      int end = at + 1;
      while (end < text.length()) {
        if (text.charAt(end) != quote) {
          end++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end += 2;
        } else {
          return end + 1;
        }
      }
      throw refused("a quote that ends");
    }

    private String until(char end) {
      int begin = at;
      at = end(end);
      return text.substring(begin, at);
    }

    private int end(char end) {
      int found = text.indexOf(end, at);
      return found < 0 ? text.length() : found;
    }

    private boolean accept(String token) {
      boolean there = text.startsWith(token, at);
      at += there ? token.length() : 0;
      return there;
    }

    private void expect(String token) {
      if (!accept(token)) {
        throw refused("\"" + token + "\"");
      }
    }

    private IllegalArgumentException refused(String wanted) {
      return new IllegalArgumentException(
          "change told by test_decoding must have %s at character %d of %d, it has not"
              .formatted(wanted, at, text.length()));
    }
  }
}
