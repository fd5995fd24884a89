package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.testing.ProjectCopy;

/**
 * The pages below {@code docs/} are found, say what they are for, and stay short where it counts.
 */
class HandbookTest {

  private static final Page ON_CALL = new Page(Path.of("docs/oncall.md"));
  private static final Page WORDS = new Page(Path.of("docs/develop/words.md"));
  private static final List<Page> ROOT =
      Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "MIGRATION.md")
          .map(name -> new Page(Path.of(name)))
          .toList();

  private static final Page LIST = new Page(Path.of("docs/README.md"));

  /** A title, then a paragraph that is no heading, list, table, picture or block. */
  private static final Pattern BEGINNING = Pattern.compile("^# [^\\n]+\\n\\n(?![#|`>*!-])\\S.{20}");

  private static final Pattern NAMED = Pattern.compile("(?<![\\w/.])docs/[\\w/-]+\\.md(#[\\w-]+)?");

  @ParameterizedTest
  @CsvSource({"README.md, 10", "SECURITY.md, 8", "CONTRIBUTING.md, 10"})
  void pages_of_the_root_are_short(String page, int kilobytes) {
    int bytes = new Page(Path.of(page)).text().getBytes(StandardCharsets.UTF_8).length;

    assertTrue(bytes <= kilobytes * 1024, bytes + " bytes");
  }

  @Test
  void on_call_fits_on_a_screen() {
    long lines = ON_CALL.text().lines().count();

    assertTrue(lines <= 60, lines + " lines");
  }

  @Test
  void every_page_says_first_what_it_is_for() {
    assertEquals(
        List.of(),
        Page.handbook().stream().filter(page -> !BEGINNING.matcher(page.text()).find()).toList());
  }

  @Test
  void every_page_is_in_the_list_of_pages() {
    Set<Path> linked =
        Pattern.compile("\\]\\(([^)#:]+\\.md)\\)")
            .matcher(LIST.text())
            .results()
            .map(link -> LIST.path().resolveSibling(link.group(1)).normalize())
            .collect(Collectors.toSet());

    assertEquals(
        List.of(),
        Page.handbook().stream()
            .filter(page -> !page.equals(LIST) && !linked.contains(page.path()))
            .toList());
  }

  /** The list of words holds for itself: it names them as code, in a table. */
  @Test
  void no_page_has_a_word_that_went() {
    List<String> words =
        Pattern.compile("(?m)^\\| (`.+`) \\| .+ \\|$")
            .matcher(WORDS.text().substring(WORDS.text().indexOf("## Words that went")))
            .results()
            .flatMap(row -> Stream.of(row.group(1).split(", ")))
            .map(word -> word.replace("`", ""))
            .toList();
    assertTrue(words.size() > 10, words::toString);
    Pattern gone = Pattern.compile("(?i)\\b(" + String.join("|", words) + ")s?\\b");

    List<String> faults =
        Stream.concat(Page.handbook().stream(), ROOT.stream())
            .filter(page -> !page.equals(WORDS))
            .flatMap(
                page ->
                    gone.matcher(page.prose()).results().map(found -> page + ": " + found.group()))
            .toList();

    assertEquals(List.of(), faults);
  }

  /** Messages, alarms and comments lead somewhere. */
  @Test
  void every_page_that_the_code_names_exists_with_its_heading() {
    List<String> names =
        Page.listed("':!*.md' ':!package-lock.json'").stream()
            .map(ProjectCopy.PROJECT::resolve)
            .filter(Files::isRegularFile)
            .flatMap(HandbookTest::named)
            .distinct()
            .sorted()
            .toList();

    assertEquals(List.of(), names.stream().filter(name -> !exists(name)).toList());
    assertTrue(names.size() > 10, names::toString);
  }

  private static Stream<String> named(Path file) {
    try {
      return NAMED
          .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
          .results()
          .map(MatchResult::group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean exists(String name) {
    String[] parts = name.split("#");
    Page page = new Page(Path.of(parts[0]));
    return Files.exists(page.file())
        && (parts.length == 1 || page.anchors().contains("#" + parts[1]));
  }
}
