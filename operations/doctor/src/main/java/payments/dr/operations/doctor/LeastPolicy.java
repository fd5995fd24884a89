package payments.dr.operations.doctor;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Permission;

/** Makes the least IAM policy by which checks can be asked, of what they say that they need. */
final class LeastPolicy {

  private LeastPolicy() {}

  /** What one statement allows actions on. */
  private record Scope(String resource, String through) {}

  static ObjectNode of(Collection<Check> checks) {
    Map<Scope, Set<String>> actions =
        checks.stream()
            .flatMap(check -> check.permissions().stream())
            .collect(
                Collectors.groupingBy(
                    one -> new Scope(one.resource(), one.through()),
                    () ->
                        new TreeMap<>(
                            Comparator.comparing(Scope::resource).thenComparing(Scope::through)),
                    Collectors.mapping(Permission::action, Collectors.toCollection(TreeSet::new))));
    ObjectNode policy = JSON.createObjectNode();
    policy.put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    actions.forEach((scope, allowed) -> statement(statements.addObject(), scope, allowed));
    return policy;
  }

  private static void statement(ObjectNode statement, Scope scope, Set<String> allowed) {
    statement.put("Effect", "Allow");
    ArrayNode actions = statement.putArray("Action");
    allowed.forEach(actions::add);
    statement.put("Resource", scope.resource());
    if (!scope.through().isEmpty()) {
      statement
          .putObject("Condition")
          .putObject("StringEquals")
          .put("kms:ViaService", scope.through());
    }
  }
}
