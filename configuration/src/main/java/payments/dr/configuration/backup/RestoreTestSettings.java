package payments.dr.configuration.backup;

import java.time.Duration;
import payments.dr.configuration.settings.Setting;

/**
 * Restores that AWS Backup tries twice a week in the DR Region. Twice, because CloudWatch looks
 * back a week at most, and an alarm on weekly ones could not tell a late one from none.
 */
public record RestoreTestSettings(
    @Setting(
            value = "Hour at which they start on Sundays and Wednesdays, in UTC",
            defaultValue = "9",
            min = 0,
            max = 23)
        Integer hour) {

  /** How long after its time a restore may start. */
  public static final Duration START_WINDOW = Duration.ofHours(1);

  /**
   * What may lie between the ends of two restores: Wednesday to Sunday, the time to start, and 23
   * hours that the second one may take.
   */
  public static final Duration LONGEST_GAP =
      Duration.ofDays(4).plus(START_WINDOW).plus(Duration.ofHours(23));

  /** Returns when they start, as AWS Backup takes it. */
  public String schedule() {
    return "cron(0 " + hour + " ? * SUN,WED *)";
  }
}
