package payments.dr.operations.reports.compliance;

import payments.dr.compliance.ControlCoverage;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.Framework;
import payments.dr.compliance.RuleCoverage;
import payments.dr.compliance.Status;
import payments.dr.compliance.Violation;

/** Writes the report for a person. */
final class ComplianceText {

  private final ComplianceReport controls;
  private final StringBuilder text = new StringBuilder();

  private ComplianceText(ComplianceReport controls) {
    this.controls = controls;
  }

  static String of(ComplianceReport controls) {
    ComplianceText text = new ComplianceText(controls);
    text.line(
        "Controls of %s, as %s are configured",
        controls.environment().name(), String.join(", ", controls.stacks()));
    for (Framework framework : Framework.values()) {
      text.framework(framework);
    }
    text.open();
    text.exceptions();
    text.counts();
    return text.text.toString();
  }

  private void framework(Framework framework) {
    line("%n%s; (k): nobody checked the id against its text", framework.title());
    controls.coverage().controls().stream()
        .filter(control -> control.framework() == framework)
        .forEach(this::control);
  }

  private void control(ControlCoverage control) {
    String rules = String.join(" ", control.ruleLabels());
    String reasons = String.join("; ", control.reasons());
    line(
        "  %-15s %-8s %s",
        control.id(),
        control.status().word(),
        rules + (rules.isEmpty() || reasons.isEmpty() ? "" : "; ") + reasons);
  }

  private void open() {
    line("%nOpen");
    controls
        .coverage()
        .open()
        .forEach(item -> line("  %-9s %s: %s", item.topic(), item.what(), item.reason()));
  }

  private void exceptions() {
    for (RuleCoverage rule : controls.coverage().rules()) {
      rule.excused()
          .forEach(
              it ->
                  line(
                      "%nallowed by an exception %s %s: %s",
                      rule.rule().id(), it.address(), it.found()));
      rule.violations().stream().map(Violation::toString).forEach(it -> line("%nbroken %s", it));
    }
    controls.coverage().badExceptions().forEach(it -> line("%nbroken %s", it));
  }

  private void counts() {
    Coverage coverage = controls.coverage();
    line(
        "%n%d rules; controls: %d covered, %d partly covered, %d open, %d accepted as risks, %d"
            + " broken, %d not applicable; %d of the open and partly covered ones are out of"
            + " Terraform's reach (docs/reference/security-rules.md says who answers for them)",
        coverage.rules().size(),
        coverage.count(Status.COVERED),
        coverage.count(Status.PARTLY),
        coverage.count(Status.OPEN),
        coverage.count(Status.ACCEPTED),
        coverage.count(Status.BROKEN),
        coverage.count(Status.NONE),
        Coverage.outOfReach());
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values).stripTrailing()).append(System.lineSeparator());
  }
}
