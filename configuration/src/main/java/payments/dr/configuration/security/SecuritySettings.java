package payments.dr.configuration.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Which resources of an environment may break which security rule. */
public record SecuritySettings(
    @Setting(value = "Resources that may break a rule for a while", defaultValue = "[]")
        List<ExceptionSettings> exceptions) {

  public SecuritySettings {
    exceptions = List.copyOf(exceptions);
    ConfigurationErrors errors = new ConfigurationErrors();
    Set<String> seen = new HashSet<>();
    exceptions.stream()
        .map(exception -> exception.rule() + " " + exception.address())
        .filter(pair -> !seen.add(pair))
        .forEach(pair -> errors.add("exceptions", "name each rule and address once", pair));
    errors.throwIfAny();
  }

  /** Returns the exceptions as the security rules take them. */
  public List<Waiver> waivers() {
    return exceptions.stream().map(ExceptionSettings::waiver).toList();
  }
}
