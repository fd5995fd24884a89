package payments.dr.configuration.baseline;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** Whether the account is watched by us, and for how long what was seen is kept. */
public record BaselineSettings(
    @Setting(
            "Whether trail, configuration history, threat detection and security standards of the"
                + " account are made here; false where a landing zone makes them")
        Boolean enabled,
    @Setting(
            value = "Days that the trail and the configuration history are kept",
            min = 365,
            max = 3650)
        Integer auditRetentionDays) {

  public BaselineSettings {
    enabled = Objects.requireNonNullElse(enabled, false);
    auditRetentionDays = Objects.requireNonNullElse(auditRetentionDays, 400);
    Faults.of(BaselineSettings.class, enabled, auditRetentionDays).throwIfAny();
  }
}
