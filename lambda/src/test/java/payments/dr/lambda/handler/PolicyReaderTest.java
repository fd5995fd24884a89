package payments.dr.lambda.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.PolicyVariables;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;

/** What settings say arrives in the policy, each figure in its own place. */
class PolicyReaderTest {

  private static final FailoverSettings SETTINGS =
      SettingsFactory.of(
          FailoverSettings.class,
          "mode",
          FailoverMode.APPROVAL,
          "rpoTargetSeconds",
          71,
          "healthCheckIntervalSeconds",
          30,
          "healthCheckFailureThreshold",
          4,
          "confirmSeconds",
          33,
          "failbackAfterSeconds",
          701,
          "coolDownSeconds",
          1901);

  @Test
  void every_setting_has_its_place_in_the_policy() {
    assertEquals(
        Policy.recommended("prod", Mode.APPROVAL)
            .timed(
                Duration.ofSeconds(90),
                Duration.ofSeconds(33),
                Duration.ofSeconds(71),
                Duration.ofSeconds(1901),
                Duration.ofSeconds(701)),
        PolicyReader.read("prod", PolicyVariables.of(SETTINGS)));
  }

  @ParameterizedTest
  @EnumSource(FailoverMode.class)
  void every_mode_of_the_settings_is_one_of_the_controller(FailoverMode mode) {
    FailoverSettings settings =
        SettingsFactory.of(FailoverSettings.class, "mode", mode, "probePath", "/healthz/payments");

    assertEquals(
        mode.name(), PolicyReader.read("prod", PolicyVariables.of(settings)).mode().name());
  }

  @Test
  void a_variable_that_is_missing_is_named() {
    Map<String, String> variables = new HashMap<>(PolicyVariables.of(SETTINGS));
    variables.remove("COOL_DOWN_SECONDS");

    assertEquals(
        1,
        assertThrows(IllegalArgumentException.class, () -> PolicyReader.read("prod", variables))
            .getMessage()
            .lines()
            .filter(line -> line.startsWith("COOL_DOWN_SECONDS must be"))
            .count());
  }
}
