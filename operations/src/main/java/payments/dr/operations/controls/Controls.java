package payments.dr.operations.controls;

import java.util.List;
import payments.dr.main.configuration.Environment;
import payments.dr.modules.policy.CheckedStack;
import payments.dr.modules.policy.Coverage;

/**
 * An environment's controls as they are shown.
 *
 * @param stacks that were looked through
 */
record Controls(Environment environment, List<String> stacks, Coverage coverage) {

  static Controls of(Environment environment, List<CheckedStack> stacks) {
    return new Controls(
        environment,
        stacks.stream().map(CheckedStack::name).sorted().toList(),
        Coverage.of(stacks));
  }
}
