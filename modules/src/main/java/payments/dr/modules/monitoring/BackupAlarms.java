package payments.dr.modules.monitoring;

import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * Alarms on backups and copies that fail, in each Region, and on backups that stopped happening in
 * the primary Region, where they are taken: what never starts never fails.
 */
public final class BackupAlarms {

  private static final int HOUR_SECONDS = 3600;
  private static final int DAY_SECONDS = 24 * HOUR_SECONDS;

  private final BackupAlarmsProps props;

  /** Makes one construct named {@code id} in each Region. */
  public BackupAlarms(String id, BackupAlarmsProps props) {
    this.props = props;
    failures(new Construct(props.regions().dr(), id), props.regions().dr());
    Region region = props.regions().primary();
    Construct scope = new Construct(region, id);
    failures(scope, region);
    Alarm.named(props.names().global("backup-missing-alarm"))
        .whenBelow(1, jobs("NumberOfBackupJobsCompleted", region))
        .everySeconds(DAY_SECONDS)
        .in(1, 1)
        .silenceIsBad()
        .saying(
            "No backup was completed in %s for a day. Look at the backup plan, its selections, and"
                + " whether AWS Backup is switched on for Aurora and DynamoDB. Expected on the"
                + " first day of an environment.",
            region.name())
        .create(scope, "missing", region, props.topicArns().primary());
  }

  private void failures(Construct scope, Region region) {
    failure(scope, region, "backup", "backup-failed-alarm", "NumberOfBackupJobsFailed");
    failure(scope, region, "copy", "backup-copy-failed-alarm", "NumberOfCopyJobsFailed");
  }

  private void failure(
      Construct scope, Region region, String what, String name, String metricName) {
    Alarm.named(props.names().regional(region.role(), name))
        .whenAbove(0, jobs(metricName, region))
        .everySeconds(HOUR_SECONDS)
        .in(1, 1)
        .saying(
            "A %s job failed in %s. Its message in AWS Backup says why; start it again by hand, so"
                + " that no day is missing.",
            what, region.name())
        .create(scope, what, region, props.topicArns().get(region.role()));
  }

  private Metric jobs(String metricName, Region region) {
    return Metric.sum("AWS/Backup", metricName)
        .of("BackupVaultName", props.vaultNames().get(region.role()));
  }
}
