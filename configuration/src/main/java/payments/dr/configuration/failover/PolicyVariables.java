package payments.dr.configuration.failover;

import java.util.Map;

/**
 * The settings of a failover as variables of the controller's function, which makes its policy of
 * them. The operator's command reads the same variables, so that both have one policy.
 */
public final class PolicyVariables {

  private PolicyVariables() {}

  /** Returns the variables by their names. */
  public static Map<String, String> of(FailoverSettings settings) {
    return Map.of(
        "MODE",
        settings.mode().name(),
        "SHORTEST_DETECTION_SECONDS",
        String.valueOf(settings.shortestDetectionSeconds()),
        "CONFIRM_SECONDS",
        settings.confirmSeconds().toString(),
        "LOSS_TARGET_SECONDS",
        settings.rpoTargetSeconds().toString(),
        "COOL_DOWN_SECONDS",
        settings.coolDownSeconds().toString(),
        "FAILBACK_AFTER_SECONDS",
        settings.failbackAfterSeconds().toString());
  }
}
