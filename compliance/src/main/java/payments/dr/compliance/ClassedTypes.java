package payments.dr.compliance;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resource types that somebody has thought about. All others are refused: a type that no rule
 * looks at opens what it likes.
 */
final class ClassedTypes {

  /** Rules look at these where they look at what they complete, or at their policies. */
  private static final List<String> PARTS =
      List.of(
          "aws_backup_restore_testing_plan",
          "aws_backup_restore_testing_selection",
          "aws_backup_selection",
          "aws_backup_vault_lock_configuration",
          "aws_backup_vault_policy",
          "aws_cloudwatch_event_bus_policy",
          "aws_cloudwatch_event_target",
          "aws_cloudwatch_log_resource_policy",
          "aws_config_configuration_recorder_status",
          "aws_default_security_group",
          "aws_flow_log",
          "aws_guardduty_detector_feature",
          "aws_iam_policy",
          "aws_iam_role",
          "aws_iam_role_policy",
          "aws_iam_role_policy_attachment",
          "aws_lambda_function_event_invoke_config",
          "aws_rds_cluster_parameter_group",
          "aws_route53_query_log",
          "aws_route_table",
          "aws_route_table_association",
          "aws_s3_bucket_lifecycle_configuration",
          "aws_s3_bucket_logging",
          "aws_s3_bucket_object_lock_configuration",
          "aws_s3_bucket_ownership_controls",
          "aws_s3_bucket_policy",
          "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration",
          "aws_s3_bucket_versioning",
          "aws_secretsmanager_secret_policy",
          "aws_securityhub_standards_subscription",
          "aws_sns_topic_policy",
          "aws_sns_topic_subscription",
          "aws_wafv2_web_acl_association",
          "aws_wafv2_web_acl_logging_configuration");

  /** Neither opens, nor keeps, nor decides anything by itself. */
  private static final List<String> HARMLESS =
      List.of(
          "aws_autoscaling_policy",
          "aws_backup_region_settings",
          "aws_cloudwatch_dashboard",
          "aws_cloudwatch_log_stream",
          "aws_config_delivery_channel",
          "aws_ec2_capacity_reservation",
          "aws_eip",
          "aws_iam_instance_profile",
          "aws_iam_service_linked_role",
          "aws_internet_gateway",
          "aws_kms_alias",
          "aws_lambda_alias",
          "aws_lb_target_group",
          "aws_nat_gateway",
          "aws_s3_bucket_replication_configuration",
          "aws_s3_object",
          "aws_scheduler_schedule_group",
          "aws_securityhub_finding_aggregator",
          "aws_ssm_parameter",
          "aws_vpc_peering_connection",
          "aws_vpc_peering_connection_accepter",
          "aws_vpc_peering_connection_options");

  /** Types that people reach for, and what is wrong with them. */
  private static final Map<String, String> REFUSED = refused();

  private static final Set<String> CLASSED = classed();

  private ClassedTypes() {}

  static Optional<String> fault(Resource resource, Resources stack) {
    String type = resource.type();
    return CLASSED.contains(type)
        ? Optional.empty()
        : Optional.of(REFUSED.getOrDefault(type, "a type that no rule knows"));
  }

  private static Set<String> classed() {
    Set<String> classed = new HashSet<>(PARTS);
    classed.addAll(HARMLESS);
    Rules.TABLES.forEach(rules -> rules.forEach(rule -> classed.addAll(rule.types())));
    return Set.copyOf(classed);
  }

  private static Map<String, String> refused() {
    Map<String, String> refused = new HashMap<>();
    refuse(
        refused,
        "people and programs sign in by roles; a key outlives its owner's job",
        "aws_iam_access_key",
        "aws_iam_group",
        "aws_iam_group_policy",
        "aws_iam_group_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_iam_user",
        "aws_iam_user_login_profile",
        "aws_iam_user_policy",
        "aws_iam_user_policy_attachment",
        "aws_key_pair");
    refuse(
        refused,
        "a data source is not known before it is read, and reading may run a program",
        "data");
    refuse(refused, "no rule sees what a module makes", "module");
    refuse(
        refused,
        "lets others sign in",
        "aws_iam_openid_connect_provider",
        "aws_iam_saml_provider",
        "aws_rolesanywhere_trust_anchor");
    refuse(
        refused,
        "gives access that no policy shows",
        "aws_ami_launch_permission",
        "aws_kms_grant",
        "aws_ram_resource_share",
        "aws_s3_access_point",
        "aws_s3_bucket_acl",
        "aws_snapshot_create_volume_permission",
        "aws_vpc_endpoint_service");
    refuse(
        refused,
        "answers the internet",
        "aws_apigatewayv2_api",
        "aws_api_gateway_rest_api",
        "aws_cloudfront_distribution",
        "aws_default_vpc",
        "aws_lambda_function_url",
        "aws_s3_bucket_website_configuration");
    refuse(
        refused,
        "joins the network with another",
        "aws_customer_gateway",
        "aws_dx_gateway",
        "aws_ec2_client_vpn_endpoint",
        "aws_ec2_transit_gateway_vpc_attachment",
        "aws_vpn_connection",
        "aws_vpn_gateway");
    refuse(
        refused,
        "rules beside aws_vpc_security_group_ingress_rule undo each other",
        "aws_network_acl",
        "aws_network_interface_sg_attachment",
        "aws_security_group_rule");
    return Map.copyOf(refused);
  }

  private static void refuse(Map<String, String> refused, String why, String... types) {
    List.of(types).forEach(type -> refused.put(type, why));
  }
}
