package payments.dr.operations.review;

import java.util.List;
import java.util.stream.Collectors;
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

  private ReviewMarkdown(Review review) {
    this.review = review;
    this.groups = new ChangeGroups(review.plan().changes());
  }

  static String of(Review review) {
    return new ReviewMarkdown(review).write();
  }

  private String write() {
    line("# Plan of %s: %s".formatted(review.stack().name(), review.verdictWords()));
    line("");
    line(
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
            .map(it -> "`%s` from `%s`".formatted(it.address(), it.movedFrom().get()))
            .toList());
    list(
        "Imported",
        review.plan().changes().stream()
            .filter(it -> it.importId().isPresent())
            .map(it -> "`%s` by id `%s`".formatted(it.address(), it.importId().get()))
            .toList());
    list(
        "Drift",
        review.plan().answeredDrift().stream()
            .map(it -> "`%s` (%s)".formatted(it.address(), it.action().word()))
            .toList());
    list(
        "Types that no rule knows",
        groups.unknownTypes().stream()
            .map(it -> "`%s` (%s)".formatted(it.address(), it.action().word()))
            .toList());
    list(
        "Outputs",
        review.plan().outputs().entrySet().stream()
            .map(it -> "`%s` (%s)".formatted(it.getKey(), it.getValue().word()))
            .toList());
    list("Remarks", review.remarks());
    if (!review.findings().isEmpty()) {
      line("");
      line("The rules, with their reasons: docs/review-rules.md");
    }
    return text.toString();
  }

  private void findings(Severity severity, String title) {
    List<Finding> found =
        review.findings().stream().filter(finding -> finding.severity() == severity).toList();
    if (found.isEmpty()) {
      return;
    }
    heading(title);
    found.forEach(this::finding);
  }

  private void finding(Finding finding) {
    line("");
    line(
        "**`%s`** %s (rule `%s`)"
            .formatted(
                finding.observation().address(),
                finding.observation().found(),
                finding.rule().id()));
    line("");
    line("- Why: " + finding.rule().why() + ".");
    line(
        finding
            .leave()
            .map(reason -> "- Allowed by the environment's file: " + inline(reason))
            .orElse("- Remediation: " + finding.rule().remediation() + "."));
    commands(finding.observation().commands());
    finding.observation().change().ifPresent(this::attributes);
  }

  private void commands(List<String> commands) {
    if (commands.isEmpty()) {
      return;
    }
    line("");
    line("```sh");
    commands.forEach(this::line);
    line("```");
  }

  private void attributes(ResourceChange change) {
    if (!change.alters()) {
      return;
    }
    List<AttributeChange> changed = change.attributes();
    line("");
    line("| Attribute | Before | After |");
    line("|---|---|---|");
    changed.stream()
        .limit(MOST_ATTRIBUTES)
        .forEach(
            it ->
                line(
                    "| `%s` | %s | %s |"
                        .formatted(it.path(), cell(it.before()), cell(it.after()))));
    if (changed.size() > MOST_ATTRIBUTES) {
      line("| and %d more | | |".formatted(changed.size() - MOST_ATTRIBUTES));
    }
  }

  private void counts() {
    if (groups.rows().isEmpty()) {
      return;
    }
    heading("Changes");
    line("");
    line(
        "| Capability | Region | "
            + COLUMNS.stream().map(Action::word).collect(Collectors.joining(" | "))
            + " |");
    line("|---|---|" + "---:|".repeat(COLUMNS.size()));
    for (ChangeGroups.Row row : groups.rows()) {
      line(
          "| %s | %s | %s |"
              .formatted(
                  row.capability(),
                  row.region(),
                  COLUMNS.stream()
                      .map(action -> row.count(action) == 0 ? "" : "" + row.count(action))
                      .collect(Collectors.joining(" | "))));
    }
  }

  private void list(String title, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    heading(title);
    line("");
    entries.forEach(entry -> line("- " + entry));
  }

  private void heading(String title) {
    line("");
    line("## " + title);
  }

  private void line(String content) {
    text.append(content).append('\n');
  }

  private static String cell(String value) {
    String cut = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    return "`" + inline(cut).replace("|", "\\|") + "`";
  }

  /** Nothing of a value may end its line, its code or its table. */
  private static String inline(String value) {
    return value.replace("`", "'").replaceAll("\\s+", " ").strip();
  }
}
