package payments.dr.configuration.backup;

import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Monthly recovery points of the session tables alone, which may go to cold storage. */
public record MonthlyBackupSettings(
    @Setting(
            value = "When it starts, in UTC",
            defaultValue = "cron(0 6 1 * ? *)",
            pattern = Schedules.PATTERN,
            patternMeaning = Schedules.MEANING)
        String schedule,
    @Setting(
            value = "Days until they move to cold storage",
            defaultValue = "30",
            min = 1,
            max = 36500)
        Integer coldStorageAfterDays,
    @Setting(
            value = "Days that they and their copies are kept",
            defaultValue = "365",
            min = 1,
            max = 36500)
        Integer retentionDays) {

  /** AWS bills and demands at least this long in cold storage. */
  private static final int COLD_STORAGE_MINIMUM_DAYS = 90;

  public MonthlyBackupSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    // Neither the provider nor a plan checks it; AWS refuses it at apply.
    if (retentionDays < coldStorageAfterDays + COLD_STORAGE_MINIMUM_DAYS) {
      errors.add(
          "retentionDays",
          "be at least 90 days after coldStorageAfterDays "
              + coldStorageAfterDays
              + ", so "
              + (coldStorageAfterDays + COLD_STORAGE_MINIMUM_DAYS),
          retentionDays);
    }
    errors.throwIfAny();
  }
}
