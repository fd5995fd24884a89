package payments.dr.modules.monitoring;

import java.util.Locale;
import java.util.Map;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Alarms of each Region on backups and copies that fail, and on those that stopped happening: what
 * never starts never fails.
 *
 * <p>Both Regions back up their own cluster. That AWS takes a snapshot of a cluster that follows is
 * nowhere documented, nor that it refuses one. So backups of the cluster must succeed where the
 * writer is, and may fail where it is not. A Region follows in an hour in which its database said
 * so and took no heartbeat. One whose controller is silent, or cannot sign in, counts as the
 * writer's: neither silences an alarm.
 */
public final class BackupAlarms {

  private static final int HOUR_SECONDS = 3600;

  /** A day, and time for the job. */
  private static final int HOURS = 30;

  private static final String FOLLOWS = "(FILL(follows, 0) > 0) AND (FILL(beats, 0) == 0)";

  private static final String PAGE = "docs/operate/backups.md";

  private final BackupAlarmsProps props;

  /** Makes one construct named {@code id} in each Region. */
  public BackupAlarms(String id, BackupAlarmsProps props) {
    this.props = props;
    props
        .regions()
        .map(
            region -> {
              Component scope = new Component(region, id);
              failures(scope, region);
              missing(scope, region);
              return scope;
            });
  }

  private void failures(Component scope, Region region) {
    failure(
        scope,
        region,
        "backup",
        "backup-failed-alarm",
        new Expression(
            "failed where the writer is",
            "IF(" + FOLLOWS + ", 0, failed)",
            whereWritten("failed", jobs("NumberOfBackupJobsFailed", region.role()), region)));
    // AWS counts copies under the vault that they go to, and does not document in which Region:
    // both listen, as either may be told.
    failure(
        scope,
        region,
        "copy",
        "backup-copy-failed-alarm",
        jobs("NumberOfCopyJobsFailed", RegionRole.DR));
    failure(
        scope,
        region,
        "copy-back",
        "backup-copy-back-failed-alarm",
        jobs("NumberOfCopyJobsFailed", RegionRole.PRIMARY));
  }

  private void failure(Component scope, Region region, String what, String name, Signal failed) {
    Alarm.named(props.names().regional(region.role(), name))
        .whenAbove(0, failed)
        .everySeconds(HOUR_SECONDS)
        .in(1, 1)
        .saying(
            "A %s job failed in %s. Its message in AWS Backup says why; start it again by hand, so"
                + " that no day is missing.",
            what, region.name())
        .first(doctor(), PAGE)
        .create(scope, what, region, topicArn(region));
  }

  /** One alarm each: the backups of one must not hide that those of the other stopped. */
  private void missing(Component scope, Region region) {
    missing(
        scope,
        region,
        "Aurora",
        new Expression(
            "completed, or one where the writer is not",
            "IF(" + FOLLOWS + ", 1, FILL(completed, 0))",
            whereWritten("completed", completed("Aurora", region), region)));
    // Every replica of a global table is backed up alike.
    missing(scope, region, "DynamoDB", completed("DynamoDB", region));
    Region peer = props.regions().get(region.role().other());
    // Where jobs are listed, in the Region of the source. To be confirmed on AWS: if it is the
    // other, this alarm never clears.
    missing("copy")
        .whenBelow(1, jobs("NumberOfCopyJobsCompleted", peer.role()))
        .saying(
            "No copy of a backup arrived in the vault of %s for %d hours. Look at the copy jobs in"
                + " %s and at the keys of both vaults. Expected while %s is lost, and on the first"
                + " day of an environment.",
            peer.name(), HOURS, region.name(), peer.name())
        .first(doctor(), PAGE)
        .create(scope, "missing-copy", region, topicArn(region));
  }

  private void missing(Component scope, Region region, String type, Signal completed) {
    String what = type.toLowerCase(Locale.ROOT);
    missing(what)
        .whenBelow(1, completed)
        .saying(
            "No backup of %s was completed in %s for %d hours. Look at the backup plan, its"
                + " selections, and whether AWS Backup is switched on for it. Expected on the"
                + " first day of an environment.",
            type, region.name(), HOURS)
        .first(doctor(), PAGE)
        .create(scope, "missing-" + what, region, topicArn(region));
  }

  private Alarm missing(String what) {
    return Alarm.named(props.names().global("backup-missing-alarm-" + what))
        .everySeconds(HOUR_SECONDS)
        .in(HOURS, HOURS)
        .silenceIsBad();
  }

  private Map<String, Metric> whereWritten(String name, Metric jobs, Region region) {
    MonitoredController controller = props.controllers().get(region.role());
    return Map.of("follows", controller.follows(), "beats", controller.heartbeats(), name, jobs);
  }

  private Metric completed(String type, Region region) {
    return jobs("NumberOfBackupJobsCompleted", region.role()).of("ResourceType", type);
  }

  private Metric jobs(String metricName, RegionRole vault) {
    return Metric.sum("AWS/Backup", metricName)
        .of("BackupVaultName", props.vaultNames().get(vault));
  }

  private String doctor() {
    return "doctor " + props.names().environment();
  }

  private String topicArn(Region region) {
    return props.topicArns().get(region.role());
  }
}
