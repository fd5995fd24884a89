package payments.dr.main;

import static payments.dr.main.RuleMutant.drop;
import static payments.dr.main.RuleMutant.remove;
import static payments.dr.main.RuleMutant.replace;
import static payments.dr.main.RuleMutant.set;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Faults seeded into real stacks, for each security rule at least one. */
final class RuleMutants {

  private static final String ANYWHERE = "0.0.0.0/0";

  private static final String STATE = "state-prod";
  private static final String ACCOUNT_STACK = "account-prod";

  private RuleMutants() {}

  static Stream<RuleMutant> all() {
    return Stream.of(
            KEYS, BUCKETS, NETWORKS, FLEETS, DATABASES, DATA, FUNCTIONS, MESSAGES, RECORDS, ACCOUNT)
        .flatMap(List::stream);
  }

  private static final List<RuleMutant> KEYS =
      List.of(
          set("K1a", "aws_kms_key", "enable_key_rotation", false),
          remove("K1a", "aws_kms_key.primary_encryption_data", "rotation_period_in_days"),
          set("K1b", "aws_kms_key", "deletion_window_in_days", 7),
          set("K1b", "aws_kms_replica_key", "deletion_window_in_days", 29),
          drop("K1c", "aws_kms_replica_key"),
          replace("K2a", "aws_kms_key.primary_encryption_data", "policy", "kms:ViaService", "a"),
          replace("K2a", "aws_kms_replica_key", "policy", "kms:CallerAccount", "a"),
          remove("K2a", "aws_kms_key.dr_encryption_logs", "policy"),
          replace("K2b", "aws_kms_key", "policy", "kms:DescribeKey", "kms:*"),
          replace(
              "K2c",
              "aws_kms_key.primary_encryption_logs",
              "policy",
              "kms:EncryptionContext:aws:logs:arn",
              "a"),
          replace(
              "K2c",
              "aws_kms_key.dr_encryption_notifications",
              "policy",
              "aws:SourceAccount",
              "a"));

  private static final List<RuleMutant> BUCKETS =
      List.of(
          replace("S1a", "aws_s3_bucket_policy", "policy", "aws:SecureTransport", "a"),
          drop("S1a", "aws_s3_bucket_policy.dr_metrics"),
          replace("S1b", "aws_s3_bucket_policy", "policy", "\"1.2\"", "\"1.1\""),
          set("S2a", "aws_s3_bucket_public_access_block", "block_public_acls", false),
          set("S2a", "aws_s3_bucket_public_access_block", "block_public_policy", false),
          set("S2a", "aws_s3_bucket_public_access_block", "ignore_public_acls", false),
          remove("S2a", "aws_s3_bucket_public_access_block", "restrict_public_buckets"),
          set("S2b", "aws_s3_bucket_ownership_controls", "rule/object_ownership", "ObjectWriter"),
          set(
              "S3",
              "aws_s3_bucket_server_side_encryption_configuration.dr_metrics",
              "rule/0/apply_server_side_encryption_by_default/sse_algorithm",
              "AES256"),
          remove(
              "S3",
              "aws_s3_bucket_server_side_encryption_configuration.dr_metrics",
              "rule/0/apply_server_side_encryption_by_default/kms_master_key_id"),
          set(
              "S3",
              "aws_s3_bucket_server_side_encryption_configuration.primary_metrics",
              "rule/0/bucket_key_enabled",
              false),
          drop("S3", "aws_s3_bucket_server_side_encryption_configuration.dr_latch"),
          set("S4a", "aws_s3_bucket_versioning", "versioning_configuration/status", "Suspended"),
          remove(
              "S4b",
              "aws_s3_bucket_lifecycle_configuration",
              "rule/0/noncurrent_version_expiration"),
          set("S4b", "aws_s3_bucket_lifecycle_configuration", "rule/0/status", "Disabled"),
          drop("S4c", "aws_s3_bucket_logging.dr_latch"),
          set("S4d", "aws_s3_bucket", "force_destroy", true),
          drop("S4e", "aws_s3_bucket_object_lock_configuration.dr_audit-archive"),
          set(
              "S4e",
              "aws_s3_bucket_object_lock_configuration.primary_audit-archive",
              "rule/default_retention/days",
              364),
          remove("S4e", "aws_s3_bucket.dr_audit-archive", "object_lock_enabled"),
          replace(
                  "STa",
                  "aws_s3_bucket_policy.dr_state",
                  "policy",
                  "s3:DeleteObjectVersion",
                  "s3:GetObject")
              .in(STATE),
          replace(
                  "STa",
                  "aws_s3_bucket_policy.primary_state",
                  "policy",
                  "s3:DeleteObjectVersion",
                  "s3:GetObject")
              .in(STATE),
          set("STb", "aws_s3_bucket.dr_state", "provider", "aws.primary").in(STATE));

