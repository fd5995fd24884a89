package payments.dr.configuration.monitoring;

import java.util.List;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** When alarms fire, and how long metrics are archived. */
public record MonitoringSettings(
    @Setting(
            value = "Milliseconds of database replication lag that warn",
            defaultValue = "10000",
            min = 1000,
            max = 600_000)
        Integer replicationLagWarnMillis,
    @Setting(
            value = "Milliseconds of database replication lag that page",
            defaultValue = "30000",
            min = 1000,
            max = 600_000)
        Integer replicationLagPageMillis,
    @Setting(
            value = "Milliseconds of session table replication latency that alarm",
            defaultValue = "10000",
            min = 1000,
            max = 600_000)
        Integer dynamoReplicationLatencyMillis,
    @Setting(
            value = "Unhealthy hosts that are still tolerated",
            defaultValue = "0",
            min = 0,
            max = 100)
        Integer unhealthyHostThreshold,
    @Setting(
            value = "Per cent of requests answered with 5xx that alarm",
            defaultValue = "5",
            min = 1,
            max = 100)
        Integer http5xxPercent,
    @Setting(
            value = "Requests that the firewall may refuse in a minute before an alarm",
            defaultValue = "600",
            min = 1,
            max = 1_000_000)
        Integer blockedRequestsPerMinute,
    @Setting(
            value = "Per cent of CPU of the database writer that alarm",
            defaultValue = "80",
            min = 1,
            max = 100)
        Integer writerCpuPercent,
    @Setting(
            value = "Connections to the database writer that alarm",
            defaultValue = "1000",
            min = 1,
            max = 16_000)
        Integer maxConnections,
    @Setting(
            value = "GiB of log that a replication slot may hold back before an alarm",
            defaultValue = "50",
            min = 1,
            max = 10_000)
        Integer transactionLogGibibytes,
    @Setting(
            value = "Days that archived metrics are kept",
            defaultValue = "90",
            min = 1,
            max = 3650)
        Integer metricArchiveRetentionDays,
    @Setting(
            value =
                "IAM roles, with their path, by which operators write ledger and latch without an"
                    + " alarm",
            defaultValue = "[]",
            max = 20,
            pattern = "[A-Za-z0-9+=,.@_/-]{1,512}",
            patternMeaning = "the name of an IAM role with its path, such as operators")
        List<String> operatorRoles) {

  public MonitoringSettings {
    operatorRoles = List.copyOf(operatorRoles);
    ConfigurationErrors errors = new ConfigurationErrors();
    if (replicationLagPageMillis <= replicationLagWarnMillis) {
      errors.add(
          "replicationLagPageMillis",
          "be more than replicationLagWarnMillis " + replicationLagWarnMillis,
          replicationLagPageMillis);
    }
    errors.throwIfAny();
  }
}
