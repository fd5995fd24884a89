package payments.dr.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.TerraformStack;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses to synthesize a stack that breaks a security rule.
 *
 * <p>Neither an Aspect nor a validation of CDKTF's: an Aspect would call from Node into Java for
 * each of hundreds of elements and see none of their neighbours; a validation is asked after the
 * first stacks have been written, and wraps what it says into an error of JavaScript's. So a stack
 * is resolved once, when everything is made, and looked through in Java.
 */
public final class SecurityPolicy {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SecurityPolicy() {}

  /**
   * For the last line of a stack's constructor.
   *
   * @throws PolicyViolatedException with a line for each violation and each bad exception
   */
  public static void apply(TerraformStack stack, StackKind kind, Exceptions exceptions) {
    List<String> faults =
        faults(stack.getNode().getId(), resolved(stack), kind, exceptions).toList();
    if (!faults.isEmpty()) {
      throw new PolicyViolatedException(faults);
    }
  }

  /** The Terraform JSON of a stack, as it will be written; some 50 ms for 400 resources. */
  public static JsonNode resolved(TerraformStack stack) {
    return JSON.valueToTree(stack.toTerraform());
  }

  /**
   * A line for each violation and each bad exception.
   *
   * @param resolved Terraform's JSON of it
   */
  public static Stream<String> faults(
      String stack, JsonNode resolved, StackKind kind, Exceptions exceptions) {
    Verdict verdict = Verdict.of(Resources.of(resolved), kind, exceptions);
    String wayOut =
        exceptions.areAllowed()
            ? "; an exception goes to " + exceptions.place()
            : "; this stack takes no exceptions";
    return Stream.concat(
        verdict.violations().stream().map(violation -> stack + ": " + violation + wayOut),
        verdict.badExceptions().stream());
  }
}
