package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.compliance.Exceptions;
import payments.dr.compliance.SecurityPolicy;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.environment.Environment;

/** Looks through finished stacks, each resolved once, and tells all that is wrong at once. */
final class StackChecks {

  private final LocalDate today;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param today decides whether an exception has expired, and nothing of what is written
   */
  StackChecks(LocalDate today) {
    this.today = today;
  }

  /** Thrown when a stack is not fit to be written; its message has a line for each fault. */
  static final class UnfitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private UnfitException(List<String> faults) {
      super(String.join("\n", faults));
    }
  }

  /** What exists beside the environments; no file excuses it from a rule. */
  void look(TerraformStack stack, StackKind kind) {
    add(SecurityPolicy.faults(id(stack), SecurityPolicy.resolved(stack), kind, Exceptions.NONE));
  }

  void look(DisasterRecoveryStack stack, Environment environment) {
    JsonNode resolved = SecurityPolicy.resolved(stack);
    add(
        RecoveryPath.faults(resolved.path("resource")).stream()
            .map(fault -> id(stack) + ": " + fault));
    add(
        SecurityPolicy.faults(
            id(stack), resolved, environment.stackKind(), environment.exceptions(today)));
  }

  /**
   * @throws UnfitException when something is wrong
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new UnfitException(faults);
    }
  }

  private void add(Stream<String> found) {
    found.forEach(faults::add);
  }

  private static String id(TerraformStack stack) {
    return stack.getNode().getId();
  }
}
