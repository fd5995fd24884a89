package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * A policy document in a synthesized stack.
 *
 * @param address of the resource that holds it
 */
public record AttachedPolicy(String address, JsonNode document) {

  private static final List<String> ATTRIBUTES =
      List.of("policy", "assume_role_policy", "access_policy", "resource_policy");

  /**
   * Every one of a stack.
   *
   * @throws AssertionError when an attribute for policies holds something else, such as a reference
   */
  public static List<AttachedPolicy> in(SynthesizedStack stack) {
    List<AttachedPolicy> found = new ArrayList<>();
    stack.resources().forEach((address, body) -> collect(address, body, found));
    return found;
  }

  public String type() {
    return address.substring(0, address.indexOf('.'));
  }

  public List<JsonNode> statements() {
    JsonNode statements = document.path("Statement");
    return statements.isArray()
        ? StreamSupport.stream(statements.spliterator(), false).toList()
        : List.of(statements);
  }

  /** An element of a statement, which may be one text or a list of them. */
  public static List<String> texts(JsonNode element) {
    if (element.isMissingNode()) {
      return List.of();
    }
    return element.isArray()
        ? StreamSupport.stream(element.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(element.asText());
  }

  private static void collect(String address, JsonNode body, List<AttachedPolicy> found) {
    for (var attribute : body.properties()) {
      JsonNode value = attribute.getValue();
      if (value.isTextual() && isPolicy(value.asText())) {
        found.add(new AttachedPolicy(address, SynthesizedStack.embedded(value)));
      } else if (value.isTextual() && ATTRIBUTES.contains(attribute.getKey())) {
        throw new AssertionError(
            "%s.%s must be a policy document, got %s"
                .formatted(address, attribute.getKey(), value));
      } else if (value.isContainerNode()) {
        (value.isArray() ? value : List.of(value)).forEach(it -> collect(address, it, found));
      }
    }
  }

  private static boolean isPolicy(String text) {
    return text.startsWith("{") && SynthesizedStack.parse(text).json().has("Statement");
  }
}
