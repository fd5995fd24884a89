package payments.dr.configuration.recovery;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.measurement.Measurement;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.configuration.measurement.Measurements.Kind;
import payments.dr.configuration.settings.ConfigurationError;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.SettingsType;

/** Whose measurements count for an environment, and for how long. */
public final class MeasurementRules {

  private static final int VALID_DAYS = 90;

  private MeasurementRules() {}

  /** Says what was measured elsewhere, with keys of the measurements' file. */
  public static List<ConfigurationError> errors(
      Measurements measurements, String environment, Account account) {
    Kind kind = account.config().localAws() ? Kind.EMULATED : Kind.AWS;
    List<ConfigurationError> errors = new ArrayList<>();
    expect(errors, "environment", environment, measurements.environment());
    expect(errors, "account", account.config().id(), measurements.account());
    if (measurements.kind() != kind) {
      errors.add(
          new ConfigurationError(
              "kind",
              "must be %s because account %s is %s, got %s"
                  .formatted(
                      SettingsType.word(kind),
                      account.name(),
                      account.config().localAws() ? "a local AWS" : "no local AWS",
                      SettingsType.word(measurements.kind()))));
    }
    return errors;
  }

  /** Returns a line for each figure that was measured too long ago, or not yet. */
  public static List<String> warnings(Environment environment, LocalDate today) {
    return environment.measurements().stream()
        .flatMap(measurements -> measurements.figures().stream())
        .flatMap(figure -> doubt(figure, today).stream())
        .map(doubt -> environment.measurementsFile() + ": " + doubt)
        .toList();
  }

  private static Optional<String> doubt(Measurement measured, LocalDate today) {
    long days = ChronoUnit.DAYS.between(measured.day(), today);
    if (days >= 0 && days <= VALID_DAYS) {
      return Optional.empty();
    }
    return Optional.of(
        "%s must be measured within %d days, got %s, %s"
            .formatted(
                measured.figure().word(),
                VALID_DAYS,
                measured.date(),
                days < 0 ? "which is to come" : days + " days ago"));
  }

  private static void expect(
      List<ConfigurationError> errors, String key, String expected, String given) {
    if (!expected.equals(given)) {
      errors.add(
          new ConfigurationError(
              key,
              "must be %s, where alone these figures count, got %s"
                  .formatted(
                      ConfigurationErrors.quoted(expected), ConfigurationErrors.quoted(given))));
    }
  }
}
