package payments.dr.configuration.backup;

/** What AWS Backup takes as a schedule; whether the times make sense is AWS's to judge. */
final class Schedules {

  static final String PATTERN = "cron\\([0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}\\)";

  static final String MEANING = "an AWS cron expression of six fields such as cron(0 5 * * ? *)";

  /** What {@link #PATTERN} takes, of each day of each month and year. */
  static final String DAILY = "cron\\([0-9*,/-]+ [0-9*,/-]+ (\\* \\* \\?|\\? \\* \\*) \\*\\)";

  static final String DAILY_MEANING =
      "an AWS cron expression that starts every day such as cron(0 5 * * ? *)";

  private Schedules() {}
}
