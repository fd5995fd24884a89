package payments.dr.operations.review;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.AttributeChange;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.rules.Severity;

/** Writes a review as a comment on a pull request. */
final class ReviewMarkdown {

  private static final List<Action> COLUMNS =
      List.of(Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE, Action.FORGET);

  /** A comment on GitHub ends at 65,536 characters. */
  private static final int LONGEST_VALUE = 200;

  private static final int MOST_ATTRIBUTES = 20;

  private final Review review;
  private final ChangeGroups groups;
  private final StringBuilder text = new StringBuilder();
  private final Markdown page = new Markdown(text);

  private ReviewMarkdown(Review review) {
    this.review = review;
    this.groups = new ChangeGroups(review.plan().changes());
  }

  static String of(Review review) {
    return new ReviewMarkdown(review).write();
  }

  private String write() {
    page.title("Plan of %s: %s".formatted(review.stack().name(), review.verdictWords()));
    page.paragraph(
        COLUMNS.stream()
            .map(action -> groups.total(action) + " to " + action.word())
            .collect(Collectors.joining(", ", "", ".")));
    findings(Severity.REFUSED, "Refused");
    findings(Severity.APPROVAL, "Needs approval");
    counts();
    list(
        "Moved",
        review.plan().changes().stream()
            .filter(it -> it.movedFrom().isPresent())
            .map(
                it ->
                    "%s from %s"
                        .formatted(
                            Markdown.code(it.address()), Markdown.code(it.movedFrom().get())))
            .toList());
    list(
        "Imported",
        review.plan().changes().stream()
            .filter(it -> it.importId().isPresent())
            .map(
                it ->
                    "%s by id %s"
                        .formatted(Markdown.code(it.address()), Markdown.code(it.importId().get())))
            .toList());
    list("Drift", review.plan().answeredDrift().stream().map(ReviewMarkdown::named).toList());
    list(
        "Types that no rule knows",
        groups.unknownTypes().stream().map(ReviewMarkdown::named).toList());
    list(
        "Outputs",
        review.plan().outputs().entrySet().stream()
            .map(it -> named(it.getKey(), it.getValue()))
            .toList());
    list("Remarks", review.remarks());
    if (!review.findings().isEmpty()) {
      page.paragraph("The rules, with their reasons: docs/review-rules.md");
    }
    return text.toString();
  }

  private void findings(Severity severity, String title) {
    List<Finding> found =
        review.findings().stream().filter(finding -> finding.severity() == severity).toList();
    if (found.isEmpty()) {
      return;
    }
    page.heading(title);
    found.forEach(this::finding);
  }

  private void finding(Finding finding) {
    page.paragraph(
        "**%s** %s (rule %s)"
            .formatted(
                Markdown.code(finding.objection().address()),
                finding.objection().found(),
                Markdown.code(finding.rule().id())));
    page.list(
        List.of(
            "Why: " + finding.rule().why() + ".",
            finding
                .leave()
                .map(reason -> "Allowed by the environment's file: " + Markdown.inline(reason))
                .orElse("Remediation: " + finding.rule().remediation() + ".")));
    if (!finding.objection().commands().isEmpty()) {
      page.code("sh", finding.objection().commands());
    }
    finding.objection().change().filter(ResourceChange::alters).ifPresent(this::attributes);
  }

  private void attributes(ResourceChange change) {
    List<AttributeChange> changed = change.attributes();
    MarkdownTable table = new MarkdownTable().words("Attribute", "Before", "After");
    changed.stream()
        .limit(MOST_ATTRIBUTES)
        .forEach(it -> table.row(Markdown.code(it.path()), cut(it.before()), cut(it.after())));
    if (changed.size() > MOST_ATTRIBUTES) {
      table.row("and %d more".formatted(changed.size() - MOST_ATTRIBUTES), "", "");
    }
    page.table(table);
  }

  private void counts() {
    if (groups.rows().isEmpty()) {
      return;
    }
    page.heading("Changes");
    MarkdownTable table =
        new MarkdownTable()
            .words("Capability", "Region")
            .numbers(COLUMNS.stream().map(Action::word).toArray(String[]::new));
    for (ChangeGroups.Row row : groups.rows()) {
      table.row(
          Stream.concat(
                  Stream.of(row.capability(), row.region()),
                  COLUMNS.stream().map(action -> row.count(action) == 0 ? "" : row.count(action)))
              .toArray());
    }
    page.table(table);
  }

  private void list(String title, List<String> entries) {
    if (!entries.isEmpty()) {
      page.heading(title);
      page.list(entries);
    }
  }

  private static String named(ResourceChange change) {
    return named(change.address(), change.action());
  }

  private static String named(String name, Action action) {
    return "%s (%s)".formatted(Markdown.code(name), action.word());
  }

  private static String cut(String value) {
    return Markdown.code(
        value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value);
  }
}