  private static final List<RuleMutant> NETWORKS =
      List.of(
          set("V1", "aws_flow_log", "traffic_type", "REJECT"),
          set("V1", "aws_flow_log", "max_aggregation_interval", 600),
          drop("V1", "aws_flow_log.primary"),
          set(
              "V2",
              "aws_default_security_group",
              "ingress",
              List.of(Map.of("protocol", "-1", "self", true))),
          drop("V2", "aws_default_security_group"),
          set("V3a", "aws_subnet.dr_network_public", "map_public_ip_on_launch", true),
          set(
              "V3b",
              "aws_route.dr_peering_database-to-application",
              "nat_gateway_id",
              "${aws_nat_gateway.dr.id}"),
          drop("V3b", "aws_route_table_association.primary_network_routing_database"),
          set("V4a", "aws_vpc_security_group_ingress_rule.dr_fleet", "cidr_ipv4", ANYWHERE),
          set(
              "V4a",
              "aws_vpc_security_group_ingress_rule.dr_load-balancer_listeners_http-",
              "to_port",
              8080),
          set("V4a", "aws_vpc_security_group_ingress_rule.dr_database", "cidr_ipv6", "::/0"),
          remove(
              "V4b",
              "aws_vpc_security_group_ingress_rule.dr_fleet",
              "referenced_security_group_id"),
          set("V4c", "aws_vpc_security_group_ingress_rule.dr_database", "to_port", 65535),
          set("V4c", "aws_vpc_security_group_ingress_rule.primary_controller", "from_port", 22),
          remove("V4d", "aws_vpc_security_group_ingress_rule", "description"),
          set("V4d", "aws_vpc_security_group_egress_rule", "ip_protocol", "-1"),
          set("V4e", "aws_vpc_security_group_egress_rule.dr_fleet_security-group_to", "to_port", 1),
          set(
              "V4f",
              "aws_security_group",
              "egress",
              List.of(Map.of("protocol", "-1", "cidr_blocks", List.of(ANYWHERE)))),
          set("V5", "aws_route.dr_peering", "destination_cidr_block", ANYWHERE),
          set("V5", "aws_route.dr_peering", "destination_cidr_block", "10.30.0.0/16"),
          replace("V6", "aws_vpc_endpoint", "policy", "aws:PrincipalAccount", "a"),
          replace(
              "V6", "aws_vpc_endpoint.dr_network_endpoints_s3", "policy", "s3:GetObject", "s3:*"),
          remove("V6", "aws_vpc_endpoint", "policy"));

