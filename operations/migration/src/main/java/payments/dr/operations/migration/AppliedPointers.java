package payments.dr.operations.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pointers of both Regions as Terraform's state has them. Its outputs would not do: an apply
 * that fails may have written them before it reached the pointers.
 *
 * @param generations that they lead to
 */
record AppliedPointers(List<String> generations) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "(primary|dr)_pointer_.+";
  private static final int REGIONS = 2;

  static AppliedPointers of(JsonNode state) {
    List<String> generations = new ArrayList<>();
    for (JsonNode resource : state.path("resources")) {
      if (resource.path("type").asText().equals("aws_ssm_parameter")
          && resource.path("name").asText().matches(NAME)) {
        generations.add(generation(resource.at("/instances/0/attributes/insecure_value").asText()));
      }
    }
    return new AppliedPointers(generations);
  }

  /** Whether both lead to a generation, such as {@code v2}. */
  boolean leadTo(String generation) {
    return generations.equals(Collections.nCopies(REGIONS, generation));
  }

  private static String generation(String value) {
    try {
      return JSON.readTree(value).path("generation").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
