package payments.dr.configuration.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class FirewallSettingsTest {

  @Test
  void it_is_on_unless_said_otherwise() {
    assertEquals(
        SettingsFactory.of(
            FirewallSettings.class,
            "enabled",
            true,
            "requestsPerFiveMinutes",
            10_000,
            "logRetentionDays",
            400),
        SettingsFactory.of(FirewallSettings.class));
  }

  static Stream<Arguments> bad_values() {
    return Stream.of(
        refused(
            () -> SettingsFactory.of(FirewallSettings.class, "requestsPerFiveMinutes", 999),
            "requestsPerFiveMinutes must be 1000 to 10000000, got 999"),
        refused(
            () -> SettingsFactory.of(FirewallSettings.class, "requestsPerFiveMinutes", 10_000_001),
            "requestsPerFiveMinutes must be 1000 to 10000000, got 10000001"),
        refused(
            () -> SettingsFactory.of(FirewallSettings.class, "logRetentionDays", 7),
            "logRetentionDays must be one of 30, 60, 90, 180, 365, 400, 731, 1096, 1827, got 7"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad_values")
  void refuses(Executable bad, String message) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, bad).getMessage());
  }

  private static Arguments refused(Executable bad, String message) {
    return Arguments.of(bad, message);
  }
}
