package payments.dr.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/**
 * A stack with one security setting removed or changed.
 *
 * @param rule that must find it
 * @param stack a committed one
 * @param resource beginning of the address of the first resource to change
 */
record RuleMutant(String rule, String stack, String resource, Change change, String what) {

  private static final String PROD = "payments-dr-prod";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is done to the resource. */
  interface Change {

    /**
     * @param ofType all resources of the type
     */
    void apply(ObjectNode ofType, String name);
  }

  static RuleMutant set(String rule, String resource, String path, Object value) {
    return new RuleMutant(
        rule,
        PROD,
        resource,
        (ofType, name) -> {
          JsonNode parent = parent(ofType.path(name), path);
          JsonNode changed = JSON.valueToTree(value);
          if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last(path)), changed);
          } else {
            ((ObjectNode) parent).set(last(path), changed);
          }
        },
        path + " = " + value);
  }

  static RuleMutant remove(String rule, String resource, String path) {
    return new RuleMutant(
        rule,
        PROD,
        resource,
        (ofType, name) -> {
          if (((ObjectNode) parent(ofType.path(name), path)).remove(last(path)) == null) {
            throw new AssertionError(resource + " has no " + path + ": " + ofType.path(name));
          }
        },
        "without " + path);
  }

  /** Changes a text, such as a policy, at each place where it has some words. */
  static RuleMutant replace(String rule, String resource, String path, String from, String to) {
    return new RuleMutant(
        rule,
        PROD,
        resource,
        (ofType, name) -> {
          String text = parent(ofType.path(name), path).path(last(path)).asText();
          if (!text.contains(from)) {
            throw new AssertionError(path + " of " + resource + " lacks " + from + ": " + text);
          }
          ((ObjectNode) parent(ofType.path(name), path)).put(last(path), text.replace(from, to));
        },
        path + " with " + to + " for " + from);
  }

  /** Says one more thing in a policy. */
  static RuleMutant add(String rule, String resource, String path, String statement) {
    return new RuleMutant(
        rule,
        PROD,
        resource,
        (ofType, name) -> {
          ObjectNode policy = (ObjectNode) parsed(ofType.path(name).path(path).asText());
          policy.withArray("Statement").add(parsed(statement.replace('\'', '"')));
          ((ObjectNode) ofType.path(name)).put(path, policy.toString());
        },
        path + " with " + statement);
  }

  /** A resource of another type, which stands alone. */
  static RuleMutant stray(String rule, String type) {
    return new RuleMutant(
        rule, PROD, type, (ofType, name) -> ofType.putObject("primary_new"), "made");
  }

  static RuleMutant drop(String rule, String resource) {
    return new RuleMutant(rule, PROD, resource, (ofType, name) -> ofType.remove(name), "gone");
  }

  RuleMutant in(String otherStack) {
    return new RuleMutant(rule, otherStack, resource, change, what);
  }

  /** The stack's JSON with the fault in it. */
  JsonNode seeded() {
    JsonNode json = SynthesizedStacks.get(stack).json();
    String type = resource.replaceFirst("\\..*", "");
    String prefix = resource.contains(".") ? resource.substring(resource.indexOf('.') + 1) : "";
    ObjectNode ofType = ((ObjectNode) json.path("resource")).withObjectProperty(type);
    if (ofType.isEmpty()) {
      change.apply(ofType, "");
      return json;
    }
    TreeSet<String> names = new TreeSet<>();
    ofType.fieldNames().forEachRemaining(names::add);
    String name =
        names.stream()
            .filter(it -> it.startsWith(prefix))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + resource + "… among " + names));
    change.apply(ofType, name);
    return json;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static JsonNode parent(JsonNode node, String path) {
    String[] keys = path.split("/");
    for (int i = 0; i < keys.length - 1; i++) {
      node = node.isArray() ? node.path(Integer.parseInt(keys[i])) : node.path(keys[i]);
    }
    return node;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return rule + ": " + resource + " " + what;
  }
}
