package payments.dr.configuration.baseline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.settings.SettingsType;

/** Whether the account is watched by us, and for how long what was seen is kept. */
public record BaselineSettings(
    @Setting(
            value =
                "Whether trail, configuration history, threat detection and security standards of the"
                    + " account are made here; false where a landing zone makes them",
            defaultValue = "false")
        Boolean enabled,
    @Setting(
            value = "Days that the trail and the configuration history are kept",
            defaultValue = "400",
            min = 365,
            max = 3650)
        Integer auditRetentionDays,
    @Setting("What the account has already and its stack takes over; ./dr doctor finds it")
        AdoptionSettings adopt,
    @Setting(
            value =
                "Services that another team answers for: never made or changed here, and what the"
                    + " stack had of them it hands over as it is",
            defaultValue = "[]")
        List<WatchingService> leave) {

  public BaselineSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    Set<WatchingService> adopted = adopt.services();
    if (!enabled && !adopted.isEmpty()) {
      errors.add(
          "adopt",
          "be absent when enabled is false, which would destroy what was adopted; leave hands it"
              + " over instead",
          words(adopted.stream().toList()));
    }
    List<WatchingService> both = leave.stream().filter(adopted::contains).toList();
    if (!both.isEmpty()) {
      errors.add("leave", "name no service of which adopt names something", words(both));
    }
    errors.throwIfAny();
  }

  /** Returns the services that the account's stack watches. */
  public Set<WatchingService> watched() {
    Set<WatchingService> watched = EnumSet.allOf(WatchingService.class);
    watched.removeAll(leave);
    return enabled ? watched : Set.of();
  }

  private static String words(List<WatchingService> services) {
    return String.join(", ", services.stream().map(SettingsType::word).toList());
  }
}
