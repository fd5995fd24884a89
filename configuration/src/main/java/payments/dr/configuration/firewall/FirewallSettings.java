package payments.dr.configuration.firewall;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** The firewall of both Regions: each must refuse the same. */
public record FirewallSettings(
    @Setting("Whether a web application firewall stands before the load balancers") Boolean enabled,
    @Setting(
            value =
                "Requests that one address may send in five minutes; a client behind one address"
                    + " sends all of its payments from it",
            min = 1000,
            max = 10_000_000)
        Integer requestsPerFiveMinutes,
    @Setting(
            value = "Days that the log of refused requests is kept",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays) {

  public FirewallSettings {
    enabled = Objects.requireNonNullElse(enabled, true);
    requestsPerFiveMinutes = Objects.requireNonNullElse(requestsPerFiveMinutes, 10_000);
    logRetentionDays = Objects.requireNonNullElse(logRetentionDays, 400);
    Faults.of(FirewallSettings.class, enabled, requestsPerFiveMinutes, logRetentionDays)
        .throwIfAny();
  }
}
