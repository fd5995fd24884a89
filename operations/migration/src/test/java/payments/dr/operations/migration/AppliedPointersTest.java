package payments.dr.operations.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppliedPointersTest {

  @Test
  void both_lead_to_the_generation_that_their_values_name() {
    assertTrue(pointers("{\"generation\":\"v2\"}", "{\"generation\":\"v2\"}").leadTo("v2"));
    assertFalse(pointers("{\"generation\":\"v2\"}", "{\"generation\":\"v2\"}").leadTo("v1"));
  }

  @Test
  void apply_that_failed_half_way_has_moved_one() {
    assertFalse(pointers("{\"generation\":\"v2\"}", "{\"generation\":\"v1\"}").leadTo("v2"));
    assertFalse(pointers("{\"generation\":\"v2\"}", "{\"generation\":\"v1\"}").leadTo("v1"));
  }

  @Test
  void value_that_is_no_pointer_leads_nowhere() {
    assertFalse(pointers("{\"generation\":\"v2\"}", "v2").leadTo("v2"));
  }

  private static AppliedPointers pointers(String primary, String dr) {
    Map<String, String> values = Map.of("us-east-1", primary, "us-east-2", dr);
    return AppliedPointers.read(
        "prod",
        List.of("us-east-1", "us-east-2"),
        (region, request) -> {
          assertEquals("AmazonSSM.GetParameter", request.target().orElseThrow());
          assertEquals("{\"Name\":\"/payments/prod/database\"}", request.body());
          return answer(values.get(region));
        });
  }

  private static JsonNode answer(String value) {
    return JSON.createObjectNode().set("Parameter", JSON.createObjectNode().put("Value", value));
  }
}
