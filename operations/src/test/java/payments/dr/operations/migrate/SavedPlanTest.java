package payments.dr.operations.migrate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import payments.dr.operations.BadInputException;

/** That a cutover applies no plan but one that moves the pointers. */
class SavedPlanTest {

  @Test
  void plan_that_moves_both_pointers_is_accepted() {
    JsonNode plan =
        plan(pointer("primary", "v2"), pointer("dr", "v2"), other("aws_rds_cluster", "no-op"));
    assertDoesNotThrow(() -> SavedPlan.requirePointerOnly(plan, "v2"));
  }

  @Test
  void anything_else_is_refused() {
    assertRefused(
        "plan must change nothing but pointers to v2, got [\"update\"] of aws_rds_cluster.x",
        pointer("primary", "v2"),
        pointer("dr", "v2"),
        other("aws_rds_cluster", "update"));
    assertRefused(
        "plan must change nothing but pointers to v2, got [\"update\"] of aws_ssm_parameter.dr",
        pointer("primary", "v2"),
        pointer("dr", "v1"));
    assertRefused(
        "plan must change the pointer of both Regions, got 1 changes", pointer("primary", "v2"));
  }

  private static void assertRefused(String message, String... resources) {
    assertEquals(
        message,
        assertThrows(
                BadInputException.class,
                () -> SavedPlan.requirePointerOnly(plan(resources), "v2"))
            .getMessage());
  }

  private static JsonNode plan(String... resources) {
    try {
      return new ObjectMapper()
          .readTree("{\"resource_changes\": [" + String.join(",", resources) + "]}");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String pointer(String name, String generation) {
    return """
        {"address": "aws_ssm_parameter.%s", "type": "aws_ssm_parameter", "change": {
          "actions": ["update"], "after": {"insecure_value": "{\\"generation\\": \\"%s\\"}"}}}"""
        .formatted(name, generation);
  }

  private static String other(String type, String action) {
    return "{\"address\": \"%1$s.x\", \"type\": \"%1$s\", \"change\": {\"actions\": [\"%2$s\"]}}"
        .formatted(type, action);
  }
}
