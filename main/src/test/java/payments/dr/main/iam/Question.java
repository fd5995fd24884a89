package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call, and every policy that has a say in it.
 *
 * @param principal ARN of a role, name of a service, or {@link #ANONYMOUS}
 * @param accountId whose resource it is
 * @param context condition keys of the call
 * @param identity the principal's own policies
 * @param endpoint policies of the VPC endpoint that the call goes through, if it does
 */
public record Question(
    String principal,
    String action,
    String resource,
    String accountId,
    Map<String, Object> context,
    List<JsonNode> identity,
    Optional<JsonNode> resourcePolicy,
    List<JsonNode> endpoint) {

  public static final String ANONYMOUS = "anonymous";

  /** The same call by a principal with other policies. */
  public Question with(List<JsonNode> policies) {
    return new Question(
        principal, action, resource, accountId, context, policies, resourcePolicy, endpoint);
  }

  /** The same call on a resource with another policy. */
  Question guardedBy(JsonNode policy) {
    return new Question(
        principal, action, resource, accountId, context, identity, Optional.of(policy), endpoint);
  }

  @Override
  public String toString() {
    return principal + " " + action + " on " + resource + " with " + context;
  }
}
