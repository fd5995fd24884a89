package payments.dr.configuration.backup;

import payments.dr.configuration.settings.Setting;

/**
 * Daily recovery points of each Region with a copy in the other. They hold Aurora, which has no
 * cold tier, so there is no cold storage to set.
 */
public record DailyBackupSettings(
    @Setting(
            value = "When it starts, in UTC, every day",
            defaultValue = "cron(0 5 * * ? *)",
            pattern = Schedules.DAILY,
            patternMeaning = Schedules.DAILY_MEANING)
        String schedule,
    @Setting(
            value = "Days that they are kept in their Region",
            defaultValue = "30",
            min = 1,
            max = 36500)
        Integer retentionDays,
    @Setting(
            value = "Days that their copies are kept in the other Region",
            defaultValue = "30",
            min = 1,
            max = 36500)
        Integer copyRetentionDays) {}
