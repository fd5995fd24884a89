package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/** The DR Region is made to carry what the primary Region carries. */
class ParityTest {

  private static final String ENVIRONMENT = "payments-dr-prod";

  /** What decides how much a Region carries, and how. */
  @ParameterizedTest
  @CsvSource({
    "aws_launch_template, /instance_type",
    "aws_launch_template, /image_id",
    "aws_launch_template, /block_device_mappings/0/ebs/volume_size",
    "aws_autoscaling_group, /min_size",
    "aws_autoscaling_group, /max_size",
    "aws_autoscaling_policy, /target_tracking_configuration",
    "aws_lb_target_group, /health_check",
    "aws_rds_cluster, /engine_version",
    "aws_rds_cluster, /port",
    "aws_rds_cluster, /backup_retention_period",
    "aws_rds_cluster_instance, /instance_class",
    "aws_rds_cluster_instance, /engine_version",
    "aws_rds_cluster_instance, /promotion_tier",
    "aws_rds_cluster_parameter_group, /family",
    "aws_rds_cluster_parameter_group, /parameter",
    "aws_lambda_function, /memory_size",
    "aws_lambda_function, /source_code_hash",
    "aws_lambda_function, /reserved_concurrent_executions"
  })
  void both_regions_have_the_same(String type, String attribute) {
    Map<String, JsonNode> primary = values(type, "primary", attribute);

    assertFalse(primary.isEmpty(), type + " has no " + attribute);
    assertEquals(primary, values(type, "dr", attribute));
  }

  /** But for which Region is the own one, and which is the other. */
  @Test
  void instances_of_both_regions_boot_alike() {
    assertEquals(
        script("primary", "us-east-1", "dr", "us-east-2"),
        script("dr", "us-east-2", "primary", "us-east-1"));
  }

  private static String script(String role, String region, String peerRole, String peerRegion) {
    JsonNode userData =
        values("aws_launch_template", role, "/user_data").get("fleet_launch-template");
    return new String(Base64.getDecoder().decode(userData.asText()), StandardCharsets.UTF_8)
        .replace(region, "{own}")
        .replace(peerRegion, "{other}")
        .replace(role + "-", "{own}-")
        .replace(peerRole + "-", "{other}-");
  }

  @ParameterizedTest
  @MethodSource("environments")
  void no_committed_environment_declares_a_difference(String stack) {
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);

    assertEquals(
        count(synthesized, "aws_rds_cluster_instance.primary_"),
        count(synthesized, "aws_rds_cluster_instance.dr_"));
  }

  static Stream<String> environments() {
    return SynthesizedStacks.names().filter(name -> name.startsWith("payments-dr-"));
  }

  /** Of each resource, by its name without role and hash. */
  private static Map<String, JsonNode> values(String type, String role, String attribute) {
    Map<String, JsonNode> values = new TreeMap<>();
    SynthesizedStacks.get(ENVIRONMENT)
        .resources(type)
        .forEach(
            (address, body) -> {
              String name = address.substring(type.length() + 1);
              if (name.startsWith(role + "_") && !body.at(attribute).isMissingNode()) {
                String own = name.substring(role.length() + 1, name.lastIndexOf('_'));
                values.put(own, body.at(attribute));
              }
            });
    return values;
  }

  private static long count(SynthesizedStack stack, String prefix) {
    return stack.resources().keySet().stream()
        .filter(address -> address.startsWith(prefix))
        .count();
  }
}
