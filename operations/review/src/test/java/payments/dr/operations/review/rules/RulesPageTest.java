package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
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
    StringBuilder text = new StringBuilder();
    Markdown page = new Markdown(text);
    page.title("Rules of `./dr review`");
    page.paragraph("Made from the rules' own table; not written by hand.");
    for (Severity severity : Severity.values()) {
      page.heading("Exit code %d: %s".formatted(severity.exitCode(), severity.words()));
      Stream.concat(PlanRules.ALL.stream(), PlanRules.OTHERWISE.stream())
          .filter(rule -> rule.severity() == severity)
          .forEach(rule -> rule(rule, page));
    }
    page.heading("Harmless");
    page.paragraph(
        "An update that changes nothing else passes, as does one that makes an alarm ring earlier by a"
            + " limit of the same sign that differs at most tenfold,"
            + " and one of a policy that lets nobody do more or less; whatever else changes needs"
            + " approval.");
    MarkdownTable table = new MarkdownTable().words("Types", "Attributes", "Change", "Why");
    HarmlessChange.ALL.forEach(
        row ->
            table.row(
                row.types().isEmpty() ? "all that are known" : codes(row.types()),
                codes(row.attributes()),
                row.direction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                row.why()));
    page.table(table);
    page.paragraph(
        "These may be created, too, an alarm when it tells only topics that other alarms tell: "
            + codes(HarmlessChange.CREATED)
            + ".");
    page.heading("Refused by `./dr review --destroy`");
    page.paragraph("`make destroy` asks only these about its plan, before it applies it.");
    PlanRules.OF_DESTRUCTION.forEach(rule -> rule(rule, page));
    return text.toString();
  }

  private static String codes(Set<String> words) {
    return words.stream().sorted().map(Markdown::code).collect(Collectors.joining(", "));
  }

  private static void rule(PlanRule rule, Markdown page) {
    page.subheading(rule.id());
    page.paragraph(Character.toUpperCase(rule.what().charAt(0)) + rule.what().substring(1) + ".");
    page.list(
        List.of(
            "Why: " + rule.why() + ".",
            "Example: " + rule.example() + ".",
            "Remediation: " + rule.remediation() + "."));
  }
}
