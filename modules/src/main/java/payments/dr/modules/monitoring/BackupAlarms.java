package payments.dr.modules.monitoring;

import java.util.List;
import java.util.Locale;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Alarms on backups and copies that fail, in each Region, and on backups and copies that stopped
 * happening in the primary Region, where they are made: what never starts never fails.
 */
public final class BackupAlarms {

  /** One alarm each: the backups of one must not hide that those of the other stopped. */
  private static final List<String> RESOURCE_TYPES = List.of("Aurora", "DynamoDB");

  private static final int HOUR_SECONDS = 3600;
  private static final int DAY_SECONDS = 24 * HOUR_SECONDS;

  private final BackupAlarmsProps props;

  /** Makes one construct named {@code id} in each Region. */
  public BackupAlarms(String id, BackupAlarmsProps props) {
    this.props = props;
    failures(new Component(props.regions().dr(), id), props.regions().dr());
    Region region = props.regions().primary();
    Component scope = new Component(region, id);
    failures(scope, region);
    for (String type : RESOURCE_TYPES) {
      missing(type.toLowerCase(Locale.ROOT))
          .whenBelow(1, jobs("NumberOfBackupJobsCompleted", region).of("ResourceType", type))
          .saying(
              "No backup of %s was completed in %s for a day. Look at the backup plan, its"
                  + " selections, and whether AWS Backup is switched on for it. Expected on the"
                  + " first day of an environment.",
              type, region.name())
          .create(
              scope,
              "missing-" + type.toLowerCase(Locale.ROOT),
              region,
              props.topicArns().primary());
    }
    // AWS counts copies under the vault that they go to, and does not document in which Region. To
    // be confirmed on AWS: where jobs are listed, in that of the source, as here. If it is the
    // other, this alarm never clears.
    missing("copy")
        .whenBelow(1, jobs("NumberOfCopyJobsCompleted", props.regions().dr()))
        .saying(
            "No copy of a backup arrived in the vault of %s for a day. Look at the copy jobs in %s"
                + " and at the keys of both vaults. Expected on the first day of an environment.",
            props.regions().dr().name(), region.name())
        .create(scope, "missing-copy", region, props.topicArns().primary());
  }

  private Alarm missing(String what) {
    return Alarm.named(props.names().global("backup-missing-alarm-" + what))
        .everySeconds(DAY_SECONDS)
        .in(1, 1)
        .silenceIsBad();
  }

  private void failures(Component scope, Region region) {
    failure(
        scope, region, "backup", "backup-failed-alarm", jobs("NumberOfBackupJobsFailed", region));
    // Copies count under the vault that they go to; both Regions listen, as either may be told.
    failure(
        scope,
        region,
        "copy",
        "backup-copy-failed-alarm",
        jobs("NumberOfCopyJobsFailed", props.regions().dr()));
  }

  private void failure(Component scope, Region region, String what, String name, Metric failed) {
    Alarm.named(props.names().regional(region.role(), name))
        .whenAbove(0, failed)
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
