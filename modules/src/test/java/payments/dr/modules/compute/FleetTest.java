package payments.dr.modules.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroup;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicy;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.network.Network;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class FleetTest {

  private static final String FLEET = "dr_fleet";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<Network> networks = stack.networks(keys);
    RegionPair<LoadBalancer> loadBalancers = stack.loadBalancers(networks, stack.accessLogs());
    Fleet fleet = stack.fleets(networks, loadBalancers, keys).dr();
    new ApplicationPermissions(
        stack.regions().dr(),
        "application-permissions",
        new ApplicationPermissionsProps(
            fleet,
            List.of(
                Statement.allow("ReadSessions")
                    .actions("dynamodb:GetItem")
                    .on("arn:aws:dynamodb:us-east-2:123456789012:table/session-table-test"))));
    synthesized = stack.synthesize();
  }

  @Test
  void group_spans_the_application_tier_within_its_limits() {
    JsonNode group = only(AutoscalingGroup.TF_RESOURCE_TYPE);

    assertEquals("dr-asg-test", group.path("name").asText());
    assertEquals("aws.dr", group.path("provider").asText());
    assertEquals(2, group.path("min_size").asInt());
    assertEquals(2, group.path("desired_capacity").asInt());
    assertEquals(6, group.path("max_size").asInt());
    assertEquals(3, group.path("vpc_zone_identifier").size());
    group
        .path("vpc_zone_identifier")
        .forEach(
            subnet ->
                assertTrue(subnet.asText().contains("dr_network_application_"), subnet::toString));
  }

  @Test
  void a_plan_leaves_the_size_to_scaling_and_failover() {
    assertEquals(
        "[\"desired_capacity\"]",
        only(AutoscalingGroup.TF_RESOURCE_TYPE).at("/lifecycle/ignore_changes").toString());
  }

  @Test
  void unhealthy_to_the_load_balancer_means_replaced() {
    JsonNode group = only(AutoscalingGroup.TF_RESOURCE_TYPE);

    assertEquals("ELB", group.path("health_check_type").asText());
    assertEquals(120, group.path("health_check_grace_period").asInt());
    assertTrue(
        group.at("/target_group_arns/0").asText().contains("dr_load-balancer_"), group::toString);
  }

  @Test
  void new_template_rolls_out_without_losing_capacity() {
    JsonNode group = only(AutoscalingGroup.TF_RESOURCE_TYPE);

    assertEquals("Rolling", group.at("/instance_refresh/strategy").asText());
    assertEquals(100, group.at("/instance_refresh/preferences/min_healthy_percentage").asInt());
    assertEquals(150, group.at("/instance_refresh/preferences/max_healthy_percentage").asInt());
    assertTrue(
        group.at("/launch_template/version").asText().endsWith(".latest_version}"),
        group::toString);
  }

  @Test
  void apply_does_not_wait_for_capacity_for_ever() {
    assertEquals(
        "10m", only(AutoscalingGroup.TF_RESOURCE_TYPE).path("wait_for_capacity_timeout").asText());
  }

  @Test
  void instances_wait_for_their_way_out() {
    assertEquals(3, only(AutoscalingGroup.TF_RESOURCE_TYPE).path("depends_on").size());
  }

  @Test
  void cpu_load_decides_the_size() {
    JsonNode policy = only(AutoscalingPolicy.TF_RESOURCE_TYPE);

    assertEquals(60, policy.at("/target_tracking_configuration/target_value").asInt());
    assertEquals(
        "ASGAverageCPUUtilization",
        policy
            .at(
                "/target_tracking_configuration/predefined_metric_specification"
                    + "/predefined_metric_type")
            .asText());
  }

  @Test
  void metadata_needs_a_token_and_stays_on_the_instance() {
    JsonNode options = only(LaunchTemplate.TF_RESOURCE_TYPE).path("metadata_options");

    assertEquals("required", options.path("http_tokens").asText());
    assertEquals(1, options.path("http_put_response_hop_limit").asInt());
  }

  @Test
  void volume_is_encrypted_with_the_compute_key() {
    JsonNode volume = only(LaunchTemplate.TF_RESOURCE_TYPE).at("/block_device_mappings/0/ebs");

    assertEquals("true", volume.path("encrypted").asText());
    assertEquals("gp3", volume.path("volume_type").asText());
    assertEquals(20, volume.path("volume_size").asInt());
    assertTrue(
        volume.path("kms_key_id").asText().startsWith("${aws_kms_key.dr_encryption_compute_"),
        volume::toString);
  }

  @Test
  void instances_have_neither_public_address_nor_key_pair() {
    JsonNode template = only(LaunchTemplate.TF_RESOURCE_TYPE);

    assertEquals(
        "false", template.at("/network_interfaces/0/associate_public_ip_address").asText());
    assertFalse(template.has("key_name"), template::toString);
  }

  @Test
  void image_is_looked_up_at_launch() {
    assertEquals(
        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        only(LaunchTemplate.TF_RESOURCE_TYPE).path("image_id").asText());
  }

  /** Without the author, who changes with each deployment and would replace every instance. */
  @Test
  void launched_things_carry_the_stacks_tags() {
    JsonNode specifications = only(LaunchTemplate.TF_RESOURCE_TYPE).path("tag_specifications");

    assertEquals(3, specifications.size());
    specifications.forEach(
        specification ->
            assertEquals(
                "{\"Environment\":\"test\",\"Name\":\"dr-application-test\"}",
                specification.path("tags").toString()));
  }

  @Test
  void first_boot_serves_the_health_check_without_root_or_package_manager() {
    String script =
        new String(
            Base64.getDecoder()
                .decode(only(LaunchTemplate.TF_RESOURCE_TYPE).path("user_data").asText()),
            StandardCharsets.UTF_8);

    assertTrue(script.startsWith("#!/bin/bash\n"), script);
    assertTrue(script.contains("/srv/payments/health.html"), script);
    assertTrue(script.contains("http.server 80 "), script);
    assertTrue(script.contains("DynamicUser=yes"), script);
    assertTrue(script.contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"), script);
    assertFalse(script.matches("(?s).*\\b(dnf|yum|curl|pip)\\b.*"), script);
  }

  @Test
  void only_the_load_balancer_comes_in() {
    JsonNode rule = only(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE);

    assertEquals(80, rule.path("from_port").asInt());
    assertEquals(80, rule.path("to_port").asInt());
    assertTrue(
        rule.path("referenced_security_group_id")
            .asText()
            .startsWith("${aws_security_group.dr_load-balancer_"),
        rule::toString);
  }

  @Test
  void load_balancer_goes_to_the_fleet_only() {
    JsonNode rule =
        synthesized.only(
            VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE,
            "dr_fleet_security-group_load-balancer-to-fleet");

    assertTrue(
        rule.path("security_group_id")
            .asText()
            .startsWith("${aws_security_group.dr_load-balancer_"),
        rule::toString);
    assertTrue(
        rule.path("referenced_security_group_id")
            .asText()
            .startsWith("${aws_security_group.dr_fleet_"),
        rule::toString);
  }

  @Test
  void fleet_itself_goes_out_by_tls_only() {
    JsonNode rule =
        synthesized.only(
            VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE, "dr_fleet_security-group_to-aws");

    assertEquals("tcp", rule.path("ip_protocol").asText());
    assertEquals(443, rule.path("from_port").asInt());
    assertEquals(443, rule.path("to_port").asInt());
  }

  @Test
  void role_belongs_to_ec2_and_holds_session_manager_its_files_and_its_own_logs() {
    JsonNode role = only(IamRole.TF_RESOURCE_TYPE);
    JsonNode trust = SynthesizedStack.embedded(role.path("assume_role_policy"));
    JsonNode policy =
        SynthesizedStack.embedded(only(IamRolePolicy.TF_RESOURCE_TYPE).path("policy"));

    assertEquals("dr-application-test", role.path("name").asText());
    assertEquals("ec2.amazonaws.com", trust.at("/Statement/0/Principal/Service").asText());
    assertEquals(2, policy.path("Statement").size());
    policy
        .at("/Statement/0/Resource")
        .forEach(
            resource ->
                assertTrue(
                    resource.asText().startsWith("${aws_cloudwatch_log_group.dr_fleet_"),
                    resource::toString));
    assertEquals(
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        only(IamRolePolicyAttachment.TF_RESOURCE_TYPE).path("policy_arn").asText());
  }

  @Test
  void log_group_is_encrypted_and_kept() {
    JsonNode group = only(CloudwatchLogGroup.TF_RESOURCE_TYPE);

    assertEquals("/payments/test/dr/application", group.path("name").asText());
    assertEquals(400, group.path("retention_in_days").asInt());
    assertTrue(
        group.path("kms_key_id").asText().startsWith("${aws_kms_key.dr_encryption_logs_"),
        group::toString);
  }

  @Test
  void permissions_are_added_to_the_fleets_role() {
    JsonNode policy =
        synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE, "dr_application-permissions");

    assertTrue(
        policy.path("role").asText().startsWith("${aws_iam_role.dr_fleet_"), policy::toString);
    assertEquals(
        "dynamodb:GetItem",
        SynthesizedStack.embedded(policy.path("policy")).at("/Statement/0/Action").asText());
  }

  @Test
  void instances_may_read_what_systems_managers_agent_reads_of_aws() {
    JsonNode policy =
        SynthesizedStack.embedded(
            synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE, FLEET).path("policy"));
    JsonNode statement =
        StreamSupport.stream(policy.path("Statement").spliterator(), false)
            .filter(it -> it.path("Sid").asText().equals("ReadAgentFiles"))
            .findFirst()
            .orElseThrow();

    assertEquals("s3:GetObject", statement.path("Action").asText());
    assertTrue(
        statement
            .path("Resource")
            .toString()
            .contains("\"arn:aws:s3:::aws-patch-manager-us-east-2-552881074/*\""),
        statement::toString);
  }

  @Test
  void permissions_without_statements_are_refused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new ApplicationPermissionsProps(null, List.of()));

    assertEquals("statements must hold at least one, got none", refused.getMessage());
  }

  private static JsonNode only(String type) {
    return synthesized.only(type, FLEET);
  }
}
