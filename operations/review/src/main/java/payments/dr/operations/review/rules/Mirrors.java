package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.compliance.policy.Grant;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * What AWS repeats in a role, bucket, topic, queue or secret of the policies that the stack hangs
 * on it by resources of their own. It shows as drift after each deployment.
 */
final class Mirrors {

  private static final List<String> POLICIES = List.of("inline_policy", "policy");
  private static final String MANAGED = "managed_policy_arns";

  /** How a policy names what it belongs to, and how that names itself. */
  private static final List<String> OWNERS =
      List.of("arn", "bucket", "queue_url", "role", "secret_arn");

  private static final List<String> SELVES = List.of("arn", "bucket", "id", "name", "url");

  private final Map<String, Set<Rule>> declared = new HashMap<>();
  private final Map<String, Set<String>> attached = new HashMap<>();

  Mirrors(Plan plan) {
    Stream.concat(plan.unchangedAccess().stream(), plan.changes().stream())
        .flatMap(change -> Stream.of(change.before(), change.after()))
        .forEach(this::declare);
  }

  /** Returns drift without what only repeats the stack's own policies. */
  ResourceChange without(ResourceChange drift) {
    ResourceChange rest = drift;
    Set<String> names = texts(drift.after(), SELVES);
    for (String attribute : POLICIES) {
      if (rules(drift.after(attribute))
          .filter(all(declared, names)::containsAll)
          .filter(after -> keepsDenials(drift.before(attribute), after))
          .isPresent()) {
        rest = rest.without(attribute);
      }
    }
    Set<String> arns = new HashSet<>();
    drift.after(MANAGED).forEach(arn -> arns.add(arn.asText()));
    return all(attached, names).containsAll(arns) ? rest.without(MANAGED) : rest;
  }

  private void declare(JsonNode resource) {
    Set<Rule> rules = rules(resource.path("policy")).orElse(Set.of());
    for (String owner : texts(resource, OWNERS)) {
      declared.computeIfAbsent(owner, key -> new HashSet<>()).addAll(rules);
      if (resource.path("policy_arn").isTextual()) {
        attached
            .computeIfAbsent(owner, key -> new HashSet<>())
            .add(resource.path("policy_arn").textValue());
      }
    }
  }

  private static boolean keepsDenials(JsonNode before, Set<Rule> after) {
    return rules(before).orElse(Set.of()).stream()
        .filter(it -> !it.allows())
        .allMatch(after::contains);
  }

  /** What a policy says; empty when it cannot be read. */
  private static Optional<Set<Rule>> rules(JsonNode policy) {
    return PolicyChange.statements(policy)
        .map(
            statements ->
                statements.stream()
                    .flatMap(it -> it.grants().stream().map(grant -> new Rule(it.allows(), grant)))
                    .collect(Collectors.toSet()));
  }

  private static Set<String> texts(JsonNode resource, List<String> attributes) {
    Set<String> texts = new HashSet<>();
    attributes.stream()
        .map(resource::path)
        .filter(JsonNode::isTextual)
        .forEach(value -> texts.add(value.textValue()));
    return texts;
  }

  private static <T> Set<T> all(Map<String, Set<T>> declared, Set<String> names) {
    Set<T> all = new HashSet<>();
    names.forEach(name -> all.addAll(declared.getOrDefault(name, Set.of())));
    return all;
  }

  /** What a policy allows, or denies. */
  private record Rule(boolean allows, Grant grant) {}
}
