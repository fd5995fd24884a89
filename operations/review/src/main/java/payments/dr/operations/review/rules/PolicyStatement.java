package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import payments.dr.compliance.UnnamedCalls;

/**
 * One statement of a policy, so that two that mean the same are equal: AWS gives back lists in
 * another order, and single values without their list.
 *
 * @param principals with their kind, such as {@code AWS:*}
 */
record PolicyStatement(
    boolean allows,
    Set<String> principals,
    Set<String> notPrincipals,
    Set<String> actions,
    Set<String> notActions,
    Set<String> resources,
    Set<String> notResources,
    Set<String> conditions) {

  static PolicyStatement of(JsonNode statement) {
    return new PolicyStatement(
        statement.path("Effect").asText().equals("Allow"),
        principals(statement.path("Principal")),
        principals(statement.path("NotPrincipal")),
        texts(statement.path("Action")),
        texts(statement.path("NotAction")),
        texts(statement.path("Resource")),
        texts(statement.path("NotResource")),
        conditions(statement.path("Condition")));
  }

  boolean allowsEverybody() {
    return allows && (principals.contains("AWS:*") || !notPrincipals.isEmpty());
  }

  boolean allowsEveryAction() {
    return allows
        && (!notActions.isEmpty()
            || actions.stream().anyMatch(it -> it.equals("*") || it.endsWith(":*")));
  }

  boolean allowsEveryResource() {
    return allows && (!notResources.isEmpty() || resources.contains("*"));
  }

  /** Calls that know no resources, narrowed in another way. */
  boolean canNameNoResource() {
    return notActions.isEmpty() && UnnamedCalls.are(actions) && !conditions.isEmpty();
  }

  private static Set<String> principals(JsonNode principal) {
    Set<String> all = new TreeSet<>();
    if (principal.isTextual()) {
      all.add("AWS:" + principal.asText());
    }
    principal
        .properties()
        .forEach(kind -> texts(kind.getValue()).forEach(it -> all.add(kind.getKey() + ":" + it)));
    return all;
  }

  private static Set<String> conditions(JsonNode condition) {
    Set<String> all = new TreeSet<>();
    condition
        .properties()
        .forEach(
            operator ->
                operator
                    .getValue()
                    .properties()
                    .forEach(
                        key ->
                            all.add(
                                "%s %s %s"
                                    .formatted(
                                        operator.getKey(), key.getKey(), texts(key.getValue())))));
    return all;
  }

  private static Set<String> texts(JsonNode value) {
    Set<String> all = new TreeSet<>();
    Stream.of(value).filter(JsonNode::isValueNode).forEach(it -> all.add(it.asText()));
    value.forEach(element -> all.add(element.asText()));
    all.remove("");
    return all;
  }
}
