package payments.dr.lambda.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;

/** Makes the controller's policy of the function's variables: the one mapping there is. */
public final class PolicyReader {

  private PolicyReader() {}

  /**
   * Reads the policy of an environment.
   *
   * @param variables at least those that a policy is made of
   * @throws IllegalArgumentException with every variable that is wrong
   */
  public static Policy read(String environment, Map<String, String> variables) {
    Variables reader = new Variables(variables);
    Policy policy = read(environment, reader);
    reader.throwIfAny();
    return policy;
  }

  static Policy read(String environment, Variables variables) {
    return Policy.recommended(environment, variables.choice("MODE", modes()))
        .timed(
            variables.seconds("SHORTEST_DETECTION_SECONDS"),
            variables.seconds("CONFIRM_SECONDS"),
            variables.seconds("LOSS_TARGET_SECONDS"),
            variables.seconds("COOL_DOWN_SECONDS"),
            variables.seconds("FAILBACK_AFTER_SECONDS"));
  }

  private static Map<String, Mode> modes() {
    Map<String, Mode> modes = new LinkedHashMap<>();
    for (Mode mode : Mode.values()) {
      modes.put(mode.name(), mode);
    }
    return modes;
  }
}
