package payments.dr.configuration.backup;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/**
 * Daily recovery points with a copy in the DR Region. They hold Aurora, which has no cold tier, so
 * there is no cold storage to set.
 */
public record DailyBackupSettings(
    @Setting(
            value = "When it starts, in UTC",
            pattern = Schedules.PATTERN,
            patternMeaning = Schedules.MEANING)
        String schedule,
    @Setting(value = "Days that they are kept in the primary Region", min = 1, max = 36500)
        Integer retentionDays,
    @Setting(value = "Days that their copies are kept in the DR Region", min = 1, max = 36500)
        Integer copyRetentionDays) {

  public DailyBackupSettings {
    schedule = Objects.requireNonNullElse(schedule, "cron(0 5 * * ? *)");
    retentionDays = Objects.requireNonNullElse(retentionDays, 30);
    copyRetentionDays = Objects.requireNonNullElse(copyRetentionDays, 30);
    Faults.of(DailyBackupSettings.class, schedule, retentionDays, copyRetentionDays).throwIfAny();
  }
}
