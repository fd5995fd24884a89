package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import payments.dr.testing.ProjectCopy;

/**
 * Changes that nobody thought of: every value in every kind of resource of prod is removed,
 * emptied, doubled, halved, switched or made another one. What passes stands below, and nowhere
 * else.
 */
class MutantsTest {

  private static final Path GOLDEN =
      ProjectCopy.PROJECT.resolve("main/src/test/resources/golden/payments-dr-prod.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Words of CDKTF and Terraform that are in no plan. */
  private static final Set<String> NO_ATTRIBUTES =
      Set.of("//", "depends_on", "lifecycle", "provider", "provisioner");

  /** Words for people: any change of them passes. */
  private static final Set<String> WORDS =
      Set.of(
          "Sid",
          "alarm_description",
          "comment",
          "dashboard_body",
          "description",
          "tag",
          "tags",
          "timeouts");

  /** More of something, the same in other words, or allowed by another statement, too. */
  private static final String PASSING =
      """
      aws_autoscaling_group.desired_capacity doubled
      aws_autoscaling_group.max_size doubled
      aws_autoscaling_group.min_size doubled
      aws_backup_plan.rule [0].completion_window doubled
      aws_backup_plan.rule [0].lifecycle.delete_after doubled
      aws_backup_plan.rule [0].start_window doubled
      aws_backup_plan.rule [1].completion_window doubled
      aws_backup_plan.rule [1].copy_action[0].lifecycle.delete_after doubled
      aws_backup_plan.rule [1].lifecycle.delete_after doubled
      aws_backup_plan.rule [1].start_window doubled
      aws_backup_vault_lock_configuration.max_retention_days doubled
      aws_cloudwatch_log_group.retention_in_days doubled
      aws_kms_key.deletion_window_in_days doubled
      aws_kms_key.policy .Statement[4].Action[6] emptied
      aws_kms_key.policy .Statement[4].Action[6] removed
      aws_kms_key.rotation_period_in_days halved
      aws_kms_replica_key.deletion_window_in_days doubled
      aws_kms_replica_key.policy .Statement[4].Action[6] emptied
      aws_kms_replica_key.policy .Statement[4].Action[6] removed
      aws_rds_cluster.backup_retention_period doubled
      aws_s3_bucket_lifecycle_configuration.rule [0].abort_incomplete_multipart_upload.days_after_initiation doubled
      aws_s3_bucket_lifecycle_configuration.rule [0].expiration.days doubled
      aws_s3_bucket_lifecycle_configuration.rule [0].noncurrent_version_expiration.noncurrent_days doubled
      aws_s3_bucket_object_lock_configuration.rule .default_retention.days doubled
      aws_secretsmanager_secret.recovery_window_in_days doubled
      """;

  @Test
  void what_passes_is_listed() throws IOException {
    Set<String> passing = new TreeSet<>();
    int mutants = 0;
    int refused = 0;
    for (Map.Entry<String, JsonNode> attribute : attributes().entrySet()) {
      String[] name = attribute.getKey().split("\\.");
      for (Map.Entry<String, JsonNode> mutant : mutants(attribute.getValue()).entrySet()) {
        Review review = review(name[0], name[1], attribute.getValue(), mutant.getValue());
        mutants++;
        if (review.exitCode() == 0) {
          passing.add(attribute.getKey() + " " + mutant.getKey());
        } else if (review.exitCode() == 3) {
          refused++;
        }
      }
    }

    assertEquals(PASSING, String.join("\n", passing) + "\n");
    assertTrue(mutants > 1500, "mutants: " + mutants);
    assertTrue(refused > 100, "refused: " + refused);
  }

  @Test
  void deletion_of_each_kind_of_resource_is_seen() throws IOException {
    Set<String> types = new TreeSet<>();
    attributes().keySet().forEach(name -> types.add(name.split("\\.")[0]));
    for (String type : types) {
      assertTrue(
          review(
                      TestPlan.ofProd()
                          .with(
                              type + ".dr_thing_x_1A2B3C4D",
                              "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}"))
                  .exitCode()
              >= 2,
          type);
    }
  }

  /** The first value of each attribute of each type. */
  private static Map<String, JsonNode> attributes() throws IOException {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    for (var type : JSON.readTree(GOLDEN.toFile()).path("resource").properties()) {
      for (JsonNode resource : type.getValue()) {
        for (var attribute : resource.properties()) {
          if (!NO_ATTRIBUTES.contains(attribute.getKey()) && !WORDS.contains(attribute.getKey())) {
            attributes.putIfAbsent(type.getKey() + "." + attribute.getKey(), attribute.getValue());
          }
        }
      }
    }
    return attributes;
  }

  /** Of a value, and of each value within it. */
  private static Map<String, JsonNode> mutants(JsonNode value) {
    Map<String, JsonNode> mutants = new LinkedHashMap<>();
    mutants.put("removed", JSON.nullNode());
    if (value.isBoolean()) {
      mutants.put("switched", JSON.getNodeFactory().booleanNode(!value.asBoolean()));
    } else if (value.isNumber()) {
      mutants.put("doubled", JSON.getNodeFactory().numberNode(value.asLong() * 2));
      mutants.put("halved", JSON.getNodeFactory().numberNode(value.asLong() / 2));
    } else if (value.isTextual() && value.textValue().startsWith("{")) {
      JsonNode document = parsed(value.textValue());
      mutants(document)
          .forEach(
              (how, mutant) -> {
                if (!mutant.isNull()) {
                  mutants.put(how, JSON.getNodeFactory().textNode(mutant.toString()));
                }
              });
    } else if (value.isTextual()) {
      mutants.put("other", JSON.getNodeFactory().textNode(value.textValue() + "-other"));
      mutants.put("emptied", JSON.getNodeFactory().textNode(""));
    } else if (value.isArray()) {
      mutants.put("emptied", JSON.createArrayNode());
      for (int i = 0; i < value.size(); i++) {
        int index = i;
        mutants(value.get(i))
            .forEach(
                (how, mutant) -> {
                  ArrayNode copy = value.deepCopy();
                  if (mutant.isNull()) {
                    copy.remove(index);
                  } else {
                    copy.set(index, mutant);
                  }
                  mutants.put("[" + index + "]" + separated(how), copy);
                });
      }
    } else if (value.isObject()) {
      for (var field : value.properties()) {
        if (WORDS.contains(field.getKey())) {
          continue;
        }
        mutants(field.getValue())
            .forEach(
                (how, mutant) -> {
                  ObjectNode copy = value.deepCopy();
                  if (mutant.isNull()) {
                    copy.remove(field.getKey());
                  } else {
                    copy.set(field.getKey(), mutant);
                  }
                  mutants.put("." + field.getKey() + separated(how), copy);
                });
      }
    }
    mutants.values().removeIf(value::equals);
    return mutants;
  }

  private static String separated(String how) {
    return how.startsWith(".") || how.startsWith("[") ? how : " " + how;
  }

  private static Review review(String type, String attribute, JsonNode before, JsonNode after) {
    ObjectNode change = JSON.createObjectNode();
    change.putArray("actions").add("update");
    change.putObject("before").set(attribute, before);
    change.putObject("after").set(attribute, after);
    return review(TestPlan.ofProd().withChange(type + ".dr_thing_x_1A2B3C4D", change));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Review review(TestPlan plan) {
    return Review.of(
        new ReviewedStack("payments-dr-prod", false, List.of(), List.of(), Optional.empty()),
        plan.read(),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        LocalDate.of(2026, 11, 24));
  }
}
