package payments.dr.testing.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A stack with one resource changed, or without it.
 *
 * @param stack Terraform's JSON as it was
 * @param type of the resource
 * @param name of the resource in the stack
 * @param attribute that is changed; empty when the resource is gone
 * @param how it is changed, such as {@code [0].lifecycle.delete_after halved}
 * @param value that the attribute has now; JSON's null when it is gone
 */
public record Mutant(
    JsonNode stack, String type, String name, String attribute, String how, JsonNode value) {

  /** Returns whether the whole resource is gone. */
  public boolean isDeletion() {
    return attribute.isEmpty();
  }

  public String address() {
    return type + "." + name;
  }

  /** Returns what is done to which type, such as {@code aws_vpc.cidr_block removed}. */
  public String kind() {
    return isDeletion() ? type + " deleted" : type + "." + attribute + " " + how;
  }

  public JsonNode before() {
    return stack.path("resource").path(type).path(name);
  }

  /** Returns the stack with the change; what is not changed is not copied. */
  public JsonNode changed() {
    ObjectNode root = copy(stack);
    ObjectNode resources = copy(root.path("resource"));
    ObjectNode ofType = copy(resources.path(type));
    if (isDeletion()) {
      ofType.remove(name);
    } else {
      ObjectNode body = copy(ofType.path(name));
      if (value.isNull()) {
        body.remove(attribute);
      } else {
        body.set(attribute, value);
      }
      ofType.set(name, body);
    }
    resources.set(type, ofType);
    root.set("resource", resources);
    return root;
  }

  @Override
  public String toString() {
    return isDeletion() ? address() + " deleted" : address() + "." + attribute + " " + how;
  }

  private static ObjectNode copy(JsonNode node) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.setAll((ObjectNode) node);
    return copy;
  }
}
