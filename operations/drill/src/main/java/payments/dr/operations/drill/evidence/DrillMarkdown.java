package payments.dr.operations.drill.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.operations.drill.evidence.BudgetComparison.Line;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Second;

/** Writes the report of a drill for an auditor. */
final class DrillMarkdown {

  private final DrillRecord drill;
  private final BudgetComparison comparison;
  private final StringBuilder text = new StringBuilder();

  private DrillMarkdown(DrillRecord drill, BudgetComparison comparison) {
    this.drill = drill;
    this.comparison = comparison;
  }

  static String of(DrillRecord drill, BudgetComparison comparison) {
    return new DrillMarkdown(drill, comparison).write();
  }

  private String write() {
    line("# Drill %s in %s: %s", drill.scenario(), drill.environment(), verdict());
    line("");
    line(
        "%s to %s. %s",
        seconds(drill.began()),
        seconds(drill.ended()),
        drill.kind().equals("emulated")
            ? "**Emulated**, on a local AWS: it proves the software, and nothing of AWS's own times."
            : "Ran on " + drill.kind() + ".");
    line("");
    line("![Timeline](%s)", Evidence.TIMELINE);
    expectations();
    figures();
    payments();
    course();
    versions();
    return text.toString();
  }

  private void expectations() {
    heading("Expectations");
    line("| | Expected | Seen |");
    line("|---|---|---|");
    drill
        .expectations()
        .forEach(
            expected ->
                line(
                    "| %s | %s | %s |",
                    expected.met() ? "met" : "**not met**",
                    cell(expected.what()),
                    cell(expected.seen())));
  }

  private void figures() {
    heading("Measured");
    DrillBudget budget = comparison.budget();
    line("| | Measured | Allowed |");
    line("|---|---:|---:|");
    figure("Longest time without an acknowledged payment", drill.measured().outage(), null);
    figure(
        "Fault to first payment in the other Region (RTO)",
        drill.measured().recovery(),
        "%d s budget, %d s target".formatted(budget.recoverySeconds(), budget.recoveryTarget()));
    if (drill.measured().recovery().isPresent()) {
      line(
          "| Span of acknowledged payments that are missing (RPO) | %s | %d s target |",
          drill.measured().loss().map(DrillMarkdown::text).orElse("none missing"),
          budget.lossTarget());
    }
    if (comparison.lines().isEmpty()) {
      return;
    }
    line("");
    line("| Term of the recovery budget | Measured | Allowed | Difference |");
    line("|---|---:|---:|---:|");
    comparison
        .lines()
        .forEach(
            one ->
                line(
                    "| %s | %.1f s | %d s | %+.1f s |",
                    one.term(), one.measured(), one.allowed(), one.difference()));
    line("");
    Line worst = comparison.worst().orElseThrow();
    line(
        "Largest deviation: %s, %.1f s %s what the budget allows.",
        worst.term(), Math.abs(worst.difference()), worst.difference() > 0 ? "above" : "below");
  }

  private void figure(String what, Optional<Duration> measured, String allowed) {
    measured.ifPresent(
        value -> line("| %s | %s | %s |", what, text(value), allowed == null ? "" : allowed));
  }

  private void payments() {
    heading("Payments");
    DrillRecord.Balance balance = drill.balance();
    line("| Acknowledged | Lost | of these found in what the old writer left | Doubled |");
    line("|---:|---:|---:|---:|");
    line(
        "| %d | %d | %d | %d |",
        balance.acknowledged(), balance.lost(), balance.found(), balance.doubled());
    line("");
    Map<String, Integer> regions = new TreeMap<>();
    for (Second second : drill.seconds()) {
      second.accepted().forEach((region, count) -> regions.merge(region, count, Integer::sum));
    }
    regions.forEach((region, count) -> line("- %s acknowledged %d", region, count));
    line(
        "- %d tries were not acknowledged, and made again with the same key",
        drill.seconds().stream().mapToInt(Second::failed).sum());
    drill
        .plan()
        .ifPresent(empty -> line("- A plan afterwards is %s", empty ? "empty" : "**not empty**"));
  }

  private void course() {
    heading("Course");
    line("```");
    drill
        .steps()
        .forEach(step -> line("%s  %s  %s", seconds(step.at()), elapsed(step.at()), step.what()));
    line("```");
    heading("Audit trail");
    line("```");
    drill.orders().forEach(order -> line("%s", order));
    line("```");
  }

  private void versions() {
    heading("What was drilled");
    line("| | |");
    line("|---|---|");
    line("| project | %s, commit %s |", drill.versions().project(), drill.versions().commit());
    drill.versions().hashes().forEach((what, hash) -> line("| %s, SHA-256 | `%s` |", what, hash));
  }

  private void heading(String name) {
    line("");
    line("## %s", name);
    line("");
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
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

  private static String cell(String value) {
    return value.replace("|", "\\|");
  }
}
