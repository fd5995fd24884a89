package payments.dr.configuration.backup;

import java.time.Duration;
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
        Integer copyRetentionDays) {

  /** How long after its time a job may start. */
  public static final Duration START_WINDOW = Duration.ofHours(1);

  /** How long after its start a job may end; AWS Backup cancels it then. */
  public static final Duration COMPLETION_WINDOW = Duration.ofHours(8);

  /**
   * What may lie between the ends of two jobs of which none failed: a day, and the windows of the
   * second one.
   */
  public static final Duration LONGEST_GAP =
      Duration.ofDays(1).plus(START_WINDOW).plus(COMPLETION_WINDOW);

  /**
   * The same of their copies, which begin when the backup has ended. AWS Backup has no window for
   * them; three hours are this project's.
   */
  public static final Duration LONGEST_GAP_OF_COPIES = LONGEST_GAP.plusHours(3);
}
