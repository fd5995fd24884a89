package payments.dr.testing.mutants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can become of a value, and of each value within it, by what is done. */
final class MutatedValues {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MANY = 1000;

  /** Half of the internet: two of them are all of it, and neither is a /0. */
  private static final String HALF = "0.0.0.0/1";

  private static final String BLOCK = "\\d+(\\.\\d+){3}/\\d+";

  private MutatedValues() {}

  /** JSON's null stands for what is removed. */
  static Map<String, JsonNode> of(JsonNode value) {
    Map<String, JsonNode> mutants = new LinkedHashMap<>();
    mutants.put("removed", JSON.nullNode());
    if (value.isBoolean()) {
      mutants.put("flipped", JSON.getNodeFactory().booleanNode(!value.asBoolean()));
    } else if (value.isNumber()) {
      mutants.put("doubled", number(value.asLong() * 2));
      mutants.put("halved", number(value.asLong() / 2));
      mutants.put("multiplied", number(value.asLong() * MANY));
    } else if (value.isTextual() && value.textValue().startsWith("{")) {
      document(value.textValue(), mutants);
    } else if (value.isTextual()) {
      mutants.put("other", text(value.textValue() + "-other"));
      mutants.put("emptied", text(""));
      if (value.textValue().matches(BLOCK)) {
        mutants.put("widened", text(HALF));
      }
    } else if (value.isArray()) {
      elements((ArrayNode) value, mutants);
    } else if (value.isObject()) {
      fields((ObjectNode) value, mutants);
    }
    mutants.values().removeIf(value::equals);
    return mutants;
  }

  private static void document(String text, Map<String, JsonNode> mutants) {
    try {
      of(JSON.readTree(text))
          .forEach(
              (how, mutant) -> {
                if (!mutant.isNull()) {
                  mutants.put(how, text(mutant.toString()));
                }
              });
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("must be JSON, got " + text, e);
    }
  }

  private static void elements(ArrayNode value, Map<String, JsonNode> mutants) {
    mutants.put("emptied", JSON.createArrayNode());
    for (int i = 0; i < value.size(); i++) {
      int index = i;
      of(value.get(i))
          .forEach(
              (how, mutant) -> {
                ArrayNode copy = JSON.createArrayNode().addAll(value);
                if (mutant.isNull()) {
                  copy.remove(index);
                } else {
                  copy.set(index, mutant);
                }
                mutants.put("[" + index + "]" + separated(how), copy);
              });
    }
  }

  private static void fields(ObjectNode value, Map<String, JsonNode> mutants) {
    if (value.has("Effect")) {
      MutatedStatements.of(value).forEach(mutants::put);
    }
    for (var field : value.properties()) {
      if (Mutants.isWords(field.getKey())) {
        continue;
      }
      of(field.getValue())
          .forEach(
              (how, mutant) -> {
                ObjectNode copy = JSON.createObjectNode();
                copy.setAll(value);
                if (mutant.isNull()) {
                  copy.remove(field.getKey());
                } else {
                  copy.set(field.getKey(), mutant);
                }
                mutants.put("." + field.getKey() + separated(how), copy);
              });
    }
  }

  private static String separated(String how) {
    return how.startsWith(".") || how.startsWith("[") ? how : " " + how;
  }

  private static JsonNode number(long value) {
    return JSON.getNodeFactory().numberNode(value);
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().textNode(value);
  }
}
