package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.compliance.SecurityPolicy;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import software.constructs.Construct;

/** Nothing that recovers leans on the Region that may be gone, and synthesis refuses what does. */
class RecoveryPathTest {

  @TempDir Path outdir;

  @ParameterizedTest
  @MethodSource("environments")
  void every_environment_recovers_without_the_primary_region(String stack) {
    assertEquals(List.of(), RecoveryPath.faults(resources(stack)));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void every_declared_reference_is_there(String stack) {
    Map<String, String> references = RecoveryPath.references(resources(stack));
    for (RecoveryPath.Declared declared : RecoveryPath.DECLARED) {
      assertTrue(
          references.entrySet().stream()
              .anyMatch(it -> declared.covers(it.getKey(), it.getValue().split("\\.")[0])),
          () -> declared + " covers none of " + references);
    }
  }

  /** A type that moved off the path would go unchecked. */
  @ParameterizedTest
  @MethodSource("environments")
  void function_role_ledger_latch_and_alarms_are_on_the_path(String stack) {
    for (String[] seed :
        List.of(
            new String[] {"aws_lambda_function", "dr_controller"},
            new String[] {"aws_iam_role_policy", "dr_controller_role"},
            new String[] {"aws_dynamodb_table", "dr_ledger"},
            new String[] {"aws_s3_bucket", "dr_latch"},
            new String[] {"aws_route53_record", "dr_routing_service-dr"},
            new String[] {"aws_sns_topic", "dr_alerts"},
            new String[] {"aws_cloudwatch_metric_alarm", "dr_controller-alarms_silent"},
            new String[] {"aws_cloudwatch_event_rule", "dr_controller_alarm_"})) {
      JsonNode resources = resources(stack);
      ObjectNode body = (ObjectNode) only(resources.path(seed[0]), seed[1]);
      body.put("description", "${aws_vpc.primary_network_vpc_1A2B3C4D.id}");

      List<String> faults = RecoveryPath.faults(resources);

      assertEquals(1, faults.size(), () -> String.join(".", seed) + " is not on the path");
      assertTrue(faults.get(0).contains(String.join(".", seed)), faults::toString);
    }
  }

  /** A declared reference is declared for one place only. */
  @ParameterizedTest
  @CsvSource({
    "/environment/variables/DR_LOAD_BALANCER, aws_lb.primary_x.dns_name",
    "/environment/variables/PRIMARY_PROBE_URL, aws_instance.primary_x.public_dns",
    "/depends_on/0, aws_lb.primary_x"
  })
  void a_reference_is_refused_with_where_it_stands_and_what_it_is(
      String pointer, String reference) {
    JsonNode resources =
        SynthesizedStack.parse(
                "{\"aws_lambda_function\":{\"dr_controller_lambda_1\":{\"environment\":{\"variables\":"
                    + "{\"DR_LOAD_BALANCER\":\"\",\"PRIMARY_PROBE_URL\":\"\"}},\"depends_on\":[\"\"]}}}")
            .json();
    JsonNode parent =
        resources.at(
            "/aws_lambda_function/dr_controller_lambda_1"
                + pointer.substring(0, pointer.lastIndexOf('/')));
    if (parent instanceof ObjectNode variables) {
      variables.put(pointer.substring(pointer.lastIndexOf('/') + 1), "${" + reference + "}");
    } else {
      ((ArrayNode) parent).set(0, reference);
    }

    assertEquals(
        List.of(
            "aws_lambda_function.dr_controller_lambda_1 at "
                + pointer.substring(1)
                + " must not refer to the primary Region, which may be gone when this is needed;"
                + " got "
                + reference
                + " (allowed: plain text, or a reference that RecoveryPath declares)"),
        RecoveryPath.faults(resources));
  }

  @Test
  void a_stack_is_looked_through_before_it_is_written() {
    TerraformStack stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "broken");
    ProviderSettings shared = new ProviderSettings("123456789012", "us-east-2", false, Map.of());
    Region primary = new Region(stack, RegionRole.PRIMARY, "us-east-1", shared);
    Region dr = new Region(stack, RegionRole.DR, "us-east-2", shared);
    SnsTopic there =
        SnsTopic.Builder.create(new Construct(primary, "alerts"), "topic")
            .provider(primary.provider())
            .name("there")
            .build();
    SnsTopic.Builder.create(new Construct(dr, "alerts"), "topic")
        .provider(dr.provider())
        .name("here")
        .displayName(there.getName())
        .build();

    List<String> faults = RecoveryPath.faults(SecurityPolicy.resolved(stack).path("resource"));

    assertEquals(1, faults.size(), faults::toString);
    assertTrue(
        faults
            .get(0)
            .matches(
                "aws_sns_topic\\.dr_alerts_topic_\\w+ at display_name must not refer to the"
                    + " primary Region, .*got aws_sns_topic\\.primary_alerts_topic_\\w+\\.name .*"),
        faults::toString);
  }

  static Stream<String> environments() {
    return SynthesizedStacks.names().filter(name -> name.startsWith("payments-dr-"));
  }

  private static JsonNode resources(String stack) {
    return SynthesizedStacks.get(stack).json().path("resource");
  }

  private static JsonNode only(JsonNode ofType, String prefix) {
    List<String> names =
        new TreeSet<>(ofType.properties().stream().map(Map.Entry::getKey).toList())
            .stream().filter(name -> name.startsWith(prefix)).toList();
    if (names.isEmpty()) {
      throw new AssertionError("no name begins with " + prefix + " in " + ofType.properties());
    }
    return ofType.path(names.get(0));
  }
}
