package payments.dr.configuration;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.InvalidConfigurationException.Located;
import payments.dr.configuration.settings.ConfigurationError;

/** Collects the errors of all files, each with its place. */
final class ErrorLog {

  private final List<Located> errors = new ArrayList<>();

  void note(String place, String key, String problem) {
    note(place, List.of(new ConfigurationError(key, problem)));
  }

  void note(String place, List<ConfigurationError> found) {
    found.forEach(error -> errors.add(new Located(place, error)));
  }

  /**
   * @throws InvalidConfigurationException with all of them, if any
   */
  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new InvalidConfigurationException(errors);
    }
  }
}
