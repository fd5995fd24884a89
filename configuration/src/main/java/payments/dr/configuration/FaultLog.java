package payments.dr.configuration;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.InvalidConfigurationException.Located;
import payments.dr.configuration.settings.Fault;

/** Collects the faults of all files, each with its place. */
final class FaultLog {

  private final List<Located> faults = new ArrayList<>();

  void note(String place, String key, String problem) {
    note(place, List.of(new Fault(key, problem)));
  }

  void note(String place, List<Fault> found) {
    found.forEach(fault -> faults.add(new Located(place, fault)));
  }

  /**
   * @throws InvalidConfigurationException with all of them, if any
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
  }
}