  private static final List<RuleMutant> FLEETS =
      List.of(
          set("E1", "aws_launch_template", "metadata_options/http_tokens", "optional"),
          set("E1", "aws_launch_template", "metadata_options/http_put_response_hop_limit", 2),
          set("E2", "aws_launch_template", "block_device_mappings/0/ebs/encrypted", "false"),
          remove("E2", "aws_launch_template", "block_device_mappings/0/ebs/kms_key_id"),
          set(
              "E3a",
              "aws_launch_template",
              "network_interfaces/0/associate_public_ip_address",
              "true"),
          set("E3a", "aws_launch_template", "key_name", "somebody"),
          set("E3b", "aws_autoscaling_group", "health_check_type", "EC2"),
          set("E3b", "aws_autoscaling_group", "vpc_zone_identifier", List.of("${aws_subnet.x.id}")),
          set("A1", "aws_lb_listener.dr_load-balancer_listeners_https", "protocol", "HTTP"),
          set(
              "A1",
              "aws_lb_listener.dr_load-balancer_listeners_http_",
              "default_action/0/redirect/status_code",
              "HTTP_302"),
          set(
              "A2",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "ssl_policy",
              "ELBSecurityPolicy-2016-08"),
          set(
              "A2",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "ssl_policy",
              "ELBSecurityPolicy-TLS13-1-3-2021-06"),
          set("A3a", "aws_lb", "access_logs/enabled", false),
          remove("A3b", "aws_lb", "connection_logs"),
          set("A4a", "aws_lb", "enable_deletion_protection", false),
          remove("A4b", "aws_lb", "drop_invalid_header_fields"),
          set("A4c", "aws_lb", "desync_mitigation_mode", "monitor"),
          remove("A6a", "aws_lb_listener.dr_load-balancer_listeners_https", "certificate_arn"));

  private static final List<RuleMutant> DATABASES =
      List.of(
          set("D1a", "aws_rds_cluster", "storage_encrypted", false),
          set(
              "D1a",
              "aws_rds_cluster.dr",
              "kms_key_id",
              "${aws_kms_key.primary_encryption_data_F2534EBF.arn}"),
          remove("D1b", "aws_rds_global_cluster", "storage_encrypted"),
          set("D2a", "aws_rds_cluster_parameter_group.dr", "parameter/4/value", "0"),
          set("D2a", "aws_rds_cluster_parameter_group.primary", "parameter/4/name", "x"),
          remove("D2b", "aws_rds_cluster_instance", "ca_cert_identifier"),
          remove("D3", "aws_rds_cluster", "iam_database_authentication_enabled"),
          set("D4", "aws_rds_cluster_instance", "publicly_accessible", true),
          set("D5a", "aws_rds_cluster", "deletion_protection", false),
          set("D5a", "aws_rds_global_cluster", "deletion_protection", false),
          set("D5b", "aws_rds_cluster", "skip_final_snapshot", true),
          remove("D5b", "aws_rds_cluster", "final_snapshot_identifier"),
          set("D5c", "aws_rds_cluster_instance", "copy_tags_to_snapshot", false),
          set("D5d", "aws_rds_cluster", "backup_retention_period", 13),
          set("D6a", "aws_rds_cluster", "enabled_cloudwatch_logs_exports", List.of("upgrade")),
          set("D6b", "aws_rds_cluster_parameter_group", "parameter/0/value", "0"),
          set("D6b", "aws_rds_cluster_parameter_group", "parameter/2/value", "all"),
          set("D6b", "aws_rds_cluster_parameter_group", "parameter/3/value", "ddl"),
          set("D6b", "aws_rds_cluster_parameter_group", "parameter/6/value", "pg_stat_statements"),
          drop("D7a", "aws_rds_cluster_instance.dr"),
          set("D7a", "aws_rds_cluster_instance.primary", "availability_zone", "us-east-1b"),
          set("D7b", "aws_rds_cluster_instance", "auto_minor_version_upgrade", true),
          set("D7b", "aws_rds_cluster.dr", "engine_version", "17.6"),
          remove("D8a", "aws_rds_cluster_instance", "performance_insights_kms_key_id"),
          set("D8b", "aws_rds_cluster_instance", "monitoring_interval", 0),
          set("D9a", "aws_rds_cluster.primary", "master_username", "postgres"),
          set("D9b", "aws_rds_cluster", "port", 5432),
          set("D9c", "aws_rds_cluster", "master_password", "x"),
          set("D9c", "aws_secretsmanager_secret_version", "secret_string", "x"));

