package payments.dr.operations.migration;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiFunction;
import payments.dr.operations.aws.JsonRequest;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The pointers of both Regions as applications read them. Terraform's state would not do: an apply
 * that ended before it saved its state has moved what the state does not know.
 *
 * @param generations that they lead to
 */
record AppliedPointers(List<String> generations) {

  /**
   * Asks each Region for its pointer. One of a Region that does not answer leads nowhere: then a
   * plan has to be applied, which says what is the matter.
   *
   * @param aws answers a Region's request
   */
  static AppliedPointers read(
      String environment, List<String> regions, BiFunction<String, JsonRequest, JsonNode> aws) {
    JsonRequest request =
        JsonRequest.post(
            "ssm",
            "AmazonSSM",
            "GetParameter",
            JSON.createObjectNode()
                .put("Name", "/payments/%s/database".formatted(environment))
                .toString());
    return new AppliedPointers(
        regions.stream().map(region -> generation(region, request, aws)).toList());
  }

  /** Whether all of them lead to a generation, such as {@code v2}. */
  boolean leadTo(String generation) {
    return generations.stream().allMatch(generation::equals);
  }

  private static String generation(
      String region, JsonRequest request, BiFunction<String, JsonRequest, JsonNode> aws) {
    try {
      String value = aws.apply(region, request).at("/Parameter/Value").asText();
      return JSON.readTree(value).path("generation").asText();
    } catch (SdkException | JsonProcessingException e) {
      return "";
    }
  }
}
