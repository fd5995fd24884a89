package payments.dr.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A resource as Terraform's JSON has it. References and other tokens are texts like {@code
 * ${aws_kms_key.x.arn}}: whether they are there can be asked, not what they will be.
 *
 * @param address such as {@code aws_vpc.primary_network_vpc_1A2B}
 */
public record Resource(String address, JsonNode body) {

  public String type() {
    return address.substring(0, address.indexOf('.'));
  }

  /**
   * A value below the resource.
   *
   * @param path attributes with dots, as in {@code rule.status}; a block that can repeat is looked
   *     into when there is one of it
   */
  public JsonNode at(String path) {
    return at(body, path);
  }

  static JsonNode at(JsonNode node, String path) {
    for (String attribute : path.split("\\.")) {
      JsonNode block = node.isArray() && node.size() == 1 ? node.get(0) : node;
      node = block.path(attribute);
    }
    return node;
  }

  /** The text of a value, empty when there is none. */
  public String text(String path) {
    JsonNode value = at(path);
    return value.isValueNode() ? value.asText() : value.toString();
  }

  public boolean has(String path) {
    return isThere(at(path));
  }

  public boolean isOn(String path) {
    return at(path).asBoolean();
  }

  /** As a report shows a value that is not what it must be. */
  public String describe(String path) {
    JsonNode value = at(path);
    return path + (isThere(value) ? " is " + value : " is absent");
  }

  static boolean isThere(JsonNode value) {
    return !(value instanceof MissingNode
        || value.isNull()
        || value.isTextual() && value.asText().isEmpty()
        || value.isContainerNode() && value.isEmpty());
  }
}