  private static final List<RuleMutant> DATA =
      List.of(
          remove("Y1a", "aws_dynamodb_table", "server_side_encryption/kms_key_arn"),
          remove("Y1b", "aws_dynamodb_table_replica", "kms_key_arn"),
          set("Y1c", "aws_dynamodb_table", "point_in_time_recovery/enabled", false),
          remove("Y1d", "aws_dynamodb_table_replica", "point_in_time_recovery"),
          set("Y1e", "aws_dynamodb_table", "deletion_protection_enabled", false),
          remove("Y1e", "aws_dynamodb_table_replica", "deletion_protection_enabled"),
          set("Y1f", "aws_dynamodb_table", "replica", List.of(Map.of("region_name", "x"))),
          remove("X1a", "aws_secretsmanager_secret", "kms_key_id"),
          remove("X1b", "aws_secretsmanager_secret", "replica"),
          set("X1b", "aws_secretsmanager_secret", "replica/0/region", "us-east-2"),
          drop("X1c", "aws_secretsmanager_secret_policy"),
          replace("X1c", "aws_secretsmanager_secret_policy", "policy", "aws:PrincipalAccount", "a"),
          set("X1d", "aws_secretsmanager_secret", "recovery_window_in_days", 0));

  private static final List<RuleMutant> FUNCTIONS =
      List.of(
          remove("L1a", "aws_lambda_function", "vpc_config"),
          remove("L1b", "aws_lambda_function", "reserved_concurrent_executions"),
          set("L1c", "aws_lambda_function", "runtime", "java8"),
          remove("L1d", "aws_lambda_function", "kms_key_arn"),
          set("L1d", "aws_lambda_function", "environment/variables/DATABASE_PASSWORD", "x"),
          set("L1e", "aws_lambda_function", "tracing_config/mode", "PassThrough"),
          remove("L1f", "aws_lambda_function", "dead_letter_config"),
          remove("L1g", "aws_lambda_permission", "source_arn"),
          set("L1g", "aws_lambda_permission", "principal", "*"),
          drop("L2", "aws_lambda_function_event_invoke_config"),
          set(
              "L2",
              "aws_lambda_function_event_invoke_config",
              "maximum_event_age_in_seconds",
              21600),
          set("L2", "aws_lambda_function_event_invoke_config", "maximum_retry_attempts", 2));

  private static final List<RuleMutant> MESSAGES =
      List.of(
          set("N1a", "aws_sns_topic", "kms_master_key_id", ""),
          replace("N1b", "aws_sns_topic_policy", "policy", "aws:SecureTransport", "a"),
          replace("N1c", "aws_sns_topic_policy", "policy", "aws:SourceAccount", "a"),
          drop("N1c", "aws_sns_topic_policy"),
          remove("N1d", "aws_sns_topic", "signature_version"),
          remove("N2a", "aws_sqs_queue", "kms_master_key_id"),
          drop("N2b", "aws_sqs_queue_policy"),
          set(
              "N2c",
              "aws_sqs_queue",
              "redrive_allow_policy",
              "{\"redrivePermission\":\"allowAll\"}"),
          drop("N2d", "aws_cloudwatch_metric_alarm.dr_controller-alarms_failures"),
          drop("N3", "aws_cloudwatch_event_bus_policy"),
          replace("N3", "aws_cloudwatch_event_bus_policy", "policy", "ArnNotEquals", "ArnEquals"));

