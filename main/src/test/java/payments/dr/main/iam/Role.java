package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * A role of a stack, with what it may do.
 *
 * @param policies its inline policies, references resolved
 * @param managed ARNs of AWS's own policies attached to it
 * @param alias of the Region that it belongs to, such as {@code dr}
 */
public record Role(
    String name, String arn, String alias, List<JsonNode> policies, List<String> managed) {

  /** All of a stack, by name. */
  public static Map<String, Role> in(SynthesizedStack stack) {
    ResolvedReferences references = new ResolvedReferences(stack);
    Map<String, List<JsonNode>> policies = new LinkedHashMap<>();
    stack
        .resources("aws_iam_role_policy")
        .forEach(
            (address, body) ->
                policies
                    .computeIfAbsent(
                        ResolvedReferences.address(body.path("role").asText()),
                        it -> new ArrayList<>())
                    .add(references.resolve(SynthesizedStack.embedded(body.path("policy")))));
    Map<String, List<String>> managed = new LinkedHashMap<>();
    stack
        .resources("aws_iam_role_policy_attachment")
        .forEach(
            (address, body) ->
                managed
                    .computeIfAbsent(
                        ResolvedReferences.address(body.path("role").asText()),
                        it -> new ArrayList<>())
                    .add(body.path("policy_arn").asText()));
    Map<String, Role> roles = new TreeMap<>();
    stack
        .resources("aws_iam_role")
        .forEach(
            (address, body) ->
                roles.put(
                    body.path("name").asText(),
                    new Role(
                        body.path("name").asText(),
                        references.arn(address),
                        body.path("provider").asText().replaceFirst("^aws\\.", ""),
                        policies.getOrDefault(address, List.of()),
                        managed.getOrDefault(address, List.of()))));
    return roles;
  }
}
