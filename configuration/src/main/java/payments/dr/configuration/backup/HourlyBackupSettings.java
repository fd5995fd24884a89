package payments.dr.configuration.backup;

import payments.dr.configuration.settings.Setting;

/** Frequent recovery points in each Region, for a quick way back after a mistake. */
public record HourlyBackupSettings(
    @Setting(value = "Whether they are taken", defaultValue = "true") Boolean enabled,
    @Setting(
            value = "When it starts, in UTC",
            defaultValue = "cron(0 * * * ? *)",
            pattern = Schedules.PATTERN,
            patternMeaning = Schedules.MEANING)
        String schedule,
    @Setting(value = "Days that they are kept", defaultValue = "1", min = 1, max = 35)
        Integer retentionDays) {}
