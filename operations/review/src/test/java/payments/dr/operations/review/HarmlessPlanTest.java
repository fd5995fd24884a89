package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Harmless changes of a deployed local environment, as Terraform 1.11 and the provider 5.100 print
 * them: with what they know after the apply only, and with all that the provider writes in other
 * words.
 */
class HarmlessPlanTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAILY = "/change/after/rule/1/lifecycle/0";
  private static final String UNKNOWN = "/change/after_unknown/rule/1/lifecycle/0";

  @Test
  void together_they_are_clean() throws IOException {
    assertEquals(List.of(), told(plan()));
  }

  @TestFactory
  Stream<DynamicTest> each_of_them_is_clean() throws IOException {
    return StreamSupport.stream(plan().path("resource_changes").spliterator(), false)
        .map(
            change ->
                DynamicTest.dynamicTest(
                    change.path("address").asText(),
                    () -> assertEquals(List.of(), told(only(change)))));
  }

  @Test
  void retention_that_is_known_after_apply_is_not() throws IOException {
    JsonNode change = change("aws_backup_plan");
    object(change, DAILY).remove("delete_after");
    object(change, UNKNOWN).put("delete_after", true);

    assertEquals(List.of("recovery-changed: changes rule"), told(only(change)));
  }

  @Test
  void retention_that_is_lowered_is_not() throws IOException {
    JsonNode change = change("aws_backup_plan");
    object(change, DAILY).put("delete_after", 29);
    assertEquals(
        List.of("retention-lowered: recovery points are kept shorter"), told(only(change)));

    object(change, DAILY).put("delete_after", 3);
    assertEquals(3, review(only(change)).exitCode());
  }

  @Test
  void archive_that_is_switched_is_not() throws IOException {
    JsonNode on = change("aws_backup_plan");
    object(on, UNKNOWN).removeAll();
    object(on, DAILY).put("opt_in_to_archive_for_supported_resources", true);
    JsonNode off = change("aws_backup_plan");
    object(off, "/change/before/rule/1/lifecycle/0")
        .put("opt_in_to_archive_for_supported_resources", true);

    assertEquals(List.of("recovery-changed: changes rule"), told(only(on)));
    assertEquals(List.of("recovery-changed: changes rule"), told(only(off)));
  }

  @Test
  void storage_that_gets_cold_is_not() throws IOException {
    JsonNode change = change("aws_backup_plan");
    object(change, DAILY).put("cold_storage_after", 30);

    assertEquals(List.of("recovery-changed: changes rule"), told(only(change)));
  }

  @Test
  void longer_period_of_a_metric_is_not() throws IOException {
    JsonNode change = change("aws_cloudwatch_metric_alarm");
    object(change, "/change/before/metric_query/0/metric/0").put("period", 10);

    assertEquals(1, told(only(change)).size());
  }

  private static JsonNode plan() throws IOException {
    try (InputStream file = HarmlessPlanTest.class.getResourceAsStream("/harmless-plan.json")) {
      return JSON.readTree(file);
    }
  }

  /** The last change of a type: the alarm's that has queries. */
  private static JsonNode change(String type) throws IOException {
    return StreamSupport.stream(plan().path("resource_changes").spliterator(), false)
        .filter(change -> change.path("type").asText().equals(type))
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static JsonNode only(JsonNode change) throws IOException {
    ObjectNode plan = (ObjectNode) plan();
    plan.putArray("resource_changes").add(change);
    return plan;
  }

  private static ObjectNode object(JsonNode change, String pointer) {
    return (ObjectNode) change.at(pointer);
  }

  private static List<String> told(JsonNode plan) {
    return review(plan).findings().stream()
        .map(finding -> finding.rule().id() + ": " + finding.objection().found())
        .toList();
  }

  private static Review review(JsonNode plan) {
    return Review.of(
        new ReviewedStack(
            "payments-dr-local", TestPlan.BACKEND, false, List.of(), List.of(), Optional.empty()),
        TestPlan.read(plan.toString()),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        LocalDate.of(2026, 11, 24));
  }
}
