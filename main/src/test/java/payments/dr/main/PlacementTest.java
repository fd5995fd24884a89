package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * Everything lives in the Region that its address names, and leans on the other only where it must.
 */
class PlacementTest {

  private static final Pattern REFERENCE =
      Pattern.compile("\\b(aws_\\w+)\\.((?:primary|dr|witness)_[\\w-]+)");

  /**
   * Which type of resource may refer to which in the other Region. DR leans on primary only to be
   * made, never to run.
   */
  private static final Set<String> CROSSINGS =
      Set.of(
          // A connection has two ends.
          "aws_vpc_peering_connection -> dr aws_vpc",
          "aws_vpc_peering_connection_accepter -> primary aws_vpc_peering_connection",
          "aws_vpc_peering_connection_options -> dr aws_vpc_peering_connection_accepter",
          "aws_route -> dr aws_vpc_peering_connection_accepter",
          // Replicas are made from what they replicate, and encrypted where they lie.
          "aws_kms_replica_key -> primary aws_kms_key",
          "aws_dynamodb_table_replica -> primary aws_dynamodb_table",
          "aws_rds_cluster -> primary aws_rds_global_cluster",
          "aws_secretsmanager_secret -> primary aws_kms_key",
          // Destroyed in the opposite order: AWS deletes no writer that still has a secondary.
          "aws_rds_cluster -> primary aws_rds_cluster_instance",
          // Recovery points and metrics are copied to the other Region.
          "aws_backup_plan -> dr aws_backup_vault",
          "aws_backup_plan -> primary aws_backup_vault",
          "aws_iam_role_policy -> dr aws_kms_key",
          "aws_iam_role_policy -> dr aws_s3_bucket",
          "aws_iam_role_policy -> primary aws_kms_key",
          "aws_iam_role_policy -> primary aws_s3_bucket",
          "aws_s3_bucket_replication_configuration -> dr aws_kms_key",
          "aws_s3_bucket_replication_configuration -> dr aws_s3_bucket",
          "aws_s3_bucket_replication_configuration -> dr aws_s3_bucket_versioning",
          "aws_s3_bucket_replication_configuration -> primary aws_kms_key",
          "aws_s3_bucket_replication_configuration -> primary aws_s3_bucket_versioning",
          "aws_s3_bucket_replication_configuration -> primary aws_s3_bucket",
          // Copies are restored for a test, and named by what they are of.
          "aws_backup_restore_testing_selection -> primary aws_dynamodb_table",
          "aws_backup_restore_testing_selection -> primary aws_rds_cluster",
          "aws_cloudwatch_event_rule -> primary aws_rds_cluster",
          // IAM knows no Regions: one role looks at both, one backs up in both.
          "aws_backup_selection -> primary aws_iam_role",
          "aws_config_configuration_recorder -> dr aws_iam_service_linked_role",
          // The twin answers for the DR Region's fleet too; both probe both entrances, whose names
          // are AWS's choice.
          "aws_lambda_function -> dr aws_autoscaling_group",
          "aws_lambda_function -> dr aws_lb",
          "aws_lambda_function -> dr aws_lb_target_group",
          "aws_lambda_function -> dr aws_route53_zone",
          "aws_lambda_function -> primary aws_lb",
          // DNS knows both entrances and both latches; it is reached through the DR Region.
          "aws_acm_certificate_validation -> dr aws_route53_record",
          "aws_route53_health_check -> primary aws_lb",
          "aws_route53_health_check -> primary aws_s3_bucket",
          "aws_route53_record -> primary aws_lb",
          // Route 53 writes its record of queries in us-east-1 only.
          "aws_route53_query_log -> dr aws_route53_zone",
          // Nor does anybody hear of changed records elsewhere.
          "aws_cloudwatch_event_rule -> dr aws_route53_health_check",
          "aws_cloudwatch_event_rule -> dr aws_route53_zone");

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void every_resource_uses_the_provider_of_the_region_in_its_address(String stack) {
    Map<String, JsonNode> resources = SynthesizedStacks.get(stack).resources();

    assertFalse(resources.isEmpty(), stack + " has no resources");
    resources.forEach(
        (address, body) -> assertEquals("aws." + region(address), provider(body), address));
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void no_plan_needs_a_data_source(String stack) {
    assertTrue(SynthesizedStacks.get(stack).json().path("data").isMissingNode(), stack);
  }

  @Test
  void references_cross_regions_only_where_two_regions_must_meet() {
    Map<String, String> found = new TreeMap<>();
    SynthesizedStacks.all()
        .forEach((stack, synthesized) -> found.putAll(crossings(stack, synthesized)));

    Set<String> unused = new TreeSet<>(CROSSINGS);
    unused.removeAll(found.keySet());
    found.keySet().removeAll(CROSSINGS);
    assertEquals(Map.of(), found, "references that the table above does not allow");
    assertEquals(Set.of(), unused, "allowed above, but nothing refers so");
  }

  /** Each kind of reference into the other Region, with one address that has it. */
  private static Map<String, String> crossings(String stack, SynthesizedStack synthesized) {
    Map<String, String> found = new TreeMap<>();
    synthesized
        .resources()
        .forEach(
            (address, body) -> {
              Matcher reference = REFERENCE.matcher(body.toString());
              while (reference.find()) {
                String other = region(reference.group());
                if (!region(address).equals(other)) {
                  found.put(
                      type(address) + " -> " + other + " " + reference.group(1),
                      stack + " " + address);
                }
              }
            });
    return found;
  }

  private static String provider(JsonNode resource) {
    return resource.path("provider").asText("none");
  }

  private static String type(String address) {
    return address.substring(0, address.indexOf('.'));
  }

  private static String region(String address) {
    String id = address.substring(address.indexOf('.') + 1);
    return Stream.of("primary", "dr", "witness")
        .filter(region -> id.startsWith(region + "_"))
        .findFirst()
        .orElse("none in " + id);
  }
}
