package payments.dr.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.TerraformStack;
import java.util.List;

/**
 * Refuses to synthesize a stack that breaks a security rule.
 *
 * <p>Neither an Aspect nor a validation of CDKTF's: an Aspect would call from Node into Java for
 * each of hundreds of elements and see none of their neighbours; a validation is asked after the
 * first stacks have been written, and wraps what it says into an error of JavaScript's. So a stack
 * is resolved once more, when everything is made, and looked through in Java; an app that can put
 * its files aside first saves that by {@link CheckedStack#faults}.
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
        new CheckedStack(stack.getNode().getId(), Resources.of(resolved(stack)), kind, exceptions)
            .faults()
            .toList();
    if (!faults.isEmpty()) {
      throw new PolicyViolatedException(faults);
    }
  }

  /** The Terraform JSON of a stack, as it will be written; some 50 ms for 400 resources. */
  public static JsonNode resolved(TerraformStack stack) {
    return JSON.valueToTree(stack.toTerraform());
  }
}
