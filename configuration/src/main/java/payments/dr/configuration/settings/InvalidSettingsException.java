package payments.dr.configuration.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown by a settings record that was given values it does not allow; names all of them. */
public final class InvalidSettingsException extends IllegalArgumentException {

  private final transient List<Fault> faults;

  public InvalidSettingsException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
