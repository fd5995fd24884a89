package payments.dr.main;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.compliance.CheckedStack;
import payments.dr.compliance.Resources;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;

/** Looks through written stacks, and tells all that is wrong at once. */
final class StackChecks {

  private StackChecks() {}

  /** Thrown when a stack is not fit for use; its message has a line for each fault. */
  static final class UnfitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private UnfitException(List<String> faults) {
      super(String.join("\n", faults));
    }
  }

  /**
   * @param today decides whether an exception has expired
   * @throws UnfitException when something is wrong
   */
  static void require(Configuration configuration, Staging staging, LocalDate today) {
    List<String> faults =
        Stream.concat(
                configuration.environments().stream()
                    .map(Environment::stackName)
                    .flatMap(stack -> recoveryFaults(stack, staging)),
                configuration
                    .checkedStacks(stack -> Resources.of(staging.stack(stack)), today)
                    .stream()
                    .flatMap(CheckedStack::faults))
            .toList();
    if (!faults.isEmpty()) {
      throw new UnfitException(faults);
    }
  }

  private static Stream<String> recoveryFaults(String stack, Staging staging) {
    return RecoveryPath.faults(staging.stack(stack).path("resource")).stream()
        .map(fault -> stack + ": " + fault);
  }
}