  private static final List<RuleMutant> RECORDS =
      List.of(
          remove("G1a", "aws_cloudwatch_log_group", "kms_key_id"),
          set("G1b", "aws_cloudwatch_log_group", "retention_in_days", 365),
          remove("G1b", "aws_cloudwatch_log_group", "retention_in_days"),
          set("G1c", "aws_lambda_function", "depends_on", List.of("aws_iam_role_policy.x")),
          remove("G1c", "aws_rds_cluster", "depends_on"),
          remove("B1a", "aws_backup_vault", "kms_key_arn"),
          drop("B1b", "aws_backup_vault_policy"),
          replace(
              "B1b", "aws_backup_vault_policy", "policy", "backup:DeleteRecoveryPoint", "backup:a"),
          set("B1b", "aws_backup_vault", "force_destroy", true),
          drop("B1c", "aws_backup_vault_lock_configuration"),
          remove("B1c", "aws_backup_vault_lock_configuration", "changeable_for_days"),
          remove("B1d", "aws_backup_plan", "rule/1/copy_action"),
          remove("B1d", "aws_backup_plan", "rule/1/copy_action/0/lifecycle"),
          set("B1e", "aws_backup_plan", "rule/1/lifecycle/cold_storage_after", 7),
          set("B1e", "aws_backup_plan", "rule/1/copy_action/0/lifecycle/cold_storage_after", 1),
          set(
              "F1",
              "aws_kinesis_firehose_delivery_stream",
              "server_side_encryption/enabled",
              false),
          remove(
              "F1",
              "aws_kinesis_firehose_delivery_stream",
              "extended_s3_configuration/kms_key_arn"),
          set("R1a", "aws_route53_zone", "force_destroy", true),
          drop("R1b", "aws_route53_query_log"));

  /** The firewall, and what watches an account. */
  private static final List<RuleMutant> ACCOUNT =
      List.of(
          drop("A6b", "aws_cloudwatch_metric_alarm.dr_certificate"),
          set("A6b", "aws_cloudwatch_metric_alarm.primary_certificate", "metric_name", "x"),
          drop("A5a", "aws_wafv2_web_acl_association"),
          remove("A5b", "aws_wafv2_web_acl", "rule/5/override_action"),
          set("A5b", "aws_wafv2_web_acl", "rule/2/action", Map.of("count", Map.of())),
          drop("A5c", "aws_wafv2_web_acl_logging_configuration"),
          remove("A5c", "aws_wafv2_web_acl_logging_configuration", "redacted_fields"),
          set("E2b", "aws_ebs_encryption_by_default", "enabled", false).in(ACCOUNT_STACK),
          set("T1a", "aws_cloudtrail", "is_multi_region_trail", false).in(ACCOUNT_STACK),
          remove("T1a", "aws_cloudtrail", "enable_log_file_validation").in(ACCOUNT_STACK),
          remove("T1a", "aws_cloudtrail", "kms_key_id").in(ACCOUNT_STACK),
          remove("T1b", "aws_cloudtrail", "advanced_event_selector").in(ACCOUNT_STACK),
          set("T2a", "aws_guardduty_detector", "enable", false).in(ACCOUNT_STACK),
          drop("T2b", "aws_config_configuration_recorder_status").in(ACCOUNT_STACK),
          set("T2b", "aws_config_configuration_recorder", "recording_group/all_supported", false)
              .in(ACCOUNT_STACK),
          drop("T2c", "aws_securityhub_standards_subscription.dr_security-hub_pci")
              .in(ACCOUNT_STACK),
          replace(
              "T3a",
              "aws_cloudwatch_event_rule.dr_change-alarms_keys",
              "event_pattern",
              "DisableKey\"",
              "a\""),
          drop("T3a", "aws_cloudwatch_metric_alarm.primary_change-alarms_keys"),
          drop("T3b", "aws_cloudwatch_event_rule.primary_change-alarms_global-cluster"),
          replace(
              "T3c",
              "aws_cloudwatch_event_rule.dr_change-alarms_ledger",
              "event_pattern",
              "dr-ledger-prod",
              "a"),
          drop("T3d", "aws_cloudwatch_metric_alarm.dr_change-alarms_latch"),
          replace(
              "T3e",
              "aws_cloudwatch_event_rule.dr_change-alarms_network",
              "event_pattern",
              "AuthorizeSecurityGroupIngress",
              "a"),
          set("T2d", "aws_accessanalyzer_analyzer", "type", "NONE").in(ACCOUNT_STACK));
}
