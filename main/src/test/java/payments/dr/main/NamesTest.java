package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.naming.ResourceNames;

/**
 * AWS names keep to AWS's limits, for the longest environment name too, and name one thing each.
 */
class NamesTest {

  /**
   * A name that we choose.
   *
   * @param global whether it must be unique across Regions, as IAM, Route 53 and S3 want it
   */
  private record Name(
      String type, String attribute, int maxLength, String allowed, boolean global) {}

  private static final String HYPHENS = "[a-z0-9-]+";
  private static final String RDS = "[a-z](?!.*--)[a-z0-9-]*[a-z0-9]";
  private static final String PATH = "[A-Za-z0-9/_.-]+";

  /** Limits as the services document them. */
  private static final List<Name> NAMES =
      List.of(
          new Name("aws_accessanalyzer_analyzer", "analyzer_name", 255, HYPHENS, false),
          new Name("aws_autoscaling_group", "name", 255, HYPHENS, false),
          new Name("aws_autoscaling_policy", "name", 255, HYPHENS, false),
          new Name("aws_backup_plan", "name", 50, HYPHENS, false),
          new Name("aws_backup_restore_testing_plan", "name", 50, "[A-Za-z0-9_]+", false),
          // Terraform puts eight digits for the expression.
          new Name(
              "aws_backup_restore_testing_selection",
              "name",
              1000,
              "[A-Za-z0-9_]{1,42}\\$\\{substr\\(sha256\\(.*\\), 0, 8\\)}",
              false),
          new Name("aws_backup_vault", "name", 50, "[A-Za-z0-9_-]{2,50}", false),
          new Name("aws_cloudtrail", "name", 128, HYPHENS, true),
          new Name("aws_cloudwatch_dashboard", "dashboard_name", 255, HYPHENS, true),
          new Name("aws_cloudwatch_event_bus", "name", 256, HYPHENS, false),
          new Name("aws_cloudwatch_event_rule", "name", 64, HYPHENS, false),
          new Name("aws_cloudwatch_log_group", "name", 512, PATH, false),
          new Name("aws_cloudwatch_log_resource_policy", "policy_name", 255, HYPHENS, false),
          new Name("aws_cloudwatch_metric_alarm", "alarm_name", 255, HYPHENS, false),
          new Name("aws_cloudwatch_metric_stream", "name", 255, HYPHENS, false),
          new Name("aws_db_subnet_group", "name", 255, RDS, false),
          new Name("aws_dynamodb_table", "name", 255, HYPHENS, false),
          new Name("aws_iam_instance_profile", "name", 128, HYPHENS, true),
          new Name("aws_iam_role", "name", 64, HYPHENS, true),
          new Name("aws_kinesis_firehose_delivery_stream", "name", 64, HYPHENS, false),
          new Name("aws_kms_alias", "name", 256, "alias/[a-z0-9-]+", false),
          new Name("aws_lambda_function", "function_name", 64, HYPHENS, false),
          new Name("aws_launch_template", "name", 128, HYPHENS, false),
          new Name("aws_lb", "name", 32, HYPHENS, false),
          new Name("aws_lb_target_group", "name", 32, HYPHENS, false),
          new Name("aws_rds_cluster", "cluster_identifier", 63, RDS, false),
          new Name("aws_rds_cluster_instance", "identifier", 63, RDS, false),
          new Name("aws_rds_cluster_parameter_group", "name", 255, RDS, false),
          new Name("aws_rds_global_cluster", "global_cluster_identifier", 63, RDS, true),
          new Name("aws_s3_bucket", "bucket", 63, "[a-z0-9][a-z0-9-]+[a-z0-9]", true),
          new Name("aws_scheduler_schedule", "name", 64, HYPHENS, false),
          new Name("aws_scheduler_schedule_group", "name", 64, HYPHENS, false),
          new Name("aws_secretsmanager_secret", "name", 512, HYPHENS, false),
          new Name("aws_security_group", "name", 255, HYPHENS, false),
          new Name("aws_sqs_queue", "name", 80, HYPHENS + "(\\.fifo)?", false),
          new Name("aws_sns_topic", "name", 256, HYPHENS, false),
          new Name("aws_ssm_parameter", "name", 1011, PATH, false),
          new Name("aws_wafv2_web_acl", "name", 128, HYPHENS, false));

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void every_name_fits_even_with_the_longest_environment(String stack) {
    String environment = stack.replaceFirst("^(payments-dr|account|state|witness)-(\\S+).*", "$2");
    int growth = 20 - environment.length();
    List<String> wrong = new ArrayList<>();
    for (Name name : NAMES) {
      SynthesizedStacks.get(stack)
          .resources(name.type())
          .forEach(
              (address, body) -> {
                String value = body.path(name.attribute()).asText();
                if (value.length() + growth > name.maxLength() || !value.matches(name.allowed())) {
                  wrong.add(address + " is named \"" + value + "\"");
                }
              });
    }

    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void no_name_is_given_twice_in_one_service_and_region(String stack) {
    Set<String> seen = new TreeSet<>();
    List<String> twice = new ArrayList<>();
    for (Name name : NAMES) {
      SynthesizedStacks.get(stack)
          .resources(name.type())
          .values()
          .forEach(
              body -> {
                String place = name.global() ? "everywhere" : body.path("provider").asText();
                String value = body.path(name.attribute()).asText();
                if (!seen.add(name.type() + " " + place + " " + value)) {
                  twice.add(name.type() + " " + value);
                }
              });
    }

    assertEquals(List.of(), twice);
  }

  /** A resource type with a name of ours that the table above forgot would go unchecked. */
  @Test
  void the_table_knows_every_type_whose_names_we_choose() {
    Set<String> known = new TreeSet<>();
    NAMES.forEach(name -> known.add(name.type()));
    Set<String> unknown = new TreeSet<>();
    SynthesizedStacks.all()
        .values()
        .forEach(
            stack ->
                stack
                    .resources()
                    .forEach(
                        (address, body) -> {
                          String type = address.substring(0, address.indexOf('.'));
                          JsonNode name = body.path("name");
                          if (name.asText().contains("-") && !known.contains(type)) {
                            unknown.add(type + " " + name.asText());
                          }
                        }));
    // Records are named by their domain, inline policies and log streams within their parent.
    unknown.removeIf(name -> name.matches("aws_(route53_\\w+|backup_selection) .*"));

    assertEquals(Set.of(), unknown);
  }

  @Test
  void the_longest_environment_name_is_the_one_assumed_here() {
    assertTrue("a".repeat(20).matches(ResourceNames.ENVIRONMENT_PATTERN));
    assertTrue(!"a".repeat(21).matches(ResourceNames.ENVIRONMENT_PATTERN));
  }
}
