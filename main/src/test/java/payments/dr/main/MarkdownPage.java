package payments.dr.main;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text with tables, as GitHub shows them. */
final class MarkdownPage {

  private final StringBuilder text;

  MarkdownPage(String head) {
    text = new StringBuilder(head);
  }

  void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }

  /** The head of a table. */
  void head(Object... cells) {
    row(cells);
    line("|%s", "---|".repeat(cells.length));
  }

  void row(Object... cells) {
    line(
        "%s",
        Stream.of(cells)
            .map(cell -> String.valueOf(cell).replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
