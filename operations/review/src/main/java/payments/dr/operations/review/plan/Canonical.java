package payments.dr.operations.review.plan;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Values whose lists have one order, so that only what they say is compared. AWS returns lists of
 * rules, identifiers and names in any.
 */
public final class Canonical {

  /** What tells the elements of a list apart, the first that they have. */
  private static final List<String> NAMES = List.of("id", "rule_name", "name", "sid");

  private Canonical() {}

  /** Returns the value with sorted keys and lists, and without what is null or empty. */
  public static JsonNode of(JsonNode value) {
    JsonNode tree = EmbeddedJson.parsed(value);
    if (tree.isArray()) {
      List<JsonNode> elements = new ArrayList<>();
      tree.forEach(element -> elements.add(of(element)));
      elements.sort(Comparator.comparing(Canonical::key));
      ArrayNode sorted = JSON.createArrayNode();
      elements.forEach(sorted::add);
      return sorted;
    }
    if (tree.isObject()) {
      ObjectNode sorted = JSON.createObjectNode();
      TreeSet<String> keys = new TreeSet<>();
      tree.fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        JsonNode child = of(tree.path(key));
        if (!isNothing(child)) {
          sorted.set(key, child);
        }
      }
      return sorted;
    }
    return tree;
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isContainerNode() && value.isEmpty()
        || value.isTextual() && value.textValue().isEmpty();
  }

  private static String key(JsonNode element) {
    return NAMES.stream()
        .filter(element::hasNonNull)
        .findFirst()
        .map(name -> element.path(name).asText())
        .orElseGet(element::toString);
  }
}
