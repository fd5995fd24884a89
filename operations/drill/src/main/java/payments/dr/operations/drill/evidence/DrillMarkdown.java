package payments.dr.operations.drill.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.drill.evidence.BudgetComparison.Line;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Second;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;

/** Writes the report of a drill for an auditor. */
final class DrillMarkdown {

  private final DrillRecord drill;
  private final BudgetComparison comparison;
  private final StringBuilder text = new StringBuilder();
  private final Markdown page = new Markdown(text);

  private DrillMarkdown(DrillRecord drill, BudgetComparison comparison) {
    this.drill = drill;
    this.comparison = comparison;
  }

  static String of(DrillRecord drill, BudgetComparison comparison) {
    return new DrillMarkdown(drill, comparison).write();
  }

  private String write() {
    page.title("Drill %s in %s: %s".formatted(drill.scenario(), drill.environment(), verdict()));
    page.paragraph(
        "%s to %s. %s"
            .formatted(
                seconds(drill.began()),
                seconds(drill.ended()),
                drill.kind().equals("emulated")
                    ? "**Emulated**, on a local AWS: it proves the software, and nothing of AWS's own times."
                    : "Ran on " + drill.kind() + "."));
    page.paragraph("![Timeline](%s)".formatted(Evidence.TIMELINE));
    expectations();
    figures();
    payments();
    course();
    versions();
    return text.toString();
  }

  private void expectations() {
    page.heading("Expectations");
    MarkdownTable table = new MarkdownTable().words("", "Expected", "Seen");
    drill
        .expectations()
        .forEach(
            expected ->
                table.row(
                    expected.met() ? "met" : "**not met**", expected.what(), expected.seen()));
    page.table(table);
  }

  private void figures() {
    page.heading("Measured");
    DrillBudget budget = comparison.budget();
    MarkdownTable figures = new MarkdownTable().words("").numbers("Measured", "Allowed");
    drill
        .measured()
        .outage()
        .ifPresent(
            outage ->
                figures.row("Longest time without an acknowledged payment", text(outage), ""));
    drill
        .measured()
        .recovery()
        .ifPresent(
            recovery ->
                figures
                    .row(
                        "Fault to first payment in the other Region (RTO)",
                        text(recovery),
                        "%d s budget, %d s target"
                            .formatted(budget.recoverySeconds(), budget.recoveryTarget()))
                    .row(
                        "Span of acknowledged payments that are missing (RPO)",
                        drill.measured().loss().map(DrillMarkdown::text).orElse("none missing"),
                        budget.lossTarget() + " s target"));
    page.table(figures);
    comparison.worst().ifPresent(this::terms);
  }

  private void terms(Line worst) {
    MarkdownTable terms =
        new MarkdownTable()
            .words("Term of the recovery budget")
            .numbers("Measured", "Allowed", "Difference");
    comparison
        .lines()
        .forEach(
            one ->
                terms.row(
                    one.term(),
                    Markdown.format("%.1f s", one.measured()),
                    one.allowed() + " s",
                    Markdown.format("%+.1f s", one.difference())));
    page.table(terms);
    page.paragraph(
        Markdown.format(
            "Largest deviation: %s, %.1f s %s what the budget allows.",
            worst.term(),
            Math.abs(worst.difference()),
            worst.difference() > 0 ? "above" : "below"));
  }

  private void payments() {
    page.heading("Payments");
    DrillRecord.Balance balance = drill.balance();
    page.table(
        new MarkdownTable()
            .numbers(
                "Acknowledged", "Lost", "of these found in what the former primary left", "Doubled")
            .row(balance.acknowledged(), balance.lost(), balance.found(), balance.doubled()));
    Map<String, Integer> regions = new TreeMap<>();
    for (Second second : drill.seconds()) {
      second.accepted().forEach((region, count) -> regions.merge(region, count, Integer::sum));
    }
    List<String> rest = new ArrayList<>();
    regions.forEach((region, count) -> rest.add("%s acknowledged %d".formatted(region, count)));
    rest.add(
        "%d tries were not acknowledged, and made again with the same key"
            .formatted(drill.seconds().stream().mapToInt(Second::failed).sum()));
    drill
        .plan()
        .ifPresent(
            empty -> rest.add("A plan afterwards is " + (empty ? "empty" : "**not empty**")));
    page.list(rest);
  }

  private void course() {
    page.heading("Course");
    page.code(
        "",
        drill.steps().stream()
            .map(
                step -> "%s  %s  %s".formatted(seconds(step.at()), elapsed(step.at()), step.what()))
            .toList());
    page.heading("Audit trail");
    page.code("", drill.orders());
  }

  private void versions() {
    page.heading("What was drilled");
    MarkdownTable table =
        new MarkdownTable()
            .words("", "")
            .row(
                "project",
                "%s, commit %s".formatted(drill.versions().project(), drill.versions().commit()));
    drill
        .versions()
        .hashes()
        .forEach((what, hash) -> table.row(what + ", SHA-256", Markdown.code(hash)));
    page.table(table);
  }

  private String verdict() {
    return drill.passed() ? "as expected" : "NOT AS EXPECTED";
  }

  private String elapsed(Instant at) {
    long seconds = Duration.between(drill.began(), at).toSeconds();
    return "%02d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(Duration duration) {
    return BudgetComparison.seconds(duration) + " s";
  }
}
