package payments.dr.operations.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of a Markdown page: its columns first, then its rows. */
public final class MarkdownTable {

  private final List<String> names = new ArrayList<>();
  private final List<String> alignments = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();

  /** Adds columns of words. */
  public MarkdownTable words(String... columns) {
    return columns("---", columns);
  }

  /** Adds columns of numbers, which are aligned at their right. */
  public MarkdownTable numbers(String... columns) {
    return columns("---:", columns);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has another number of cells than there are columns
   */
  public MarkdownTable row(Object... cells) {
    if (cells.length != names.size()) {
      throw new IllegalArgumentException(
          "row must have %d cells, one for each of the columns %s, got %d"
              .formatted(names.size(), names, cells.length));
    }
    rows.add(line(Stream.of(cells)));
    return this;
  }

  Stream<String> lines() {
    return Stream.concat(
        Stream.of(line(names.stream()), "|" + String.join("|", alignments) + "|"), rows.stream());
  }

  private MarkdownTable columns(String alignment, String... columns) {
    for (String column : columns) {
      names.add(column);
      alignments.add(alignment);
    }
    return this;
  }

  private static String line(Stream<?> cells) {
    return cells.map(MarkdownTable::cell).collect(Collectors.joining("|", "|", "|"));
  }

  /** A cell ends at a bar, also within code, and with its line. */
  private static String cell(Object content) {
    String text = String.valueOf(content).replaceAll("\\s+", " ").replace("|", "\\|");
    return text.isEmpty() ? " " : " " + text + " ";
  }
}
