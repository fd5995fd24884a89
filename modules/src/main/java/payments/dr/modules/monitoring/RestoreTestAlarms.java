package payments.dr.modules.monitoring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Alarms on tests of restores that fail, and on those that stopped happening. What ended is kept in
 * a log group, for who asks whether backups can be restored.
 *
 * <p>They count events of the plan's own restores: metrics of AWS Backup do not tell these from
 * restores by hand.
 */
public final class RestoreTestAlarms extends Component {

  private static final int HOUR_SECONDS = 3600;

  private static final String PAGE = "docs/operate/backups.md#tests-of-restores";

  private final Region region;
  private final RestoreTestAlarmsProps props;
  private final LoggedEvents events;

  /** Makes the alarms in the DR Region. */
  public RestoreTestAlarms(String id, RestoreTestAlarmsProps props) {
    super(props.regions().dr(), id);
    region = props.regions().dr();
    this.props = props;
    events =
        new LoggedEvents(
            this, region, props.names().regional(region.role(), "restore-tests"), props.keys());
    Component failed = new Component(this, "failed");
    Alarm.named(props.names().global("restore-test-failed-alarm"))
        .whenAbove(
            0,
            events.of(
                failed,
                props.names().regional(region.role(), "restore-test-failed"),
                "Tests of restores that failed",
                jobs(Map.of("status", List.of("FAILED", "ABORTED")))))
        .everySeconds(HOUR_SECONDS)
        .in(1, 1)
        .saying(
            "A test of a restore failed in %s: a backup cannot be restored as it is. Log group %s"
                + " has the job, and the job its message.",
            region.name(), events.logName())
        .first(doctor(), PAGE)
        .create(failed, "alarm", region, props.topicArn());
    for (MonitoredDatabase database : props.databases()) {
      missing("Aurora", database, this::clusterArn);
      missing("DynamoDB", database, this::sessionTableArn);
    }
  }

  /** One for each generation: tests of one must not hide that those of the other stopped. */
  private void missing(
      String type,
      MonitoredDatabase database,
      BiFunction<Region, MonitoredDatabase, String> sourceArn) {
    String what = type.toLowerCase(Locale.ROOT);
    String named = what + database.nameSuffix();
    Component scope = new Component(this, what + "-" + database.generation());
    int hours = (int) RestoreTestSettings.LONGEST_GAP.toHours();
    List<String> sources =
        List.of(
            sourceArn.apply(props.regions().primary(), database),
            sourceArn.apply(props.regions().dr(), database));
    Alarm.named(props.names().global("restore-test-missing-alarm-" + named))
        .whenBelow(
            1,
            events.of(
                scope,
                props.names().regional(region.role(), "restore-tested-" + named),
                "Tests of restores of %s %s that succeeded".formatted(type, database.generation()),
                jobs(Map.of("status", List.of("COMPLETED"), "sourceResourceArn", sources))))
        .everySeconds(HOUR_SECONDS)
        .in(hours, hours)
        .silenceIsBad()
        .saying(
            "No backup of %s of database %s was restored for a test in %s for %d days. Look at the"
                + " restore testing plan of AWS Backup, and whether recovery points of the last two"
                + " days are there. Expected in the first days of an environment or a generation.",
            type, database.generation(), region.name(), RestoreTestSettings.LONGEST_GAP.toDays())
        .first(doctor(), PAGE)
        .create(scope, "alarm", region, props.topicArn());
  }

  private String doctor() {
    return "doctor " + props.names().environment();
  }

  private String clusterArn(Region in, MonitoredDatabase database) {
    return "arn:aws:rds:%s:%s:cluster:%s"
        .formatted(in.name(), in.accountId(), database.clusterIdentifiers().get(in.role()));
  }

  private String sessionTableArn(Region in, MonitoredDatabase database) {
    return "arn:aws:dynamodb:%s:%s:table/%s"
        .formatted(in.name(), in.accountId(), database.sessionTableName());
  }

  private Map<String, Object> jobs(Map<String, Object> detail) {
    Map<String, Object> ofPlan = new HashMap<>(detail);
    ofPlan.put("restoreTestingPlanArn", List.of(props.planArn()));
    return Map.of(
        "source", List.of("aws.backup"),
        "detail-type", List.of("Restore Job State Change"),
        "detail", ofPlan);
  }
}
