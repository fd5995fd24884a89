package payments.dr.operations.review.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The resource types that the rules know, by what a change of them can hurt. */
public final class ResourceTypes {

  /** Holds data, or keys without which data is lost; {@code prevent_destroy} guards them. */
  static final Set<String> GUARDED =
      Set.of(
          "aws_backup_vault",
          "aws_dynamodb_table",
          "aws_dynamodb_table_replica",
          "aws_kms_key",
          "aws_kms_replica_key",
          "aws_rds_cluster",
          "aws_rds_global_cluster",
          "aws_route53_zone",
          "aws_secretsmanager_secret");

  /**
   * Guarded by AWS instead, which deletes no bucket with objects unless force_destroy empties it.
   */
  static final String BUCKET = "aws_s3_bucket";

  /** Customers' requests go through it, or find their way by it. */
  static final Set<String> TRAFFIC =
      Set.of(
          "aws_acm_certificate",
          "aws_acm_certificate_validation",
          "aws_autoscaling_group",
          "aws_autoscaling_policy",
          "aws_db_subnet_group",
          "aws_default_security_group",
          "aws_ec2_capacity_reservation",
          "aws_eip",
          "aws_internet_gateway",
          "aws_launch_template",
          "aws_lb",
          "aws_lb_listener",
          "aws_lb_target_group",
          "aws_nat_gateway",
          "aws_route",
          "aws_route53_health_check",
          "aws_route53_record",
          "aws_route_table",
          "aws_route_table_association",
          "aws_security_group",
          "aws_security_group_rule",
          "aws_subnet",
          "aws_vpc",
          "aws_vpc_endpoint",
          "aws_vpc_peering_connection",
          "aws_vpc_peering_connection_accepter",
          "aws_vpc_peering_connection_options",
          "aws_vpc_security_group_egress_rule",
          "aws_vpc_security_group_ingress_rule",
          "aws_wafv2_web_acl",
          "aws_wafv2_web_acl_association");

  /** Watches, and tells people. */
  static final Set<String> OBSERVATION =
      Set.of(
          "aws_accessanalyzer_analyzer",
          "aws_cloudtrail",
          "aws_cloudwatch_dashboard",
          "aws_cloudwatch_log_group",
          "aws_cloudwatch_log_resource_policy",
          "aws_cloudwatch_log_stream",
          "aws_cloudwatch_metric_alarm",
          "aws_cloudwatch_metric_stream",
          "aws_config_configuration_recorder",
          "aws_config_configuration_recorder_status",
          "aws_config_delivery_channel",
          "aws_flow_log",
          "aws_guardduty_detector",
          "aws_guardduty_detector_feature",
          "aws_kinesis_firehose_delivery_stream",
          "aws_route53_query_log",
          "aws_s3_bucket_logging",
          "aws_securityhub_account",
          "aws_securityhub_finding_aggregator",
          "aws_securityhub_standards_subscription",
          "aws_sns_topic",
          "aws_sns_topic_policy",
          "aws_sns_topic_subscription",
          "aws_wafv2_web_acl_logging_configuration");

  /** Decides about a failover, and wakes who decides. */
  static final Set<String> CONTROL =
      Set.of(
          "aws_cloudwatch_event_bus",
          "aws_cloudwatch_event_bus_policy",
          "aws_cloudwatch_event_rule",
          "aws_cloudwatch_event_target",
          "aws_lambda_alias",
          "aws_lambda_event_source_mapping",
          "aws_lambda_function",
          "aws_lambda_function_event_invoke_config",
          "aws_lambda_permission",
          "aws_scheduler_schedule",
          "aws_scheduler_schedule_group",
          "aws_sqs_queue",
          "aws_sqs_queue_policy");

  /** Says what is kept beside the data, for how long, and where the copies are. */
  private static final Set<String> KEPT =
      Set.of(
          "aws_kms_alias",
          "aws_rds_cluster_instance",
          "aws_rds_cluster_parameter_group",
          "aws_s3_bucket_lifecycle_configuration",
          "aws_s3_bucket_object_lock_configuration",
          "aws_s3_bucket_server_side_encryption_configuration",
          "aws_s3_bucket_versioning",
          "aws_s3_object",
          "aws_secretsmanager_secret_version");

  /** Makes copies and keeps them, or says which data is the valid one. */
  private static final Set<String> RECOVERY =
      Set.of(
          "aws_backup_plan",
          "aws_backup_region_settings",
          "aws_backup_restore_testing_plan",
          "aws_backup_restore_testing_selection",
          "aws_backup_selection",
          "aws_backup_vault_lock_configuration",
          "aws_s3_bucket_replication_configuration",
          "aws_ssm_parameter");

  /** Says who may do what, and from where. */
  private static final Set<String> ACCESS =
      Set.of(
          "aws_backup_vault_policy",
          "aws_cloudwatch_event_bus_policy",
          "aws_cloudwatch_log_resource_policy",
          "aws_default_security_group",
          "aws_ebs_encryption_by_default",
          "aws_iam_access_key",
          "aws_iam_instance_profile",
          "aws_iam_policy",
          "aws_iam_role",
          "aws_iam_role_policy",
          "aws_iam_role_policy_attachment",
          "aws_iam_service_linked_role",
          "aws_iam_user",
          "aws_lambda_permission",
          "aws_s3_bucket_ownership_controls",
          "aws_s3_bucket_policy",
          "aws_s3_bucket_public_access_block",
          "aws_secretsmanager_secret_policy",
          "aws_security_group",
          "aws_security_group_rule",
          "aws_sns_topic_policy",
          "aws_sns_topic_subscription",
          "aws_sqs_queue_policy",
          "aws_vpc_security_group_egress_rule",
          "aws_vpc_security_group_ingress_rule");

  private static final Map<String, Protects> PROTECTS = protects();

  private ResourceTypes() {}

  /** Returns whether the rules were made with this type in mind. */
  public static boolean isKnown(String type) {
    return protects(type) != Protects.UNKNOWN;
  }

  /** Returns what a type protects, or serves. */
  static Protects protects(String type) {
    return PROTECTS.getOrDefault(type, Protects.UNKNOWN);
  }

  static boolean holdsData(String type) {
    return GUARDED.contains(type) || type.equals(BUCKET);
  }

  /** A type that is in several sets belongs to the last of them. */
  private static Map<String, Protects> protects() {
    Map<String, Protects> protects = new HashMap<>();
    GUARDED.forEach(type -> protects.put(type, Protects.DATA));
    KEPT.forEach(type -> protects.put(type, Protects.DATA));
    protects.put(BUCKET, Protects.DATA);
    TRAFFIC.forEach(type -> protects.put(type, Protects.TRAFFIC));
    OBSERVATION.forEach(type -> protects.put(type, Protects.WATCHING));
    CONTROL.forEach(type -> protects.put(type, Protects.RECOVERY));
    RECOVERY.forEach(type -> protects.put(type, Protects.RECOVERY));
    ACCESS.forEach(type -> protects.put(type, Protects.ACCESS));
    return Map.copyOf(protects);
  }
}
