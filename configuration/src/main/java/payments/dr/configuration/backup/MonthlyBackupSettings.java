package payments.dr.configuration.backup;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** Monthly recovery points of the session tables alone, which may go to cold storage. */
public record MonthlyBackupSettings(
    @Setting(
            value = "When it starts, in UTC",
            pattern = Schedules.PATTERN,
            patternMeaning = Schedules.MEANING)
        String schedule,
    @Setting(value = "Days until they move to cold storage", min = 1, max = 36500)
        Integer coldStorageAfterDays,
    @Setting(value = "Days that they and their copies are kept", min = 1, max = 36500)
        Integer retentionDays) {

  /** AWS bills and demands at least this long in cold storage. */
  private static final int COLD_STORAGE_MINIMUM_DAYS = 90;

  public MonthlyBackupSettings {
    schedule = Objects.requireNonNullElse(schedule, "cron(0 6 1 * ? *)");
    coldStorageAfterDays = Objects.requireNonNullElse(coldStorageAfterDays, 30);
    retentionDays = Objects.requireNonNullElse(retentionDays, 365);
    Faults faults =
        Faults.of(MonthlyBackupSettings.class, schedule, coldStorageAfterDays, retentionDays);
    // Neither the provider nor a plan checks it; AWS refuses it at apply.
    if (retentionDays < coldStorageAfterDays + COLD_STORAGE_MINIMUM_DAYS) {
      faults.add(
          "retentionDays",
          "be at least 90 days after coldStorageAfterDays "
              + coldStorageAfterDays
              + ", so "
              + (coldStorageAfterDays + COLD_STORAGE_MINIMUM_DAYS),
          retentionDays);
    }
    faults.throwIfAny();
  }
}
