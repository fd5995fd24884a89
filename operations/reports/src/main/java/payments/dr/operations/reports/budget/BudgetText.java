package payments.dr.operations.reports.budget;

import java.util.Locale;
import java.util.stream.Collectors;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.recovery.RecoveryBudget;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.recovery.RecoveryPoint;
import payments.dr.configuration.settings.ConfigurationError;

/** Writes a budget for a person. */
final class BudgetText {

  private final BudgetReport budget;
  private final StringBuilder text = new StringBuilder();

  private BudgetText(BudgetReport budget) {
    this.budget = budget;
  }

  static String of(BudgetReport budget) {
    BudgetText text = new BudgetText(budget);
    text.terms();
    text.verdict();
    text.assumptions();
    return text.text.toString();
  }

  private void terms() {
    line("Worst case of a failover of %s%n", budget.environment().name());
    for (Term term : budget.recovery().time().terms()) {
      row(term.name(), term.seconds(), lower(term.basis()), term.source());
    }
    row("in all", budget.recovery().time().seconds(), "", "");
    row("target", budget.promised().rtoTargetSeconds(), "configured", "failover.rtoTargetSeconds");
    line("");
  }

  private void verdict() {
    int spare = budget.promised().rtoTargetSeconds() - budget.recovery().time().seconds();
    line(
        "time     %s",
        spare < 0 ? "%d s too long".formatted(-spare) : "kept, %d s to spare".formatted(spare));
    line("other    %s", other());
    line(
        "most     %s",
        budget.largest().stream()
            .map(term -> term.name() + " " + term.seconds() + " s")
            .collect(Collectors.joining(", ")));
    RecoveryPoint point = budget.recovery().point();
    line(
        "loss     %d s of committed payments, target %d s; %s (%s)",
        point.seconds(),
        budget.promised().rpoTargetSeconds(),
        reliability(point.kind()),
        point.source());
    line(
        "planned  at most %d s without payments in a switchover or a fail-back, RDS's %d s among them",
        budget.recovery().plannedSeconds(), budget.recovery().figures().promote().value());
    line(
        "back     for up to %d s after a way back by hand or by force customers still reach the DR"
            + " Region",
        budget.recovery().failbackSeconds());
    line("mode     %s: %s", lower(budget.promised().mode()), meaning(budget.promised().mode()));
    for (ConfigurationError fault : budget.faults()) {
      line("refused  %s: %s", budget.environment().file(), fault);
    }
  }

  private String other() {
    RecoveryBudget dark = budget.recovery().dark();
    RecoveryBudget answering = budget.recovery().answering();
    return budget.recovery().time().equals(dark)
        ? answering.seconds() + " s while the primary Region's load balancer answers"
        : dark.seconds() + " s when nothing of the primary Region answers";
  }

  private void assumptions() {
    if (!budget.assumed().isEmpty()) {
      line("%nAssumed until %s has measurements:", budget.environment().measurementsFile());
      for (DrillFigure figure : budget.assumed()) {
        line("  %-19s  %3d s  %s", figure.word(), figure.assumedSeconds(), figure.meaning());
      }
    }
  }

  private static String reliability(RecoveryPoint.Kind kind) {
    return switch (kind) {
      case BOUND -> "held by the database";
      case ESTIMATE -> "an estimate, no guarantee";
    };
  }

  private static String meaning(FailoverMode mode) {
    return switch (mode) {
      case AUTO -> "the controller fails over by itself";
      case APPROVAL -> "the controller asks first";
      case OBSERVE -> "nothing fails over by itself; the time is that of mode auto";
    };
  }

  private void row(String name, int seconds, String basis, String source) {
    line("%s", "  %-22s %4d s  %-10s  %s".formatted(name, seconds, basis, source).stripTrailing());
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append(System.lineSeparator());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
