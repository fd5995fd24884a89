package payments.dr.configuration.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.settings.ConfigurationError;

/**
 * Whether an environment can keep what it promises about failovers. Reading the files does not ask:
 * who must act during an outage needs the configuration as it is.
 */
public final class RecoveryObjectives {

  /** Twice what Aurora takes to replace a writer inside its Region, which is no reason to move. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int NAMED_TERMS = 3;

  private final Environment environment;
  private final FailoverSettings failover;
  private final Recovery recovery;
  private final List<ConfigurationError> errors = new ArrayList<>();

  private RecoveryObjectives(Environment environment) {
    this.environment = environment;
    failover = environment.config().failover();
    recovery = Recovery.of(environment);
  }

  /** Returns what stands against it, with keys of the environment's file. */
  public static List<ConfigurationError> errors(Environment environment) {
    RecoveryObjectives rules = new RecoveryObjectives(environment);
    rules.patience();
    rules.reckonedLoss();
    rules.time();
    rules.point();
    return rules.errors;
  }

  private void patience() {
    int missing = PATIENCE_SECONDS - recovery.figures().patienceSeconds();
    if (missing > 0) {
      error(
          "confirmSeconds",
          "must be at least %d, got %d: detection, a tick and the confirmation must be %d s or more"
              + " together, because Aurora replaces a writer inside its Region in up to 30 s",
          failover.confirmSeconds() + missing,
          failover.confirmSeconds(),
          PATIENCE_SECONDS);
    }
  }

  /** Else the machine would ask a human each time, and {@code auto} would promise too much. */
  private void reckonedLoss() {
    RecoveryFigures figures = recovery.figures();
    if (failover.mode() == FailoverMode.AUTO
        && figures.reckonedLossSeconds() > ControllerPace.LOSS_GUARD_SECONDS) {
      error(
          "healthCheckIntervalSeconds",
          "and healthCheckFailureThreshold must let a fault be noticed within %d s when mode is"
              + " auto, or every failover waits for a human, got %d s: detect %d s and two ticks of"
              + " %d s",
          ControllerPace.LOSS_GUARD_SECONDS,
          figures.reckonedLossSeconds(),
          figures.detection().seconds(),
          figures.tick().value());
    }
  }

  private void time() {
    if (!recovery.time().keeps(failover.rtoTargetSeconds())) {
      error(
          "rtoTargetSeconds",
          "must be at least %d, got %d: that long may a failover take, most of it %s; shorten one of"
              + " these or raise the target (keys with a dot are of this file, the others of %s)",
          recovery.time().seconds(),
          failover.rtoTargetSeconds(),
          recovery.time().largest(NAMED_TERMS).stream()
              .map(RecoveryObjectives::named)
              .collect(Collectors.joining(", ")),
          environment.measurementsFile());
    }
  }

  private void point() {
    if (recovery.point().seconds() > failover.rpoTargetSeconds()) {
      error(
          "rpoTargetSeconds",
          "must be at least %d (%s), got %d",
          recovery.point().seconds(),
          recovery.point().source(),
          failover.rpoTargetSeconds());
    }
  }

  private static String named(Term term) {
    return "%s %d s (%s)".formatted(term.name(), term.seconds(), term.source());
  }

  private void error(String key, String problem, Object... values) {
    errors.add(new ConfigurationError("failover." + key, problem.formatted(values)));
  }
}
