package payments.dr.operations.review.plan;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** Policies and the like, which AWS takes as a text that holds JSON. */
public final class EmbeddedJson {

  private EmbeddedJson() {}

  /** Returns what a text holds when it is a JSON object; everything else as it is. */
  public static JsonNode parsed(JsonNode value) {
    if (value.isTextual() && value.textValue().stripLeading().startsWith("{")) {
      try {
        return JSON.readTree(value.textValue());
      } catch (JsonProcessingException e) {
        return value;
      }
    }
    return value;
  }
}
