package payments.dr.configuration.backup;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** Frequent recovery points in the primary Region, for a quick way back after a mistake. */
public record HourlyBackupSettings(
    @Setting("Whether they are taken") Boolean enabled,
    @Setting(
            value = "When it starts, in UTC",
            pattern = Schedules.PATTERN,
            patternMeaning = Schedules.MEANING)
        String schedule,
    @Setting(value = "Days that they are kept", min = 1, max = 35) Integer retentionDays) {

  public HourlyBackupSettings {
    enabled = Objects.requireNonNullElse(enabled, true);
    schedule = Objects.requireNonNullElse(schedule, "cron(0 * * * ? *)");
    retentionDays = Objects.requireNonNullElse(retentionDays, 1);
    Faults.of(HourlyBackupSettings.class, enabled, schedule, retentionDays).throwIfAny();
  }
}
