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
            400,
            RetentionMode.GOVERNANCE),
        new FailoverSettings(null, null, null, null, null, null, null, null, null, null, null));
    assertEquals(
        new DnsSettings("payments-dev.example.com", null, null, 20),
        new DnsSettings("payments-dev.example.com", null, null, null));
  }

  @Test
  void every_mode_is_allowed_with_a_deep_probe_and_all_but_one_without() {
    for (FailoverMode mode : FailoverMode.values()) {
      new FailoverSettings(
          mode, null, null, "/healthz/payments", null, null, null, null, null, null, null);
    }
    new FailoverSettings(
        FailoverMode.APPROVAL, null, null, null, null, null, null, null, null, null, null);
  }

  @ParameterizedTest
  @MethodSource
  void bad_values_are_refused(String message, Executable settings) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, settings).getMessage());
  }

  static Stream<Arguments> bad_values_are_refused() {
    return Stream.of(
        bad(
            "domainName is required: Domain of the environment's hosted zone",
            () -> new DnsSettings(null, null, null, null)),
        bad(
            "domainName must be a lower-case domain name such as payments-dev.example.com,"
                + " got \"example\"",
            () -> new DnsSettings("example", null, null, null)),
        bad(
            "domainName must be a lower-case domain name such as payments-dev.example.com,"
                + " got \"-pay.example.com\"",
            () -> new DnsSettings("-pay.example.com", null, null, null)),
        bad(
            "hostedZoneId must be a Route 53 zone id such as Z0123456789ABCDEFGHIJ,"
                + " got \"/hostedzone/Z1\"",
            () ->
                new DnsSettings(
                    "example.com", "/hostedzone/Z1", List.of("ns-1.example.org"), null)),
        bad(
            "nameServers is required with hostedZoneId: those that `aws route53 get-hosted-zone"
                + " --id Z1` names",
            () -> new DnsSettings("example.com", "Z1", null, null)),
        bad(
            "nameServers must be left out without hostedZoneId, got [ns-1.example.org]",
            () -> new DnsSettings("example.com", null, List.of("ns-1.example.org"), null)),
        bad(
            "nameServers must be a host name such as ns-1.awsdns-1.org, got \"ns-1\"",
            () -> new DnsSettings("example.com", "Z1", List.of("ns-1"), null)),
        bad(
            "recordTtlSeconds must be 5 to 60, got 300",
            () -> new DnsSettings("example.com", null, null, 300)),
        bad(
            "rtoTargetSeconds must be 60 to 86400, got 59",
            () ->
                new FailoverSettings(
                    null, 59, null, null, null, null, null, null, null, null, null)),
        bad(
            "rpoTargetSeconds must be 1 to 3600, got 0",
            () ->
                new FailoverSettings(
                    null, null, 0, null, null, null, null, null, null, null, null)),
        bad(
            "probePath must be a path such as /health.html, without query or blanks,"
                + " got \"health\"",
            () ->
                new FailoverSettings(
                    null, null, null, "health", null, null, null, null, null, null, null)),
        bad(
            "healthCheckIntervalSeconds must be one of 10, 30, got 20",
            () ->
                new FailoverSettings(
                    null, null, null, null, 20, null, null, null, null, null, null)),
        bad(
            "healthCheckFailureThreshold must be 1 to 10, got 11",
            () ->
                new FailoverSettings(
                    null, null, null, null, null, 11, null, null, null, null, null)),
        bad(
            "confirmSeconds must be 5 to 600, got 4",
            () ->
                new FailoverSettings(
                    null, null, null, null, null, null, 4, null, null, null, null)),
        bad(
            "failbackAfterSeconds must be 60 to 86400, got 59",
            () ->
                new FailoverSettings(
                    null, null, null, null, null, null, null, 59, null, null, null)),
        bad(
            "coolDownSeconds must be 60 to 86400, got 59",
            () ->
                new FailoverSettings(
                    null, null, null, null, null, null, null, null, 59, null, null)),
        bad(
            "auditRetentionDays must be 365 to 3650, got 364",
            () ->
                new FailoverSettings(
                    null, null, null, null, null, null, null, null, null, 364, null)),
        bad(
            "probePath must be a deep probe, which commits a payment, when mode is auto: without"
                + " one nobody sees that the database is lost, got \"/health.html\"",
            () ->
                new FailoverSettings(
                    FailoverMode.AUTO,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));
  }

  private static Arguments bad(String message, Executable settings) {
    return Arguments.of(message, settings);
  }
}
