package payments.dr.configuration;

import java.time.LocalDate;
import java.util.List;
import payments.dr.configuration.recovery.MeasurementRules;
import payments.dr.configuration.recovery.RecoveryObjectives;

/**
 * Holds all environments to what they promise about failovers. Reading the files does not: who must
 * act during an outage needs the configuration as it is.
 */
public final class RecoveryChecks {

  private RecoveryChecks() {}

  /**
   * Refuses what cannot be kept.
   *
   * @throws InvalidConfigurationException when an environment cannot keep what it promises
   */
  public static void require(Configuration configuration) {
    ErrorLog errors = new ErrorLog();
    configuration
        .environments()
        .forEach(
            environment -> errors.note(environment.file(), RecoveryObjectives.errors(environment)));
    errors.throwIfAny();
  }

  /** Doubts about measurements, a line each. */
  public static List<String> warnings(Configuration configuration, LocalDate today) {
    return configuration.environments().stream()
        .flatMap(environment -> MeasurementRules.warnings(environment, today).stream())
        .toList();
  }
}
