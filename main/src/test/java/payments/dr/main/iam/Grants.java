package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A role's policies with one grant taken away: one action on one resource under one condition.
 *
 * @param taken for reports
 */
public record Grants(String taken, String action, List<JsonNode> policies) {

  private record Grant(String action, String resource, JsonNode condition) {}

  /** One for each grant that a role has. */
  public static List<Grants> lacking(Role role) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (JsonNode policy : role.policies()) {
      for (JsonNode statement : policy.path("Statement")) {
        grants.addAll(grants(statement));
      }
    }
    return grants.stream()
        .map(
            grant ->
                new Grants(
                    "%s: %s on %s".formatted(role.name(), grant.action(), grant.resource()),
                    grant.action(),
                    role.policies().stream().map(policy -> without(policy, grant)).toList()))
        .toList();
  }

  private static List<Grant> grants(JsonNode statement) {
    if (!statement.path("Effect").asText().equals("Allow")) {
      return List.of();
    }
    return AttachedPolicy.texts(statement.path("Action")).stream()
        .flatMap(
            action ->
                AttachedPolicy.texts(statement.path("Resource")).stream()
                    .map(resource -> new Grant(action, resource, statement.path("Condition"))))
        .toList();
  }

  /** A statement falls into two: the other actions, and this one on the other resources. */
  private static JsonNode without(JsonNode policy, Grant grant) {
    ObjectNode changed = policy.deepCopy();
    ArrayNode statements = changed.putArray("Statement");
    for (JsonNode statement : policy.path("Statement")) {
      if (!grants(statement).contains(grant)) {
        statements.add(statement);
        continue;
      }
      List<String> actions = rest(statement.path("Action"), grant.action());
      List<String> resources = rest(statement.path("Resource"), grant.resource());
      if (!actions.isEmpty()) {
        statements.add(part(statement, "Action", actions));
      }
      if (!resources.isEmpty()) {
        statements.add(
            part(part(statement, "Action", List.of(grant.action())), "Resource", resources)
                .put("Sid", statement.path("Sid").asText() + "Rest"));
      }
    }
    return changed;
  }

  private static List<String> rest(JsonNode element, String text) {
    return AttachedPolicy.texts(element).stream().filter(it -> !it.equals(text)).toList();
  }

  private static ObjectNode part(JsonNode statement, String element, List<String> texts) {
    ObjectNode part = statement.deepCopy();
    ArrayNode array = part.putArray(element);
    texts.forEach(array::add);
    return part;
  }
}
