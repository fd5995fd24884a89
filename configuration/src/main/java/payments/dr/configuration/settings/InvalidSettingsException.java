package payments.dr.configuration.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown by a settings record that was given values it does not allow; names all of them. */
public final class InvalidSettingsException extends IllegalArgumentException {

  private final transient List<ConfigurationError> errors;

  public InvalidSettingsException(List<ConfigurationError> errors) {
    super(errors.stream().map(ConfigurationError::toString).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  public List<ConfigurationError> errors() {
    return errors;
  }
}
