package payments.dr.operations.encoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes a Markdown page block by block, with one blank line between blocks. A text that a program
 * or a person chose goes through {@link #code} or {@link #inline}, and cannot end its line, its
 * code or its table.
 */
public final class Markdown {

  private final Appendable page;
  private boolean empty = true;

  /**
   * Makes an empty page.
   *
   * @param page to which each block is written at once, so that a page of any length needs no
   *     memory
   */
  public Markdown(Appendable page) {
    this.page = page;
  }

  /** Writes the heading of the whole page. */
  public void title(String words) {
    block("# " + words);
  }

  /** Writes the heading of a part. */
  public void heading(String words) {
    block("## " + words);
  }

  /** Writes the heading of a part of a part. */
  public void subheading(String words) {
    block("### " + words);
  }

  /** Writes a paragraph. */
  public void paragraph(String words) {
    block(words);
  }

  /** Writes a list with bullets; nothing without entries. */
  public void list(List<String> entries) {
    lines("- ", entries.stream());
  }

  /**
   * Writes a block of code.
   *
   * @param language such as {@code sh}; "" for none
   */
  public void code(String language, List<String> lines) {
    String fence = "```";
    while (String.join("\n", lines).contains(fence)) {
      fence += "`";
    }
    block(fence + language);
    lines.forEach(this::line);
    line(fence);
  }

  /** Writes an indented block, which no line can end; nothing without lines. */
  public void indented(Stream<String> lines) {
    lines("    ", lines);
  }

  /** Writes a table: its header, and every row that it has. */
  public void table(MarkdownTable table) {
    startBlock();
    table.lines().forEach(this::line);
  }

  /** Formats numbers alike on every machine, whatever its language: as in 1,234.5. */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns the text as code within a line. */
  public static String code(String text) {
    return "`" + inline(text) + "`";
  }

  /** Returns the text on one line, with apostrophes in place of backquotes. */
  public static String inline(String text) {
    return text.replace("`", "'").replaceAll("\\s+", " ").strip();
  }

  /**
   * Returns the text on one line, in which no page begins anything: no tag, no link, no emphasis.
   * Code within it stays code.
   */
  public static String prose(String text) {
    return text.replaceAll("\\s+", " ")
        .strip()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("[", "\\[")
        .replace("*", "\\*");
  }

  private void lines(String mark, Stream<String> lines) {
    Iterator<String> rest = lines.iterator();
    if (rest.hasNext()) {
      startBlock();
    }
    rest.forEachRemaining(content -> line(mark + content));
  }

  private void block(String firstLine) {
    startBlock();
    line(firstLine);
  }

  private void startBlock() {
    if (!empty) {
      line("");
    }
    empty = false;
  }

  private void line(String content) {
    try {
      page.append(content).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
