package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * One Markdown page of this project.
 *
 * @param path relative to the project
 */
record Page(Path path) {

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");

  /** Those for people; resources of tests are pages, too. */
  static List<Page> all() {
    List<Page> pages =
        listed("'*.md' ':!*/src/*'").stream()
            .filter(path -> Files.exists(ProjectCopy.PROJECT.resolve(path)))
            .map(Page::new)
            .toList();
    assertTrue(pages.contains(new Page(Path.of("MIGRATION.md"))), pages::toString);
    return pages;
  }

  /** Pages below {@code docs/}, without the decisions. */
  static List<Page> handbook() {
    List<Page> pages =
        all().stream()
            .filter(page -> page.path.startsWith("docs") && !page.path.startsWith("docs/adr"))
            .toList();
    assertTrue(pages.size() > 30, pages::toString);
    return pages;
  }

  /** Files of a clone, uncommitted ones included. */
  static List<Path> listed(String patterns) {
    return new Shell(ProjectCopy.PROJECT, Map.of())
        .sh(
            Duration.ofMinutes(1),
            "git ls-files --cached --others --exclude-standard -- " + patterns)
        .expect(0)
        .out()
        .lines()
        .map(Path::of)
        .toList();
  }

  Path file() {
    return ProjectCopy.PROJECT.resolve(path);
  }

  String text() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page without its code blocks. */
  String prose() {
    return FENCE.matcher(text()).replaceAll("");
  }

  /** As GitHub makes them of headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> "#" + text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
