package payments.dr.modules.monitoring;

import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Alarms on the failover controller of one Region: who guards against a loss must be guarded. */
public final class ControllerAlarms extends Component {

  /** Twice the age at which the controller itself takes replication for broken. */
  private static final int HEARTBEAT_SECONDS = 50;

  /** Two invocations, each of which ticks every few seconds. */
  private static final int DR_SECONDS = 120;

  /** A short outage of S3 mends itself, and holds up nothing. */
  private static final int EXPORT_MINUTES = 15;

  /** Not for an upgrade that goes on in the other Region at once; a minute may lack its figure. */
  private static final int VERSIONS_MINUTES = 15;

  /** What this Region commits itself needs not be read. */
  private static final String AGE = "IF(FILL(beats, 0) > 0, 0, FILL(age, 3600))";

  /** A ledger that does not answer is no better than one that is old. */
  private static final String DR_AGE = "FILL(age, 3600)";

  private static final String STATUS = "status";
  private static final String ON_CALL = "docs/oncall.md";

  private final Region region;
  private final ControllerAlarmsProps props;

  public ControllerAlarms(Region region, String id, ControllerAlarmsProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    MonitoredController controller = props.controller();
    create(
        "silent",
        named("failover-silent-alarm")
            .whenBelow(1, controller.invocations())
            .in(3, 3)
            .silenceIsBad(),
        "The failover controller in %s is not woken any more: no heartbeat is kept there, and what"
            + " people want of it is not read. Look at its schedule and that schedule's role.",
        STATUS,
        ON_CALL);
    if (props.armed()) {
      // An invocation reports once, when it ends: every minute, give or take one.
      create(
          "blind",
          named("failover-blind-alarm").whenBelow(1, controller.ticks()).in(4, 5).silenceIsBad(),
          "The failover controller in %s does not look any more: a lost Region would go unnoticed."
              + " Its log group says why; look at the ledger table, too. Expected until `./dr"
              + " database init` has noted where the data is.",
          STATUS,
          ON_CALL);
      create(
          "external",
          named("failover-external-alarm").whenAbove(0, controller.externalDown()).in(2, 3),
          "The failover controller in %s sees that Route 53's checkers do not reach payments in the"
              + " primary Region. It fails over by itself only when a second signal agrees."
              + " Expected while the primary Region is lost and the DR Region serves.",
          STATUS,
          ON_CALL);
    } else {
      create(
          "dr-silent",
          named("failover-dr-silent-alarm")
              .whenAbove(
                  DR_SECONDS,
                  new Expression(
                      "seconds since the DR Region's controller looked",
                      DR_AGE,
                      Map.of("age", controller.drTickAge())))
              .in(4, 5)
              .silenceIsBad(),
          "The failover controller in %s sees that the one in the DR Region does not look any more,"
              + " or sees nothing of it: a lost primary Region would not be failed over. The alarms of"
              + " that one may be lost together with it. Expected until `./dr database init` has noted where the data"
              + " is.",
          STATUS,
          ON_CALL);
    }
    create(
        "errors",
        named("failover-errors-alarm").whenAbove(0, controller.errors()).in(2, 3),
        "Invocations of the failover controller in %s fail. Its log group says why; while it can,"
            + " it tries again every minute.",
        STATUS,
        ON_CALL);
    create(
        "failures",
        named("failover-failures-alarm").whenAbove(0, controller.failures()).in(1, 1),
        "The failover controller in %s was not started in one minute, or failed once started."
            + " Alarms are not kept in this queue, so that no storm of them fills it."
            + " While the controller ticks, other starts make good for this one.",
        STATUS,
        "docs/operate/alerts.md#a-failed-start");
    create(
        "archive",
        named("failover-archive-alarm")
            .whenAbove(0, controller.failedAuditExports())
            .in(EXPORT_MINUTES, EXPORT_MINUTES),
        "Audit rows of the failover controller in %s do not get into their bucket. None is lost: they"
            + " stay in the ledger, and are tried again. The controller's log group says why.",
        "audit",
        "docs/operate/after-failover.md#audit-rows-in-s3");
    create(
        "lag",
        named("failover-lag-alarm")
            .whenAbove(props.settings().replicationLagPageMillis(), controller.measuredLag())
            .in(3, 5),
        "The failover controller in %s measured that the database that follows is too far behind: a"
            + " failover now would lose that much. Unless the other Region is lost, look for long"
            + " transactions and bulk writes, and do not fail over meanwhile.",
        STATUS,
        ON_CALL);
    create(
        "versions",
        named("failover-versions-alarm")
            .whenAbove(0, controller.engineVersionsDiffer())
            .in(VERSIONS_MINUTES - 3, VERSIONS_MINUTES),
        "The failover controller in %s sees engine versions of the database that differ between the"
            + " Regions: Aurora refuses to move the writer until they are equal. Finish the upgrade:"
            + " the cluster that follows first, then the one that writes.",
        STATUS,
        "docs/operate/database.md#upgrading-postgresql");
    create(
        "heartbeat",
        named("failover-heartbeat-alarm")
            .whenAbove(
                HEARTBEAT_SECONDS,
                new Expression(
                    "seconds without heartbeat",
                    AGE,
                    Map.of("beats", controller.heartbeats(), "age", controller.heartbeatAge())))
            .in(4, 5)
            .silenceIsBad(),
        "The failover controller in %s has no fresh heartbeat from the database: it cannot tell how"
            + " much a failover would lose. Look at the controller of the Region that writes, then"
            + " at replication. Expected until `./dr database init` has made the heartbeat's role"
            + " and table.",
        STATUS,
        ON_CALL);
  }

  private Alarm named(String resource) {
    return Alarm.named(props.names().regional(region.role(), resource));
  }

  private void create(String id, Alarm alarm, String text, String command, String page) {
    alarm
        .saying(text, region.name())
        .first(command + " " + props.names().environment(), page)
        .create(this, id, region, props.topicArn());
  }
}
