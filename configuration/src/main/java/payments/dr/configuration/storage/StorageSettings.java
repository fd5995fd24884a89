package payments.dr.configuration.storage;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** How long request logs of load balancers and buckets are kept. */
public record StorageSettings(
    @Setting(value = "Days that access logs are kept", min = 1, max = 3650)
        Integer accessLogRetentionDays) {

  public StorageSettings {
    accessLogRetentionDays = Objects.requireNonNullElse(accessLogRetentionDays, 400);
    Faults.of(StorageSettings.class, accessLogRetentionDays).throwIfAny();
  }
}
