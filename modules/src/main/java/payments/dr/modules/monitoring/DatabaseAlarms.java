package payments.dr.modules.monitoring;

import java.util.Map;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Alarms of one Region on one database generation.
 *
 * <p>Both Regions have all of them, because each may hold the writer or the follower: a metric that
 * only the other part reports is missing here, and missing is good. The lag alone must not be
 * missing where the database follows.
 */
public final class DatabaseAlarms extends Component {

  /**
   * A lag that is missing counts as an hour, unless this Region commits heartbeats: then it writes.
   */
  private static final String LAG = "IF(FILL(beats, 0) > 0, FILL(lag, 0), FILL(lag, 3600000))";

  private static final long GIBIBYTE = 1L << 30;

  private static final String DATABASE = "docs/operate/alerts.md#a-busy-database";

  private final Region region;
  private final Region peer;
  private final DatabaseAlarmsProps props;
  private final String replicationLagAlarmArn;

  private DatabaseAlarms(Region region, Region peer, String id, DatabaseAlarmsProps props) {
    super(region, id);
    this.region = region;
    this.peer = peer;
    this.props = props;
    MonitoringSettings settings = props.settings();
    replicationLagAlarmArn = lag(settings.replicationLagPageMillis());
    lagWarning(settings.replicationLagWarnMillis());
    writer(settings);
    sessions(settings);
  }

  /** Makes the alarms of both Regions. */
  public static RegionPair<DatabaseAlarms> pair(String id, DatabaseAlarmsProps props) {
    Region primary = props.regions().primary();
    Region dr = props.regions().dr();
    return new RegionPair<>(
        new DatabaseAlarms(primary, dr, id, props), new DatabaseAlarms(dr, primary, id, props));
  }

  /** The one that pages. */
  public String replicationLagAlarmArn() {
    return replicationLagAlarmArn;
  }

  private String lag(int limitMillis) {
    Alarm alarm =
        lag(
                "replication-lag-alarm",
                limitMillis,
                new Expression(
                    "milliseconds behind",
                    LAG,
                    Map.of(
                        "beats", props.controllers().get(region.role()).heartbeats(),
                        "lag", props.database().replicationLag(region.role()))),
                ", or does not tell how far")
            // An invocation reports its heartbeats once a minute, give or take one.
            .in(4, 5);
    // Where a metric never was reported, FILL may have nothing to fill: DR, which follows unless a
    // failover is over, must be told then, too.
    Alarm told =
        switch (region.role()) {
          case PRIMARY -> alarm;
          case DR -> alarm.silenceIsBad();
        };
    return told.create(this, "replication-lag", region, topicArn()).arn();
  }

  private void lagWarning(int limitMillis) {
    lag("replication-lag-warning", limitMillis, props.database().replicationLag(region.role()), "")
        .in(3, 5)
        .create(this, "replication-lag-warning", region, topicArn());
  }

  /**
   * @param untold what is bad, too, if anything
   */
  private Alarm lag(String name, int limitMillis, Signal signal, String untold) {
    return Alarm.named(props.names().global(name + props.database().nameSuffix()))
        .whenAbove(limitMillis, signal)
        .saying(
            "The database in %s is more than %d ms behind %s%s. A failover now would lose that much or"
                + " more. Unless %s is lost, look for long transactions and bulk writes, and do not fail"
                + " over meanwhile.",
            region.name(), limitMillis, peer.name(), untold, peer.name())
        .first(status(), "docs/oncall.md");
  }

  private void writer(MonitoringSettings settings) {
    regional("db-cpu-alarm")
        .whenAbove(settings.writerCpuPercent(), props.database().writerCpu(region.role()))
        .in(5, 5)
        .saying(
            "The database writer in %s has been busy for five minutes. Look at Performance Insights"
                + " for the statements; a larger class needs an in-Region failover.",
            region.name())
        .first(status(), DATABASE)
        .create(this, "writer-cpu", region, topicArn());
    regional("db-connections-alarm")
        .whenAbove(settings.maxConnections(), props.database().connections(region.role()))
        .in(3, 5)
        .saying(
            "The database writer in %s runs out of connections. Look for a leak in the newest"
                + " release, and at the pool size times the number of hosts.",
            region.name())
        .first(status(), DATABASE)
        .create(this, "connections", region, topicArn());
    regional("db-transaction-log-alarm")
        .whenAbove(
            settings.transactionLogGibibytes() * GIBIBYTE,
            props.database().transactionLogs(region.role()))
        .in(3, 5)
        .saying(
            "A replication slot of the database writer in %s holds back more than %d GiB of log. A"
                + " migration that nobody follows or a slot left over by one: go on with it or finish"
                + " it.",
            region.name(), settings.transactionLogGibibytes())
        .first("migrate status " + props.names().environment(), "MIGRATION.md")
        .create(this, "transaction-log", region, topicArn());
  }

  private void sessions(MonitoringSettings settings) {
    regional("session-replication-alarm")
        .whenAbove(
            settings.dynamoReplicationLatencyMillis(),
            props.database().sessionReplicationLatency(peer.name()))
        .in(3, 5)
        .saying(
            "Sessions written in %s reach %s late; after a failover customers may have to sign in"
                + " again. Look at throttling of the table's replica there.",
            region.name(), peer.name())
        .first(status(), "docs/operate/alerts.md#sessions-that-arrive-late")
        .create(this, "session-replication", region, topicArn());
  }

  private Alarm regional(String name) {
    return Alarm.named(props.names().regional(region.role(), name + props.database().nameSuffix()));
  }

  private String status() {
    return "status " + props.names().environment();
  }

  private String topicArn() {
    return props.topicArns().get(region.role());
  }
}
