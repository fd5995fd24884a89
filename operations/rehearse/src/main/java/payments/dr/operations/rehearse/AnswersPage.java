package payments.dr.operations.rehearse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;

/**
 * The page of what rehearsals found out about AWS: one row for each question and place, the newest
 * answer.
 */
record AnswersPage(Path file) {

  /** Relative to the project. */
  static final String FILE = "docs/aws-verified.md";

  private static final int COLUMNS = 5;

  /**
   * A row.
   *
   * @param where {@code AWS}, or {@code emulated} where a local AWS answered
   */
  record Row(String question, String tried, String where, LocalDate date, String answer) {

    private String key() {
      return question + "|" + where;
    }
  }

  /** Takes the place of what the same question was answered before, in the same place. */
  void write(List<Row> answered) {
    Map<String, Row> rows = new TreeMap<>();
    read().forEach(row -> rows.put(row.key(), row));
    answered.forEach(row -> rows.put(row.key(), clean(row)));
    try {
      Files.writeString(file, text(List.copyOf(rows.values())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readString(file)
          .lines()
          .filter(line -> line.startsWith("| "))
          .skip(1) // the names of the columns
          .map(AnswersPage::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(List<Row> rows) {
    StringBuilder page = new StringBuilder();
    Markdown markdown = new Markdown(page);
    markdown.title("Verified on AWS");
    markdown.paragraph(
        "Written by `./dr rehearse`, not by hand: what no document says for certain, what was tried to know it, and"
            + " what came of it.\nAn answer that is *emulated* is a local AWS's, and proves the question, not AWS.");
    MarkdownTable table = new MarkdownTable().words("Question", "Tried", "Where", "Date", "Answer");
    rows.forEach(
        row -> table.row(row.question(), row.tried(), row.where(), row.date(), row.answer()));
    markdown.table(table);
    return page.toString();
  }

  /** Bars would end a cell; account ids are nobody's business. */
  private static Row clean(Row row) {
    return new Row(
        row.question(),
        row.tried(),
        row.where(),
        row.date(),
        row.answer()
            .replaceAll("\\s+", " ")
            .replace("|", "/")
            .replaceAll("\\b\\d{12}\\b", "<account>"));
  }

  private static Row row(String line) {
    String[] cells = line.substring(2, line.length() - 2).split(" \\| ", COLUMNS);
    return new Row(cells[0], cells[1], cells[2], LocalDate.parse(cells[3]), cells[4]);
  }
}
