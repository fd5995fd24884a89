package payments.dr.modules.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import java.util.Map;
import java.util.TreeMap;

/** The Terraform JSON of a stack, with look-ups that say what was there when they fail. */
public record SynthesizedStack(JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static SynthesizedStack of(TerraformStack stack) {
    return parse(Testing.synth(stack, true));
  }

  public static SynthesizedStack parse(String json) {
    try {
      return new SynthesizedStack(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("synthesis did not produce JSON", e);
    }
  }

  /** Every resource, by address such as {@code aws_vpc.primary_network_vpc_1A2B}. */
  public Map<String, JsonNode> resources() {
    Map<String, JsonNode> found = new TreeMap<>();
    for (var type : json.path("resource").properties()) {
      for (var resource : type.getValue().properties()) {
        found.put(type.getKey() + "." + resource.getKey(), resource.getValue());
      }
    }
    return found;
  }

  /** All resources of one type, by address. */
  public Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    resources()
        .forEach(
            (address, body) -> {
              if (address.startsWith(type + ".")) {
                found.put(address, body);
              }
            });
    return found;
  }

  /** The only resource of its type. */
  public JsonNode only(String type) {
    Map<String, JsonNode> found = resources(type);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type + ", found " + found.keySet());
    }
    return found.values().iterator().next();
  }

  /** The only resource of its type whose address begins with {@code prefix}, as in "dr_network". */
  public JsonNode only(String type, String prefix) {
    Map<String, JsonNode> found = resources(type);
    found.keySet().removeIf(address -> !address.startsWith(type + "." + prefix));
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one "
              + type
              + "."
              + prefix
              + "*, found "
              + found.keySet()
              + " among "
              + resources(type).keySet());
    }
    return found.values().iterator().next();
  }

  /** A policy or other JSON text inside a resource, read back. */
  public static JsonNode embedded(JsonNode text) {
    return parse(text.asText()).json();
  }
}
