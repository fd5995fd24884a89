package payments.dr.compliance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One statement of a policy, so that two that mean the same are equal: AWS gives back lists in
 * another order, and single values without their list.
 *
 * @param principals with their kind, such as {@code AWS:*}; "" alone in a policy of a role. What
 *     {@code NotPrincipal}, {@code NotAction} and {@code NotResource} leave out begins with {@value
 *     #ALL_BUT}
 */
public record PolicyStatement(
    boolean allows,
    Set<String> principals,
    Set<String> actions,
    Set<String> resources,
    Set<Condition> conditions) {

  public static final String ALL_BUT = "all but ";

  private static final String ROOT = "AWS:arn:aws:iam::(\\d{12}):root";

  public static PolicyStatement of(JsonNode statement) {
    Set<String> principals = principals(statement.path("Principal"));
    Set<String> except = principals(statement.path("NotPrincipal"));
    if (!except.isEmpty()) {
      principals.add(ALL_BUT + except);
    }
    return new PolicyStatement(
        statement.path("Effect").asText().equals("Allow"),
        principals.isEmpty() ? Set.of("") : principals,
        texts(statement, "Action", ""),
        // A trust policy names no resource: it is the role that carries it.
        texts(statement, "Resource", "itself"),
        conditions(statement.path("Condition")));
  }

  /** Every combination of what it names. */
  public List<Grant> grants() {
    List<Grant> grants = new ArrayList<>();
    for (String principal : principals) {
      for (String action : actions) {
        for (String resource : resources) {
          grants.add(new Grant(principal, action, resource, conditions));
        }
      }
    }
    return grants;
  }

  private static Set<String> texts(JsonNode statement, String element, String otherwise) {
    Set<String> all = texts(statement.path(element));
    Set<String> except = texts(statement.path("Not" + element));
    if (!except.isEmpty()) {
      all.add(ALL_BUT + except);
    }
    return all.isEmpty() ? Set.of(otherwise) : all;
  }

  private static Set<String> principals(JsonNode principal) {
    Set<String> all = new TreeSet<>();
    if (principal.isTextual()) {
      all.add("AWS:" + principal.asText());
    }
    principal
        .properties()
        .forEach(
            kind ->
                texts(kind.getValue())
                    .forEach(
                        it -> all.add((kind.getKey() + ":" + it).replaceFirst(ROOT, "AWS:$1"))));
    return all;
  }

  private static Set<Condition> conditions(JsonNode condition) {
    Set<Condition> all = new HashSet<>();
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
                                new Condition(
                                    operator.getKey(),
                                    key.getKey().toLowerCase(Locale.ROOT),
                                    texts(key.getValue())))));
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
