package payments.dr.testing.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What can become of one statement of a policy as a whole. */
final class MutatedStatements {

  private static final String STRANGER = "arn:aws:iam::999999999999:root";

  private MutatedStatements() {}

  /** An Allow is made to allow more, a Deny to deny less. */
  static Map<String, JsonNode> of(ObjectNode statement) {
    boolean allows = statement.path("Effect").asText().equals("Allow");
    Map<String, JsonNode> mutants = new LinkedHashMap<>();
    if (allows) {
      put(mutants, "widened to every action", statement, it -> it.put("Action", "*"));
      put(mutants, "widened to all actions but one", statement, MutatedStatements::negateAction);
      if (statement.has("Resource")) {
        put(mutants, "widened to every resource", statement, it -> it.put("Resource", "*"));
      }
      if (statement.has("Principal")) {
        put(mutants, "widened to everybody", statement, it -> it.put("Principal", "*"));
        put(
            mutants,
            "widened to a stranger",
            statement,
            it -> it.putObject("Principal").put("AWS", STRANGER));
        put(mutants, "widened to all but a stranger", statement, MutatedStatements::negate);
      }
      if (statement.has("Condition")) {
        put(mutants, "with conditions that let all through", statement, MutatedStatements::open);
      }
    } else {
      put(mutants, "narrowed by one more condition", statement, MutatedStatements::narrow);
      put(mutants, "narrowed to one principal", statement, MutatedStatements::toOne);
    }
    return mutants;
  }

  private static void negateAction(ObjectNode statement) {
    statement.remove("Action");
    statement.put("NotAction", "iam:CreateUser");
  }

  private static void negate(ObjectNode statement) {
    statement.remove("Principal");
    statement.putObject("NotPrincipal").put("AWS", STRANGER);
  }

  private static void open(ObjectNode statement) {
    ObjectNode open = JsonNodeFactory.instance.objectNode();
    statement
        .path("Condition")
        .forEach(keys -> keys.fieldNames().forEachRemaining(key -> open.put(key, "*")));
    statement.putObject("Condition").set("StringLike", open);
  }

  private static void narrow(ObjectNode statement) {
    ObjectNode conditions =
        statement.has("Condition")
            ? statement.path("Condition").deepCopy()
            : JsonNodeFactory.instance.objectNode();
    conditions.putObject("IpAddress").put("aws:SourceIp", "192.0.2.0/24");
    statement.set("Condition", conditions);
  }

  private static void toOne(ObjectNode statement) {
    statement.putObject("Principal").put("AWS", STRANGER);
  }

  private static void put(
      Map<String, JsonNode> mutants,
      String how,
      ObjectNode statement,
      Consumer<ObjectNode> change) {
    ObjectNode copy = statement.deepCopy();
    change.accept(copy);
    mutants.put(how, copy);
  }
}
