package payments.dr.modules.monitoring;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.backup.DailyBackupSettings;
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
 *
 * <p>AWS counts copies under the vault that they go to, and says nowhere in which Region. So each
 * Region listens for copies to either vault. If AWS counts them where they come from, it hears of
 * its own ones, otherwise of those of the other Region.
 */
public final class BackupAlarms {

  private static final int HOUR_SECONDS = 3600;

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
    missingBackup(
        scope,
        region,
        "Aurora",
        new Expression(
            "completed, or one where the writer is not",
            "IF(" + FOLLOWS + ", 1, FILL(completed, 0))",
            whereWritten("completed", completed("Aurora", region), region)));
    // Every replica of a global table is backed up alike.
    missingBackup(scope, region, "DynamoDB", completed("DynamoDB", region));
    missingCopy(scope, region, "Aurora", copiesOfWriter(region));
    missingCopy(
        scope,
        region,
        "DynamoDB",
        new Expression("copied", "SUM([there, back])", copies("DynamoDB", region, "")));
  }

  /**
   * Copies of the cluster that follows may not be there. Those of the session table always are: if
   * they tell that this Region hears of nothing but what a follower sends, nothing is missed.
   */
  private Expression copiesOfWriter(Region region) {
    Map<String, Metric> metrics = new TreeMap<>(copies("Aurora", region, ""));
    metrics.putAll(copies("DynamoDB", region, "sessions_"));
    MonitoredController controller = props.controllers().get(region.role());
    metrics.put("follows", controller.follows());
    metrics.put("beats", controller.heartbeats());
    return new Expression(
        "copied, or told of a follower's copies only",
        "SUM([there, back, IF(" + FOLLOWS + ", sessions_there, sessions_back)])",
        metrics);
  }

  private Map<String, Metric> copies(String type, Region region, String prefix) {
    String metric = "NumberOfCopyJobsCompleted";
    RegionRole own = region.role();
    return Map.of(
        prefix + "there", jobs(metric, own.other()).of("ResourceType", type),
        prefix + "back", jobs(metric, own).of("ResourceType", type));
  }

  private void missingCopy(Component scope, Region region, String type, Signal copied) {
    String what = "copy-" + type.toLowerCase(Locale.ROOT);
    Duration gap = DailyBackupSettings.LONGEST_GAP_OF_COPIES;
    missing(what, gap)
        .whenBelow(1, copied)
        .saying(
            "No copy of a backup of %s was completed for %d hours, as far as %s is told. Look at"
                + " the copy jobs in both Regions and at the keys of both vaults. Expected while a"
                + " Region is lost, and on the first day of an environment.",
            type, gap.toHours(), region.name())
        .first(doctor(), PAGE)
        .create(scope, "missing-" + what, region, topicArn(region));
  }

  private void missingBackup(Component scope, Region region, String type, Signal completed) {
    String what = type.toLowerCase(Locale.ROOT);
    Duration gap = DailyBackupSettings.LONGEST_GAP;
    missing(what, gap)
        .whenBelow(1, completed)
        .saying(
            "No backup of %s was completed in %s for %d hours. Look at the backup plan, its"
                + " selections, and whether AWS Backup is switched on for it. Expected on the"
                + " first day of an environment.",
            type, region.name(), gap.toHours())
        .first(doctor(), PAGE)
        .create(scope, "missing-" + what, region, topicArn(region));
  }

  private Alarm missing(String what, Duration gap) {
    int hours = (int) gap.toHours();
    return Alarm.named(props.names().global("backup-missing-alarm-" + what))
        .everySeconds(HOUR_SECONDS)
        .in(hours, hours)
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
