package payments.dr.modules.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Rules;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.network.NetworkSettings;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

/** Interface endpoints of both Regions; NetworkTest has the gateways. */
class VpcEndpointsTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    stack.networks(
        stack.keys(),
        SettingsFactory.of(NetworkSettings.class, "interfaceEndpoints", List.of("ssm", "ecr.api")));
    synthesized = stack.synthesize();
  }

  @ParameterizedTest
  @CsvSource({"primary, us-east-1", "dr, us-east-2"})
  void each_region_has_an_endpoint_of_each_service_for_the_own_account(String role, String region) {
    for (String service : List.of("ssm", "ecr.api")) {
      JsonNode endpoint =
          synthesized.resources(VpcEndpoint.TF_RESOURCE_TYPE).values().stream()
              .filter(it -> it.path("service_name").asText().endsWith(region + "." + service))
              .findFirst()
              .orElseThrow();

      assertEquals(
          "com.amazonaws." + region + "." + service, endpoint.path("service_name").asText());
      assertEquals("aws." + role, endpoint.path("provider").asText());
      assertTrue(endpoint.path("private_dns_enabled").asBoolean());
      assertEquals(3, endpoint.path("subnet_ids").size());
      assertTrue(endpoint.path("subnet_ids").toString().contains(role + "_network_application"));
      assertEquals(
          TestStack.ACCOUNT,
          SynthesizedStack.embedded(endpoint.path("policy"))
              .at("/Statement/0/Condition/StringEquals/aws:PrincipalAccount")
              .asText());
    }
  }

  @Test
  void endpoints_admit_tls_from_the_application_tier_and_send_nothing() {
    JsonNode ingress =
        synthesized.only(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE, "dr_network_endpoints");

    assertEquals("10.1.64.0/18", ingress.path("cidr_ipv4").asText());
    assertEquals(443, ingress.path("from_port").asInt());
    assertEquals(443, ingress.path("to_port").asInt());
    assertEquals(Map.of(), synthesized.resources(VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE));
    assertEquals(2, synthesized.resources(SecurityGroup.TF_RESOURCE_TYPE).size());
  }

  @Test
  void security_rules_are_kept() {
    assertEquals(List.of(), broken(synthesized.json()));
  }

  /** The whole network passes; what is wider, elsewhere or of another port does not. */
  @ParameterizedTest
  @CsvSource({
    "cidr_ipv4, 10.1.0.0/16, false",
    "cidr_ipv4, 10.0.0.0/15, true",
    "cidr_ipv4, 10.2.0.0/18, true",
    "cidr_ipv4, 10.1.64.0, true",
    "cidr_ipv4, , true",
    "from_port, 80, true",
    "to_port, 444, true",
  })
  void nothing_else_comes_in_by_address(String attribute, String value, boolean refused) {
    JsonNode json = synthesized.json().deepCopy();
    ObjectNode ingress =
        (ObjectNode)
            new SynthesizedStack(json)
                .only(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE, "dr_network_endpoints");
    if (attribute.endsWith("port")) {
      ingress.put(attribute, Integer.parseInt(value));
    } else {
      ingress.put(attribute, value);
    }

    assertEquals(refused ? List.of("ingress-not-from-security-group") : List.of(), broken(json));
  }

  @Test
  void a_group_of_no_endpoint_is_opened_to_groups_only() {
    JsonNode json = synthesized.json().deepCopy();
    new SynthesizedStack(json)
        .resources(VpcEndpoint.TF_RESOURCE_TYPE)
        .values()
        .forEach(endpoint -> ((ObjectNode) endpoint).remove("security_group_ids"));

    assertEquals(
        List.of("ingress-not-from-security-group", "ingress-not-from-security-group"),
        broken(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "dynamodb", "security-group", "smm"})
  void services_with_a_gateway_and_unknown_ones_are_refused(String service) {
    String message =
        assertThrows(
                InvalidSettingsException.class,
                () ->
                    SettingsFactory.of(
                        NetworkSettings.class, "interfaceEndpoints", List.of("ssm", service)))
            .getMessage();

    assertTrue(message.startsWith("interfaceEndpoints must be one of autoscaling, "), message);
    assertTrue(message.endsWith("sts, got \"" + service + "\""), message);
  }

  @Test
  void a_service_is_named_once() {
    assertEquals(
        "interfaceEndpoints must name each service once, got [ssm, sts, ssm]",
        assertThrows(
                InvalidSettingsException.class,
                () ->
                    SettingsFactory.of(
                        NetworkSettings.class, "interfaceEndpoints", List.of("ssm", "sts", "ssm")))
            .getMessage());
  }

  private static List<String> broken(JsonNode json) {
    return Rules.violations(Resources.of(json), new StackKind(true, false, Optional.empty()))
        .stream()
        .map(violation -> violation.rule().id())
        .toList();
  }
}
