package payments.dr.configuration.failover;

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
import payments.dr.configuration.storage.RetentionMode;

class FailoverSettingsTest {

  @Test
  void absent_values_get_the_defaults() {
    assertEquals(
        new FailoverSettings(
            FailoverMode.OBSERVE,
            300,
            60,
            "/health.html",
            10,
            3,
            25,
            600,
            1800,
            LeaseGrade.BEST_EFFORT,
            4,
            400,
            RetentionMode.GOVERNANCE),
        SettingsFactory.of(FailoverSettings.class));
    assertEquals(
        SettingsFactory.of(
            DnsSettings.class, "domainName", "payments-dev.example.com", "recordTtlSeconds", 20),
        SettingsFactory.of(DnsSettings.class, "domainName", "payments-dev.example.com"));
  }

  @Test
  void every_mode_is_allowed_with_a_deep_probe_and_all_but_one_without() {
    for (FailoverMode mode : FailoverMode.values()) {
      SettingsFactory.of(FailoverSettings.class, "mode", mode, "probePath", "/healthz/payments");
    }
    SettingsFactory.of(FailoverSettings.class, "mode", FailoverMode.APPROVAL);
  }

  @ParameterizedTest
  @MethodSource
  void bad_values_are_refused(String message, Executable settings) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, settings).getMessage());
  }

  static Stream<Arguments> bad_values_are_refused() {
    return Stream.of(
        bad(
            "reservedConcurrency must be 0, or 3 to 100, got 2",
            () -> SettingsFactory.of(FailoverSettings.class, "reservedConcurrency", 2)),
        bad(
            "domainName is required: Domain of the environment's hosted zone",
            () -> SettingsFactory.of(DnsSettings.class)),
        bad(
            "domainName must be a lower-case domain name such as payments-dev.example.com,"
                + " got \"example\"",
            () -> SettingsFactory.of(DnsSettings.class, "domainName", "example")),
        bad(
            "domainName must be a lower-case domain name such as payments-dev.example.com,"
                + " got \"-pay.example.com\"",
            () -> SettingsFactory.of(DnsSettings.class, "domainName", "-pay.example.com")),
        bad(
            "hostedZoneId must be a Route 53 zone id such as Z0123456789ABCDEFGHIJ,"
                + " got \"/hostedzone/Z1\"",
            () ->
                SettingsFactory.of(
                    DnsSettings.class,
                    "domainName",
                    "example.com",
                    "hostedZoneId",
                    "/hostedzone/Z1",
                    "nameServers",
                    List.of("ns-1.example.org"))),
        bad(
            "nameServers is required with hostedZoneId: those that `aws route53 get-hosted-zone"
                + " --id Z1` names",
            () ->
                SettingsFactory.of(
                    DnsSettings.class, "domainName", "example.com", "hostedZoneId", "Z1")),
        bad(
            "nameServers must be left out without hostedZoneId, got [ns-1.example.org]",
            () ->
                SettingsFactory.of(
                    DnsSettings.class,
                    "domainName",
                    "example.com",
                    "nameServers",
                    List.of("ns-1.example.org"))),
        bad(
            "nameServers must be a host name such as ns-1.awsdns-1.org, got \"ns-1\"",
            () ->
                SettingsFactory.of(
                    DnsSettings.class,
                    "domainName",
                    "example.com",
                    "hostedZoneId",
                    "Z1",
                    "nameServers",
                    List.of("ns-1"))),
        bad(
            "recordTtlSeconds must be 5 to 60, got 300",
            () ->
                SettingsFactory.of(
                    DnsSettings.class, "domainName", "example.com", "recordTtlSeconds", 300)),
        bad(
            "rtoTargetSeconds must be 60 to 86400, got 59",
            () -> SettingsFactory.of(FailoverSettings.class, "rtoTargetSeconds", 59)),
        bad(
            "rpoTargetSeconds must be 1 to 3600, got 0",
            () -> SettingsFactory.of(FailoverSettings.class, "rpoTargetSeconds", 0)),
        bad(
            "probePath must be a path such as /health.html, without query or blanks,"
                + " got \"health\"",
            () -> SettingsFactory.of(FailoverSettings.class, "probePath", "health")),
        bad(
            "healthCheckIntervalSeconds must be one of 10, 30, got 20",
            () -> SettingsFactory.of(FailoverSettings.class, "healthCheckIntervalSeconds", 20)),
        bad(
            "healthCheckFailureThreshold must be 1 to 10, got 11",
            () -> SettingsFactory.of(FailoverSettings.class, "healthCheckFailureThreshold", 11)),
        bad(
            "confirmSeconds must be 5 to 600, got 4",
            () -> SettingsFactory.of(FailoverSettings.class, "confirmSeconds", 4)),
        bad(
            "failbackAfterSeconds must be 60 to 86400, got 59",
            () -> SettingsFactory.of(FailoverSettings.class, "failbackAfterSeconds", 59)),
        bad(
            "coolDownSeconds must be 60 to 86400, got 59",
            () -> SettingsFactory.of(FailoverSettings.class, "coolDownSeconds", 59)),
        bad(
            "auditRetentionDays must be 365 to 3650, got 364",
            () -> SettingsFactory.of(FailoverSettings.class, "auditRetentionDays", 364)),
        bad(
            "probePath must be a deep probe, which commits a payment, when mode is auto: without"
                + " one nobody sees that the database is lost, got \"/health.html\"",
            () -> SettingsFactory.of(FailoverSettings.class, "mode", FailoverMode.AUTO)));
  }

  private static Arguments bad(String message, Executable settings) {
    return Arguments.of(message, settings);
  }
}
