package payments.dr.configuration.monitoring;

import java.util.List;
import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** When alarms speak, and how long metrics are archived. */
public record MonitoringSettings(
    @Setting(
            value = "Milliseconds of database replication lag that warn",
            min = 1000,
            max = 600_000)
        Integer replicationLagWarnMillis,
    @Setting(
            value = "Milliseconds of database replication lag that page",
            min = 1000,
            max = 600_000)
        Integer replicationLagPageMillis,
    @Setting(
            value = "Milliseconds of session table replication latency that alarm",
            min = 1000,
            max = 600_000)
        Integer dynamoReplicationLatencyMillis,
    @Setting(value = "Unhealthy hosts that are still tolerated", min = 0, max = 100)
        Integer unhealthyHostThreshold,
    @Setting(value = "Per cent of requests answered with 5xx that alarm", min = 1, max = 100)
        Integer http5xxPercent,
    @Setting(
            value = "Requests that the firewall may refuse in a minute before an alarm",
            min = 1,
            max = 1_000_000)
        Integer blockedRequestsPerMinute,
    @Setting(value = "Per cent of CPU of the database writer that alarm", min = 1, max = 100)
        Integer writerCpuPercent,
    @Setting(value = "Connections to the database writer that alarm", min = 1, max = 16_000)
        Integer maxConnections,
    @Setting(
            value = "GiB of log that a replication slot may hold back before an alarm",
            min = 1,
            max = 10_000)
        Integer transactionLogGibibytes,
    @Setting(value = "Days that archived metrics are kept", min = 1, max = 3650)
        Integer metricArchiveRetentionDays,
    @Setting(
            value =
                "IAM roles, with their path, by which operators write ledger and latch without an"
                    + " alarm",
            max = 20,
            pattern = "[A-Za-z0-9+=,.@_/-]{1,512}",
            patternMeaning = "the name of an IAM role with its path, such as operators")
        List<String> operatorRoles) {

  public MonitoringSettings {
    replicationLagWarnMillis = Objects.requireNonNullElse(replicationLagWarnMillis, 10_000);
    replicationLagPageMillis = Objects.requireNonNullElse(replicationLagPageMillis, 30_000);
    dynamoReplicationLatencyMillis =
        Objects.requireNonNullElse(dynamoReplicationLatencyMillis, 10_000);
    unhealthyHostThreshold = Objects.requireNonNullElse(unhealthyHostThreshold, 0);
    http5xxPercent = Objects.requireNonNullElse(http5xxPercent, 5);
    blockedRequestsPerMinute = Objects.requireNonNullElse(blockedRequestsPerMinute, 600);
    writerCpuPercent = Objects.requireNonNullElse(writerCpuPercent, 80);
    maxConnections = Objects.requireNonNullElse(maxConnections, 1000);
    transactionLogGibibytes = Objects.requireNonNullElse(transactionLogGibibytes, 50);
    metricArchiveRetentionDays = Objects.requireNonNullElse(metricArchiveRetentionDays, 90);
    operatorRoles = operatorRoles == null ? List.of() : List.copyOf(operatorRoles);
    Faults faults =
        Faults.of(
            MonitoringSettings.class,
            replicationLagWarnMillis,
            replicationLagPageMillis,
            dynamoReplicationLatencyMillis,
            unhealthyHostThreshold,
            http5xxPercent,
            blockedRequestsPerMinute,
            writerCpuPercent,
            maxConnections,
            transactionLogGibibytes,
            metricArchiveRetentionDays,
            operatorRoles);
    if (replicationLagPageMillis <= replicationLagWarnMillis) {
      faults.add(
          "replicationLagPageMillis",
          "be more than replicationLagWarnMillis " + replicationLagWarnMillis,
          replicationLagPageMillis);
    }
    faults.throwIfAny();
  }

  /** All defaults. */
  public static MonitoringSettings defaults() {
    return new MonitoringSettings(null, null, null, null, null, null, null, null, null, null, null);
  }
}
