package payments.dr.configuration.backup;

/** What AWS Backup takes as a schedule; whether the times make sense is AWS's to judge. */
final class Schedules {

  static final String PATTERN = "cron\\([0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}\\)";

  static final String MEANING = "an AWS cron expression of six fields such as cron(0 5 * * ? *)";

  private Schedules() {}
}
