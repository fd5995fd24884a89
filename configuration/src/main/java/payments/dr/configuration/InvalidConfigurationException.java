package payments.dr.configuration;

import java.util.List;
import java.util.stream.Collectors;
import payments.dr.configuration.settings.Fault;

/** Thrown when files cannot be used as they are; its message has a line for each fault. */
public final class InvalidConfigurationException extends IllegalArgumentException {

  private final transient List<Located> faults;

  /**
   * A fault and where to mend it.
   *
   * @param place a file relative to the project root, or an environment variable
   */
  public record Located(String place, Fault fault) {

    @Override
    public String toString() {
      return place + ": " + fault;
    }
  }

  InvalidConfigurationException(List<Located> faults) {
    super(faults.stream().map(Located::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Located> faults() {
    return faults;
  }
}
