package payments.dr.configuration.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class MonitoringSettingsTest {

  @Test
  void absent_values_get_the_defaults() {
    assertEquals(
        new MonitoringSettings(10_000, 30_000, 10_000, 0, 5, 600, 80, 1000, 50, 90, List.of()),
        SettingsFactory.of(MonitoringSettings.class));
  }

  @ParameterizedTest
  @MethodSource
  void bad_values_are_refused(String message, Executable settings) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, settings).getMessage());
  }

  static Stream<Arguments> bad_values_are_refused() {
    return Stream.of(
        bad(
            "replicationLagPageMillis must be more than replicationLagWarnMillis 10000, got 10000",
            () -> SettingsFactory.of(MonitoringSettings.class, "replicationLagPageMillis", 10_000)),
        bad(
            "replicationLagWarnMillis must be 1000 to 600000, got 1",
            () -> SettingsFactory.of(MonitoringSettings.class, "replicationLagWarnMillis", 1)),
        bad(
            "dynamoReplicationLatencyMillis must be 1000 to 600000, got 0",
            () ->
                SettingsFactory.of(MonitoringSettings.class, "dynamoReplicationLatencyMillis", 0)),
        bad(
            "unhealthyHostThreshold must be 0 to 100, got -1",
            () -> SettingsFactory.of(MonitoringSettings.class, "unhealthyHostThreshold", -1)),
        bad(
            "http5xxPercent must be 1 to 100, got 101; writerCpuPercent must be 1 to 100, got 0",
            () ->
                SettingsFactory.of(
                    MonitoringSettings.class, "http5xxPercent", 101, "writerCpuPercent", 0)),
        bad(
            "blockedRequestsPerMinute must be 1 to 1000000, got 0",
            () -> SettingsFactory.of(MonitoringSettings.class, "blockedRequestsPerMinute", 0)),
        bad(
            "maxConnections must be 1 to 16000, got 0",
            () -> SettingsFactory.of(MonitoringSettings.class, "maxConnections", 0)),
        bad(
            "transactionLogGibibytes must be 1 to 10000, got 0",
            () -> SettingsFactory.of(MonitoringSettings.class, "transactionLogGibibytes", 0)),
        bad(
            "metricArchiveRetentionDays must be 1 to 3650, got 0",
            () -> SettingsFactory.of(MonitoringSettings.class, "metricArchiveRetentionDays", 0)),
        bad(
            "operatorRoles must be the name of an IAM role with its path, such as operators, got"
                + " \"arn:aws:iam::1:role/a\"",
            () ->
                SettingsFactory.of(
                    MonitoringSettings.class, "operatorRoles", List.of("arn:aws:iam::1:role/a"))));
  }

  private static Arguments bad(String message, Executable settings) {
    return Arguments.of(message, settings);
  }
}
