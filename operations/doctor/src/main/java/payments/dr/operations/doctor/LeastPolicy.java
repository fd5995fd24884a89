package payments.dr.operations.doctor;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import payments.dr.operations.doctor.check.Check;

/** Makes the least IAM policy by which checks can be asked, of what they say that they need. */
final class LeastPolicy {

  private LeastPolicy() {}

  static ObjectNode of(Collection<Check> checks) {
    Map<String, Set<String>> actions = new TreeMap<>();
    checks.stream()
        .flatMap(check -> check.permissions().stream())
        .forEach(one -> add(actions, one.resource(), one.action()));
    ObjectNode policy = JSON.createObjectNode();
    policy.put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    actions.forEach((resource, allowed) -> statement(statements.addObject(), resource, allowed));
    return policy;
  }

  private static void add(Map<String, Set<String>> actions, String resource, String action) {
    actions.computeIfAbsent(resource, any -> new TreeSet<>()).add(action);
  }

  private static void statement(ObjectNode statement, String resource, Set<String> allowed) {
    statement.put("Effect", "Allow");
    ArrayNode actions = statement.putArray("Action");
    allowed.forEach(actions::add);
    statement.put("Resource", resource);
  }
}
