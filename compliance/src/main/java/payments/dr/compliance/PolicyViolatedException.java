package payments.dr.compliance;

import java.util.List;

/** Thrown when a stack breaks security rules; its message has a line for each. */
public final class PolicyViolatedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PolicyViolatedException(List<String> faults) {
    super(String.join("\n", faults));
  }
}
