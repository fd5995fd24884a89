package payments.dr.modules.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.lb.Lb;
import com.hashicorp.cdktf.providers.aws.lb_listener.LbListener;
import com.hashicorp.cdktf.providers.aws.lb_target_group.LbTargetGroup;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.network.Network;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class LoadBalancerTest {

  private static final ComputeSettings WITHOUT_TLS =
      SettingsFactory.of(ComputeSettings.class, "tls", false);

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;
  private static LoadBalancer secure;
  private static LoadBalancer plain;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<Network> networks = stack.networks(stack.keys());
    var accessLogs = stack.accessLogs();
    secure = stack.loadBalancers(networks, accessLogs).dr();
    plain =
        new LoadBalancer(
            stack.regions().dr(),
            "plain",
            new LoadBalancerProps(
                TestStack.NAMES,
                WITHOUT_TLS,
                networks.dr(),
                accessLogs.dr(),
                Optional.empty(),
                false));
    synthesized = stack.synthesize();
  }

  @Test
  void is_public_in_the_public_tier_of_all_zones() {
    JsonNode loadBalancer = only(Lb.TF_RESOURCE_TYPE);

    assertEquals("dr-alb-test", loadBalancer.path("name").asText());
    assertEquals("aws.dr", loadBalancer.path("provider").asText());
    assertEquals(3, loadBalancer.path("subnets").size());
    loadBalancer
        .path("subnets")
        .forEach(
            subnet -> assertTrue(subnet.asText().contains("dr_network_public_"), subnet::toString));
  }

  @Test
  void malformed_requests_are_dropped_and_deletion_is_protected() {
    JsonNode loadBalancer = only(Lb.TF_RESOURCE_TYPE);

    assertTrue(loadBalancer.path("drop_invalid_header_fields").asBoolean());
    assertEquals("defensive", loadBalancer.path("desync_mitigation_mode").asText());
    assertTrue(loadBalancer.path("enable_deletion_protection").asBoolean());
  }

  @Test
  void clients_do_not_cling_to_a_region_for_longer_than_the_settings_say() {
    assertEquals(60, only(Lb.TF_RESOURCE_TYPE).path("client_keep_alive").asInt());
  }

  @Test
  void zones_can_be_shifted_away_from() {
    assertTrue(only(Lb.TF_RESOURCE_TYPE).path("enable_zonal_shift").asBoolean());
  }

  @Test
  void requests_and_connections_are_logged_once_delivery_is_allowed() {
    JsonNode loadBalancer = only(Lb.TF_RESOURCE_TYPE);

    for (String logs : new String[] {"access_logs", "connection_logs"}) {
      assertTrue(loadBalancer.path(logs).path("enabled").asBoolean(), logs);
      assertEquals("alb", loadBalancer.path(logs).path("prefix").asText(), logs);
    }
    assertTrue(
        dependencies(loadBalancer).stream()
            .anyMatch(address -> address.startsWith("aws_s3_bucket_policy.dr_access-logs_")),
        () -> dependencies(loadBalancer).toString());
  }

  @Test
  void waits_for_the_way_to_the_internet() {
    assertTrue(
        dependencies(only(Lb.TF_RESOURCE_TYPE)).stream()
            .anyMatch(address -> address.startsWith("aws_route.dr_network_routing_public-")));
  }

  @Test
  void https_forwards_with_tls_1_2_or_newer_and_a_validated_certificate() {
    JsonNode listener =
        synthesized.only(LbListener.TF_RESOURCE_TYPE, "dr_load-balancer_listeners_https_");

    assertEquals(443, listener.path("port").asInt());
    assertEquals("HTTPS", listener.path("protocol").asText());
    assertEquals("ELBSecurityPolicy-TLS13-1-2-2021-06", listener.path("ssl_policy").asText());
    assertEquals("forward", listener.at("/default_action/0/type").asText());
    assertTrue(
        listener
            .path("certificate_arn")
            .asText()
            .startsWith("${aws_acm_certificate_validation.dr_certificate_"),
        listener::toString);
  }

  @Test
  void http_is_redirected_to_https() {
    JsonNode listener =
        synthesized.only(LbListener.TF_RESOURCE_TYPE, "dr_load-balancer_listeners_http_");

    assertEquals("redirect", listener.at("/default_action/0/type").asText());
    assertEquals("HTTPS", listener.at("/default_action/0/redirect/protocol").asText());
    assertEquals("HTTP_301", listener.at("/default_action/0/redirect/status_code").asText());
  }

  @Test
  void internet_reaches_the_two_listeners_only() {
    Set<Integer> ports =
        synthesized.resources(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE).entrySet().stream()
            .filter(rule -> rule.getKey().contains(".dr_load-balancer_"))
            .map(rule -> rule.getValue().path("from_port").asInt())
            .collect(Collectors.toSet());

    assertEquals(Set.of(80, 443), ports);
  }

  @Test
  void goes_nowhere_before_a_fleet_opens_the_way() {
    assertEquals(
        Set.of(), synthesized.resources(VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE).keySet());
  }

  @Test
  void targets_are_judged_by_the_health_check_path_within_20_seconds() {
    JsonNode check = only(LbTargetGroup.TF_RESOURCE_TYPE).path("health_check");

    assertEquals("/health.html", check.path("path").asText());
    assertEquals(10, check.path("interval").asInt());
    assertEquals(2, check.path("unhealthy_threshold").asInt());
    assertEquals(2, check.path("healthy_threshold").asInt());
    assertEquals("200", check.path("matcher").asText());
  }

  @Test
  void without_certificate_only_plain_http_is_served() {
    JsonNode listener = synthesized.only(LbListener.TF_RESOURCE_TYPE, "dr_plain");

    assertEquals(80, listener.path("port").asInt());
    assertEquals("forward", listener.at("/default_action/0/type").asText());
    assertEquals(
        80,
        synthesized
            .only(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE, "dr_plain")
            .path("from_port")
            .asInt());
  }

  @Test
  void endpoint_names_its_scheme() {
    assertTrue(secure.endpoint().startsWith("https://"), secure.endpoint());
    assertTrue(plain.endpoint().startsWith("http://"), plain.endpoint());
  }

  @Test
  void tls_without_certificate_is_refused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new LoadBalancerProps(
                    TestStack.NAMES, TestStack.COMPUTE, null, null, Optional.empty(), true));

    assertEquals(
        "certificate must be given exactly when tls is true, got tls true without certificate",
        refused.getMessage());
  }

  private static JsonNode only(String type) {
    return synthesized.only(type, "dr_load-balancer");
  }

  private static Set<String> dependencies(JsonNode resource) {
    Set<String> addresses = new TreeSet<>();
    resource.path("depends_on").forEach(address -> addresses.add(address.asText()));
    return addresses;
  }
}
