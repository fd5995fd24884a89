package payments.dr.configuration;

import java.util.List;
import java.util.stream.Collectors;
import payments.dr.configuration.settings.ConfigurationError;

/** Thrown when files cannot be used as they are; its message has a line for each error. */
public final class InvalidConfigurationException extends IllegalArgumentException {

  private final transient List<Located> errors;

  /**
   * An error and where to mend it.
   *
   * @param place a file relative to the project root, or an environment variable
   */
  public record Located(String place, ConfigurationError error) {

    @Override
    public String toString() {
      return place + ": " + error;
    }
  }

  InvalidConfigurationException(List<Located> errors) {
    super(errors.stream().map(Located::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  public List<Located> errors() {
    return errors;
  }
}
