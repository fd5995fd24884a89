package payments.dr.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The policy inside a resource, as far as rules ask for it. */
record PolicyText(List<Statement> statements) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an attribute; without statements when it holds no policy that can be read. */
  static PolicyText of(Resource resource, String attribute) {
    JsonNode statements = parsed(resource.text(attribute)).path("Statement");
    return new PolicyText(
        (statements.isArray()
                ? StreamSupport.stream(statements.spliterator(), false)
                : Stream.of(statements).filter(JsonNode::isObject))
            .map(Statement::new)
            .toList());
  }

  Stream<Statement> allowing() {
    return statements.stream().filter(statement -> statement.effect("Allow"));
  }

  Stream<Statement> denying() {
    return statements.stream().filter(statement -> statement.effect("Deny"));
  }

  /** One statement. */
  record Statement(JsonNode json) {

    private boolean effect(String effect) {
      return json.path("Effect").asText().equals(effect);
    }

    String id() {
      return json.path("Sid").asText("without a Sid");
    }

    Set<String> actions() {
      return texts(json.path("Action"));
    }

    Set<String> resources() {
      return texts(json.path("Resource"));
    }

    /** To everybody, but for what conditions say. */
    boolean toEverybody() {
      JsonNode principal = json.path("Principal");
      return principal.asText().equals("*") || texts(principal.path("AWS")).contains("*");
    }

    boolean toServices() {
      return json.path("Principal").has("Service");
    }

    /** The values of a condition, whatever its operator. */
    Set<String> condition(String key) {
      Set<String> values = new TreeSet<>();
      json.path("Condition").forEach(operator -> values.addAll(texts(operator.path(key))));
      return values;
    }

    Set<String> condition(String operator, String key) {
      return texts(json.path("Condition").path(operator).path(key));
    }

    boolean narrowedBy(String... keys) {
      return Stream.of(keys).anyMatch(key -> !condition(key).isEmpty());
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Set<String> texts(JsonNode value) {
    Set<String> all = new TreeSet<>();
    if (value.isValueNode()) {
      all.add(value.asText());
    }
    value.forEach(element -> all.add(element.asText()));
    return all;
  }
}
