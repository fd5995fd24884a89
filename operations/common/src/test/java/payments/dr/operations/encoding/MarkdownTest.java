package payments.dr.operations.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  private final StringBuilder text = new StringBuilder();
  private final Markdown page = new Markdown(text);

  @Test
  void one_blank_line_stands_between_blocks() {
    page.title("A page");
    page.heading("A part");
    page.subheading("A part of it");
    page.paragraph("Words.");
    page.list(List.of("one", "two"));
    page.code("sh", List.of("make", "make test"));
    page.indented(Stream.of("a", "b"));

    assertEquals(
        """
        # A page

        ## A part

        ### A part of it

        Words.

        - one
        - two

        ```sh
        make
        make test
        ```

            a
            b
        """,
        text.toString());
  }

  @Test
  void list_without_entries_leaves_no_blank_line() {
    page.paragraph("Before.");
    page.list(List.of());
    page.indented(Stream.of());
    page.paragraph("After.");

    assertEquals("Before.\n\nAfter.\n", text.toString());
  }

  @Test
  void numbers_are_aligned_at_their_right() {
    page.table(new MarkdownTable().words("").numbers("Lost", "Doubled").row("now", 12, ""));

    assertEquals("| | Lost | Doubled |\n|---|---:|---:|\n| now | 12 | |\n", text.toString());
  }

  @Test
  void no_cell_ends_its_row_or_its_line() {
    page.table(new MarkdownTable().words("a|b", "c").row(Markdown.code("`x|y`"), "one\ntwo | 3"));

    assertEquals("| a\\|b | c |\n|---|---|\n| `'x\\|y'` | one two \\| 3 |\n", text.toString());
  }

  @Test
  void row_has_a_cell_for_each_column() {
    MarkdownTable table = new MarkdownTable().words("a", "b");

    assertEquals(
        "row must have 2 cells, one for each of the columns [a, b], got 1",
        assertThrows(IllegalArgumentException.class, () -> table.row("x")).getMessage());
  }

  @Test
  void no_line_ends_its_block_of_code() {
    page.code("", List.of("```", "# not a title"));

    assertEquals("````\n```\n# not a title\n````\n", text.toString());
  }

  @Test
  void inline_text_stays_on_its_line() {
    assertEquals("`a 'b' c`", Markdown.code(" a\n`b`\r\n c "));
  }
}
