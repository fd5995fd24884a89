package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import payments.dr.testing.ProjectCopy;

/** The page of the rules is made from their table; {@code -Dgolden.update} writes it anew. */
class RulesPageTest {

  private static final Path PAGE = ProjectCopy.PROJECT.resolve("docs/review-rules.md");

  @Test
  void page_equals_the_table() throws IOException {
    String page = page();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(PAGE, page);
    }

    assertEquals(
        Files.exists(PAGE) ? Files.readString(PAGE) : "no file " + PAGE,
        page,
        "docs/review-rules.md differs; run `mvn test -Dgolden.update` and review the diff");
  }

  private static String page() {
    StringBuilder page = new StringBuilder("# Rules of `./dr review`\n");
    page.append("\nMade from the rules' own table; not written by hand.\n");
    for (Severity severity : Severity.values()) {
      page.append("\n## Exit code %d: %s\n".formatted(severity.exitCode(), severity.words()));
      Rules.ALL.stream()
          .filter(rule -> rule.severity() == severity)
          .forEach(
              rule ->
                  page.append(
                      """

                      ### %s

                      %s.

                      - Why: %s.
                      - Example: %s.
                      - Remediation: %s.
                      """
                          .formatted(
                              rule.id(),
                              Character.toUpperCase(rule.what().charAt(0))
                                  + rule.what().substring(1),
                              rule.why(),
                              rule.example(),
                              rule.remediation())));
    }
    return page.toString();
  }
}
