package payments.dr.configuration.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** What an environment does otherwise than the security rules say. */
public record SecuritySettings(
    @Setting("Resources that may break a rule for a while") List<ExceptionSettings> exceptions) {

  public SecuritySettings {
    exceptions = exceptions == null ? List.of() : List.copyOf(exceptions);
    Faults faults = Faults.of(SecuritySettings.class, exceptions);
    Set<String> seen = new HashSet<>();
    exceptions.stream()
        .map(exception -> exception.rule() + " " + exception.address())
        .filter(pair -> !seen.add(pair))
        .forEach(pair -> faults.add("exceptions", "name each rule and address once", pair));
    faults.throwIfAny();
  }

  /** The exceptions as the security rules take them. */
  public List<Waiver> waivers() {
    return exceptions.stream().map(ExceptionSettings::waiver).toList();
  }
}
