package payments.dr.operations.reports.budget;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.recovery.MeasurementRules;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.recovery.RecoveryObjectives;
import payments.dr.configuration.settings.ConfigurationError;

/**
 * An environment's recovery budget as it is shown.
 *
 * @param faults why it is not kept
 * @param warnings about measurements
 */
record BudgetReport(
    Environment environment,
    Recovery recovery,
    List<ConfigurationError> faults,
    List<String> warnings) {

  private static final int LARGEST = 3;

  static BudgetReport of(Environment environment, LocalDate today) {
    return new BudgetReport(
        environment,
        Recovery.of(environment),
        RecoveryObjectives.errors(environment),
        MeasurementRules.warnings(environment, today));
  }

  boolean kept() {
    return faults.isEmpty();
  }

  FailoverSettings promised() {
    return environment.config().failover();
  }

  List<Term> largest() {
    return recovery.time().largest(LARGEST);
  }

  /** The figures that the budget takes on trust. */
  List<DrillFigure> assumed() {
    return Arrays.stream(DrillFigure.values())
        .filter(
            figure -> figure != DrillFigure.APPROVAL || promised().mode() == FailoverMode.APPROVAL)
        .filter(figure -> environment.measurements().stream().noneMatch(all -> all.has(figure)))
        .toList();
  }
}
