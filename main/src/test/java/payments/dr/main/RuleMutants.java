package payments.dr.main;

import static payments.dr.main.RuleMutant.add;
import static payments.dr.main.RuleMutant.drop;
import static payments.dr.main.RuleMutant.remove;
import static payments.dr.main.RuleMutant.replace;
import static payments.dr.main.RuleMutant.set;
import static payments.dr.main.RuleMutant.stray;

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
            KEYS, BUCKETS, NETWORKS, FLEETS, DATABASES, DATA, FUNCTIONS, MESSAGES, RECORDS, ACCOUNT,
            WORDS, MISSING, ACCESS)
        .flatMap(List::stream);
  }

  private static final List<RuleMutant> KEYS =
      List.of(
          set("key-not-rotated", "aws_kms_key", "enable_key_rotation", false),
          remove(
              "key-not-rotated", "aws_kms_key.primary_encryption_data", "rotation_period_in_days"),
          set("key-deletion-window-short", "aws_kms_key", "deletion_window_in_days", 7),
          set("key-deletion-window-short", "aws_kms_replica_key", "deletion_window_in_days", 29),
          drop("key-without-replica", "aws_kms_replica_key"),
          replace(
              "key-use-not-limited-to-services",
              "aws_kms_key.primary_encryption_data",
              "policy",
              "kms:ViaService",
              "a"),
          replace(
              "key-use-not-limited-to-services",
              "aws_kms_replica_key",
              "policy",
              "kms:CallerAccount",
              "a"),
          remove("key-use-not-limited-to-services", "aws_kms_key.dr_encryption_logs", "policy"),
          replace(
              "key-policy-allows-everything", "aws_kms_key", "policy", "kms:DescribeKey", "kms:*"),
          replace(
              "key-open-to-other-accounts",
              "aws_kms_key.primary_encryption_logs",
              "policy",
              "kms:EncryptionContext:aws:logs:arn",
              "a"),
          replace(
              "key-open-to-other-accounts",
              "aws_kms_key.dr_encryption_notifications",
              "policy",
              "aws:SourceAccount",
              "a"),
          replace(
              "key-open-to-other-accounts",
              "aws_kms_key.dr_encryption_notifications",
              "policy",
              "kms:EncryptionContext:aws:sns:topicArn",
              "a"));

  private static final List<RuleMutant> BUCKETS =
      List.of(
          replace(
              "bucket-accepts-plain-text",
              "aws_s3_bucket_policy",
              "policy",
              "aws:SecureTransport",
              "a"),
          drop("bucket-accepts-plain-text", "aws_s3_bucket_policy.dr_metrics"),
          replace("bucket-accepts-old-tls", "aws_s3_bucket_policy", "policy", "\"1.2\"", "\"1.1\""),
          set("bucket-public", "aws_s3_bucket_public_access_block", "block_public_acls", false),
          set("bucket-public", "aws_s3_bucket_public_access_block", "block_public_policy", false),
          set("bucket-public", "aws_s3_bucket_public_access_block", "ignore_public_acls", false),
          remove("bucket-public", "aws_s3_bucket_public_access_block", "restrict_public_buckets"),
          set(
              "bucket-acls-enabled",
              "aws_s3_bucket_ownership_controls",
              "rule/object_ownership",
              "ObjectWriter"),
          set(
              "bucket-not-encrypted",
              "aws_s3_bucket_server_side_encryption_configuration.dr_metrics",
              "rule/0/apply_server_side_encryption_by_default/sse_algorithm",
              "AES256"),
          remove(
              "bucket-not-encrypted",
              "aws_s3_bucket_server_side_encryption_configuration.dr_metrics",
              "rule/0/apply_server_side_encryption_by_default/kms_master_key_id"),
          set(
              "bucket-not-encrypted",
              "aws_s3_bucket_server_side_encryption_configuration.primary_metrics",
              "rule/0/bucket_key_enabled",
              false),
          drop(
              "bucket-not-encrypted",
              "aws_s3_bucket_server_side_encryption_configuration.dr_latch"),
          set(
              "bucket-not-versioned",
              "aws_s3_bucket_versioning",
              "versioning_configuration/status",
              "Suspended"),
          remove(
              "bucket-old-versions-never-expire",
              "aws_s3_bucket_lifecycle_configuration",
              "rule/0/noncurrent_version_expiration"),
          set(
              "bucket-old-versions-never-expire",
              "aws_s3_bucket_lifecycle_configuration",
              "rule/0/status",
              "Disabled"),
          drop("bucket-access-not-logged", "aws_s3_bucket_logging.dr_latch"),
          set("bucket-force-destroy", "aws_s3_bucket", "force_destroy", true),
          drop(
              "audit-export-not-locked",
              "aws_s3_bucket_object_lock_configuration.dr_audit-archive"),
          set(
              "audit-export-not-locked",
              "aws_s3_bucket_object_lock_configuration.primary_audit-archive",
              "rule/default_retention/days",
              364),
          remove(
              "audit-export-not-locked", "aws_s3_bucket.dr_audit-archive", "object_lock_enabled"),
          replace(
                  "state-versions-deletable",
                  "aws_s3_bucket_policy.dr_state",
                  "policy",
                  "s3:DeleteObjectVersion",
                  "s3:GetObject")
              .in(STATE),
          replace(
                  "state-versions-deletable",
                  "aws_s3_bucket_policy.primary_state",
                  "policy",
                  "s3:DeleteObjectVersion",
                  "s3:GetObject")
              .in(STATE),
          set("state-in-primary-region", "aws_s3_bucket.dr_state", "provider", "aws.primary")
              .in(STATE));

  private static final List<RuleMutant> NETWORKS =
      List.of(
          set("network-flows-not-logged", "aws_flow_log", "traffic_type", "REJECT"),
          set("network-flows-not-logged", "aws_flow_log", "max_aggregation_interval", 600),
          drop("network-flows-not-logged", "aws_flow_log.primary"),
          set(
              "default-security-group-open",
              "aws_default_security_group",
              "ingress",
              List.of(Map.of("protocol", "-1", "self", true))),
          drop("default-security-group-open", "aws_default_security_group"),
          set(
              "subnet-gives-public-addresses",
              "aws_subnet.dr_network_public",
              "map_public_ip_on_launch",
              true),
          set(
              "database-subnet-reaches-internet",
              "aws_route.dr_peering_database-to-application",
              "nat_gateway_id",
              "${aws_nat_gateway.dr.id}"),
          drop(
              "database-subnet-reaches-internet",
              "aws_route_table_association.primary_network_routing_database"),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_fleet",
              "cidr_ipv4",
              ANYWHERE),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_load-balancer_listeners_http-",
              "to_port",
              8080),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_database",
              "cidr_ipv6",
              "::/0"),
          remove(
              "ingress-not-from-security-group",
              "aws_vpc_security_group_ingress_rule.dr_fleet",
              "referenced_security_group_id"),
          set(
              "database-reached-on-other-port",
              "aws_vpc_security_group_ingress_rule.dr_database",
              "to_port",
              65535),
          set(
              "database-reached-on-other-port",
              "aws_vpc_security_group_ingress_rule.primary_controller",
              "from_port",
              22),
          remove(
              "security-group-rule-not-described",
              "aws_vpc_security_group_ingress_rule",
              "description"),
          set(
              "security-group-rule-not-described",
              "aws_vpc_security_group_egress_rule",
              "ip_protocol",
              "-1"),
          set(
              "egress-open",
              "aws_vpc_security_group_egress_rule.dr_fleet_security-group_to",
              "to_port",
              1),
          set(
              "security-group-inline-rules",
              "aws_security_group",
              "egress",
              List.of(Map.of("protocol", "-1", "cidr_blocks", List.of(ANYWHERE)))),
          set(
              "peering-joins-whole-networks",
              "aws_route.dr_peering",
              "destination_cidr_block",
              ANYWHERE),
          set(
              "peering-joins-whole-networks",
              "aws_route.dr_peering",
              "destination_cidr_block",
              "10.30.0.0/16"),
          replace(
              "endpoint-open-to-other-accounts",
              "aws_vpc_endpoint",
              "policy",
              "aws:PrincipalAccount",
              "a"),
          replace(
              "endpoint-open-to-other-accounts",
              "aws_vpc_endpoint.dr_network_endpoints_s3",
              "policy",
              "s3:GetObject",
              "s3:*"),
          remove("endpoint-open-to-other-accounts", "aws_vpc_endpoint", "policy"));

  private static final List<RuleMutant> FLEETS =
      List.of(
          set(
              "metadata-token-optional",
              "aws_launch_template",
              "metadata_options/http_tokens",
              "optional"),
          set(
              "metadata-token-optional",
              "aws_launch_template",
              "metadata_options/http_put_response_hop_limit",
              2),
          set(
              "volume-not-encrypted",
              "aws_launch_template",
              "block_device_mappings/0/ebs/encrypted",
              "false"),
          remove(
              "volume-not-encrypted",
              "aws_launch_template",
              "block_device_mappings/0/ebs/kms_key_id"),
          set(
              "instance-public",
              "aws_launch_template",
              "network_interfaces/0/associate_public_ip_address",
              "true"),
          set("instance-public", "aws_launch_template", "key_name", "somebody"),
          set(
              "instance-in-several-networks",
              "aws_launch_template",
              "network_interfaces",
              List.of(
                  Map.of("associate_public_ip_address", "false", "device_index", 0),
                  Map.of("associate_public_ip_address", "false", "device_index", 1))),
          set("instance-paravirtual", "aws_launch_template", "instance_type", "m3.medium"),
          remove("instance-without-role", "aws_launch_template.dr", "iam_instance_profile"),
          set("fleet-in-one-zone", "aws_autoscaling_group", "health_check_type", "EC2"),
          set(
              "fleet-in-one-zone",
              "aws_autoscaling_group",
              "vpc_zone_identifier",
              List.of("${aws_subnet.x.id}")),
          set(
              "listener-without-tls",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "protocol",
              "HTTP"),
          set(
              "listener-without-tls",
              "aws_lb_listener.dr_load-balancer_listeners_http_",
              "default_action/0/redirect/status_code",
              "HTTP_302"),
          set(
              "listener-accepts-old-tls",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "ssl_policy",
              "ELBSecurityPolicy-2016-08"),
          set(
              "listener-accepts-old-tls",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "ssl_policy",
              "ELBSecurityPolicy-TLS13-1-3-2021-06"),
          set("load-balancer-requests-not-logged", "aws_lb", "access_logs/enabled", false),
          remove("load-balancer-connections-not-logged", "aws_lb", "connection_logs"),
          set("load-balancer-in-one-zone", "aws_lb.dr", "subnets", List.of("${aws_subnet.x.id}")),
          set("load-balancer-deletable", "aws_lb", "enable_deletion_protection", false),
          remove("invalid-headers-kept", "aws_lb", "drop_invalid_header_fields"),
          set("desync-not-mitigated", "aws_lb", "desync_mitigation_mode", "monitor"),
          remove(
              "certificate-of-other-region",
              "aws_lb_listener.dr_load-balancer_listeners_https",
              "certificate_arn"));

  private static final List<RuleMutant> DATABASES =
      List.of(
          set("cluster-not-encrypted", "aws_rds_cluster", "storage_encrypted", false),
          set(
              "cluster-not-encrypted",
              "aws_rds_cluster.dr",
              "kms_key_id",
              "${aws_kms_key.primary_encryption_data_F2534EBF.arn}"),
          remove("global-cluster-not-encrypted", "aws_rds_global_cluster", "storage_encrypted"),
          set(
              "cluster-accepts-plain-text",
              "aws_rds_cluster_parameter_group.dr",
              "parameter/4/value",
              "0"),
          set(
              "cluster-accepts-plain-text",
              "aws_rds_cluster_parameter_group.primary",
              "parameter/4/name",
              "x"),
          remove(
              "instance-certificate-not-chosen", "aws_rds_cluster_instance", "ca_cert_identifier"),
          remove("iam-sign-in-off", "aws_rds_cluster", "iam_database_authentication_enabled"),
          set("database-public", "aws_rds_cluster_instance", "publicly_accessible", true),
          set("cluster-deletable", "aws_rds_cluster", "deletion_protection", false),
          set("cluster-deletable", "aws_rds_global_cluster", "deletion_protection", false),
          set("final-snapshot-skipped", "aws_rds_cluster", "skip_final_snapshot", true),
          remove("final-snapshot-skipped", "aws_rds_cluster", "final_snapshot_identifier"),
          set(
              "snapshot-tags-not-copied",
              "aws_rds_cluster_instance",
              "copy_tags_to_snapshot",
              false),
          set("backup-retention-short", "aws_rds_cluster", "backup_retention_period", 13),
          set(
              "database-logs-not-exported",
              "aws_rds_cluster",
              "enabled_cloudwatch_logs_exports",
              List.of("upgrade")),
          set(
              "database-changes-not-audited",
              "aws_rds_cluster_parameter_group",
              "parameter/0/value",
              "0"),
          set(
              "database-changes-not-audited",
              "aws_rds_cluster_parameter_group",
              "parameter/2/value",
              "all"),
          set(
              "database-changes-not-audited",
              "aws_rds_cluster_parameter_group",
              "parameter/3/value",
              "ddl"),
          set(
              "database-changes-not-audited",
              "aws_rds_cluster_parameter_group",
              "parameter/6/value",
              "pg_stat_statements"),
          drop("cluster-in-one-zone", "aws_rds_cluster_instance.dr"),
          set(
              "cluster-in-one-zone",
              "aws_rds_cluster_instance.primary",
              "availability_zone",
              "us-east-1b"),
          set(
              "engine-version-not-fixed",
              "aws_rds_cluster_instance",
              "auto_minor_version_upgrade",
              true),
          set("engine-version-not-fixed", "aws_rds_cluster.dr", "engine_version", "17.6"),
          remove(
              "performance-data-not-encrypted",
              "aws_rds_cluster_instance",
              "performance_insights_kms_key_id"),
          set("database-not-monitored", "aws_rds_cluster_instance", "monitoring_interval", 0),
          set("administrator-name-usual", "aws_rds_cluster.primary", "master_username", "postgres"),
          set("database-port-usual", "aws_rds_cluster", "port", 5432),
          set("password-in-state", "aws_rds_cluster", "master_password", "x"),
          set("password-in-state", "aws_secretsmanager_secret_version", "secret_string", "x"));

  private static final List<RuleMutant> DATA =
      List.of(
          remove("table-not-encrypted", "aws_dynamodb_table", "server_side_encryption/kms_key_arn"),
          remove("table-replica-not-encrypted", "aws_dynamodb_table_replica", "kms_key_arn"),
          set(
              "table-point-in-time-recovery-off",
              "aws_dynamodb_table",
              "point_in_time_recovery/enabled",
              false),
          remove(
              "table-replica-point-in-time-recovery-off",
              "aws_dynamodb_table_replica",
              "point_in_time_recovery"),
          set("table-capacity-fixed", "aws_dynamodb_table", "billing_mode", "PROVISIONED"),
          set("table-deletable", "aws_dynamodb_table", "deletion_protection_enabled", false),
          remove("table-deletable", "aws_dynamodb_table_replica", "deletion_protection_enabled"),
          set(
              "table-replica-inline",
              "aws_dynamodb_table",
              "replica",
              List.of(Map.of("region_name", "x"))),
          remove("secret-not-encrypted", "aws_secretsmanager_secret", "kms_key_id"),
          remove("secret-in-one-region", "aws_secretsmanager_secret", "replica"),
          set("secret-in-one-region", "aws_secretsmanager_secret", "replica/0/region", "us-east-2"),
          drop("secret-open-to-outsiders", "aws_secretsmanager_secret_policy"),
          replace(
              "secret-open-to-outsiders",
              "aws_secretsmanager_secret_policy",
              "policy",
              "aws:PrincipalAccount",
              "a"),
          set("secret-deleted-at-once", "aws_secretsmanager_secret", "recovery_window_in_days", 0));

  private static final List<RuleMutant> FUNCTIONS =
      List.of(
          remove("function-outside-network", "aws_lambda_function", "vpc_config"),
          set(
              "function-in-one-zone",
              "aws_lambda_function",
              "vpc_config/subnet_ids",
              List.of("${aws_subnet.x.id}")),
          remove(
              "function-without-reserved-capacity",
              "aws_lambda_function",
              "reserved_concurrent_executions"),
          set("function-runtime-unsupported", "aws_lambda_function", "runtime", "java8"),
          remove("function-variables-exposed", "aws_lambda_function", "kms_key_arn"),
          set(
              "function-variables-exposed",
              "aws_lambda_function",
              "environment/variables/DATABASE_PASSWORD",
              "x"),
          set("function-not-traced", "aws_lambda_function", "tracing_config/mode", "PassThrough"),
          remove("function-failures-dropped", "aws_lambda_function", "dead_letter_config"),
          replace(
              "function-callers-not-named",
              "aws_sqs_queue_policy.dr_controller_wake-ups",
              "policy",
              "aws:SourceArn",
              "a"),
          drop("function-stale-events-kept", "aws_lambda_function_event_invoke_config"),
          set(
              "function-stale-events-kept",
              "aws_lambda_function_event_invoke_config",
              "maximum_event_age_in_seconds",
              21600),
          set(
              "function-stale-events-kept",
              "aws_lambda_function_event_invoke_config",
              "maximum_retry_attempts",
              2));

  private static final List<RuleMutant> MESSAGES =
      List.of(
          set("topic-not-encrypted", "aws_sns_topic", "kms_master_key_id", ""),
          replace(
              "topic-accepts-plain-text",
              "aws_sns_topic_policy",
              "policy",
              "aws:SecureTransport",
              "a"),
          replace(
              "topic-publishers-not-named",
              "aws_sns_topic_policy",
              "policy",
              "aws:SourceAccount",
              "a"),
          replace(
              "topic-publishers-not-named", "aws_sns_topic_policy", "policy", "aws:SourceArn", "a"),
          drop("topic-publishers-not-named", "aws_sns_topic_policy"),
          remove("topic-signature-weak", "aws_sns_topic", "signature_version"),
          remove("queue-not-encrypted", "aws_sqs_queue", "kms_master_key_id"),
          remove(
              "queue-not-encrypted",
              "aws_sqs_queue.dr_controller_wake-ups",
              "sqs_managed_sse_enabled"),
          set(
              "queue-not-encrypted",
              "aws_sqs_queue.dr_controller_wake-ups",
              "message_retention_seconds",
              3600),
          drop("queue-accepts-plain-text", "aws_sqs_queue_policy"),
          set(
              "queue-senders-not-named",
              "aws_sqs_queue",
              "redrive_allow_policy",
              "{\"redrivePermission\":\"allowAll\"}"),
          drop(
              "failure-queue-not-alarmed",
              "aws_cloudwatch_metric_alarm.dr_controller-alarms_failures"),
          drop("failure-queue-not-alarmed", "aws_lambda_event_source_mapping"),
          drop("bus-publishers-not-named", "aws_cloudwatch_event_bus_policy"),
          replace(
              "bus-publishers-not-named",
              "aws_cloudwatch_event_bus_policy",
              "policy",
              "ArnNotEquals",
              "ArnEquals"));

  private static final List<RuleMutant> RECORDS =
      List.of(
          remove("log-group-not-encrypted", "aws_cloudwatch_log_group", "kms_key_id"),
          set("log-retention-short", "aws_cloudwatch_log_group", "retention_in_days", 365),
          remove("log-retention-short", "aws_cloudwatch_log_group", "retention_in_days"),
          set(
              "log-group-missing",
              "aws_lambda_function",
              "depends_on",
              List.of("aws_iam_role_policy.x")),
          remove("log-group-missing", "aws_rds_cluster", "depends_on"),
          remove("vault-not-encrypted", "aws_backup_vault", "kms_key_arn"),
          drop("recovery-points-deletable", "aws_backup_vault_policy"),
          replace(
              "recovery-points-deletable",
              "aws_backup_vault_policy",
              "policy",
              "backup:DeleteRecoveryPoint",
              "backup:a"),
          set("recovery-points-deletable", "aws_backup_vault", "force_destroy", true),
          drop("vault-not-locked", "aws_backup_vault_lock_configuration"),
          remove("vault-not-locked", "aws_backup_vault_lock_configuration", "changeable_for_days"),
          remove("backup-in-one-region", "aws_backup_plan", "rule/1/copy_action"),
          remove("backup-in-one-region", "aws_backup_plan", "rule/1/copy_action/0/lifecycle"),
          set(
              "cold-recovery-points-short-lived",
              "aws_backup_plan",
              "rule/1/lifecycle/cold_storage_after",
              7),
          set(
              "cold-recovery-points-short-lived",
              "aws_backup_plan",
              "rule/1/copy_action/0/lifecycle/cold_storage_after",
              1),
          set(
              "stream-not-encrypted",
              "aws_kinesis_firehose_delivery_stream",
              "server_side_encryption/enabled",
              false),
          remove(
              "stream-not-encrypted",
              "aws_kinesis_firehose_delivery_stream",
              "extended_s3_configuration/kms_key_arn"),
          set("zone-force-destroy", "aws_route53_zone", "force_destroy", true),
          drop("zone-queries-not-logged", "aws_route53_query_log"));

  /** The firewall, and what watches an account. */
  private static final List<RuleMutant> ACCOUNT =
      List.of(
          drop("certificate-expiry-not-alarmed", "aws_cloudwatch_metric_alarm.dr_certificate"),
          set("certificate-key-short", "aws_acm_certificate.dr", "key_algorithm", "RSA_1024"),
          set(
              "certificate-expiry-not-alarmed",
              "aws_cloudwatch_metric_alarm.primary_certificate",
              "metric_name",
              "x"),
          drop("load-balancer-without-firewall", "aws_wafv2_web_acl_association"),
          remove("firewall-rules-missing", "aws_wafv2_web_acl", "rule/5/override_action"),
          set(
              "firewall-rules-missing",
              "aws_wafv2_web_acl",
              "rule/2/action",
              Map.of("count", Map.of())),
          drop("firewall-not-logged", "aws_wafv2_web_acl_logging_configuration"),
          remove(
              "firewall-not-logged", "aws_wafv2_web_acl_logging_configuration", "redacted_fields"),
          set("volume-encryption-not-default", "aws_ebs_encryption_by_default", "enabled", false)
              .in(ACCOUNT_STACK),
          set("trail-incomplete", "aws_cloudtrail", "is_multi_region_trail", false)
              .in(ACCOUNT_STACK),
          remove("trail-incomplete", "aws_cloudtrail", "enable_log_file_validation")
              .in(ACCOUNT_STACK),
          remove("trail-incomplete", "aws_cloudtrail", "kms_key_id").in(ACCOUNT_STACK),
          remove("trail-without-data-events", "aws_cloudtrail", "advanced_event_selector")
              .in(ACCOUNT_STACK),
          set("threat-detection-off", "aws_guardduty_detector", "enable", false).in(ACCOUNT_STACK),
          drop(
                  "threat-detection-incomplete",
                  "aws_guardduty_detector_feature.primary_guardduty_rds")
              .in(ACCOUNT_STACK),
          set(
                  "threat-detection-incomplete",
                  "aws_guardduty_detector_feature.dr_guardduty_s3",
                  "status",
                  "DISABLED")
              .in(ACCOUNT_STACK),
          drop("configuration-not-recorded", "aws_config_configuration_recorder_status")
              .in(ACCOUNT_STACK),
          set(
                  "configuration-not-recorded",
                  "aws_config_configuration_recorder",
                  "recording_group/all_supported",
                  false)
              .in(ACCOUNT_STACK),
          drop("findings-not-rated", "aws_securityhub_standards_subscription.dr_security-hub_pci")
              .in(ACCOUNT_STACK),
          replace(
              "key-changes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_keys",
              "event_pattern",
              "DisableKey\"",
              "a\""),
          drop(
              "key-changes-not-reported", "aws_cloudwatch_metric_alarm.primary_change-alarms_keys"),
          drop(
              "writer-moves-not-reported",
              "aws_cloudwatch_event_rule.primary_change-alarms_global-cluster"),
          replace(
              "ledger-writes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_ledger",
              "event_pattern",
              "dr-ledger-prod",
              "a"),
          drop("latch-writes-not-reported", "aws_cloudwatch_metric_alarm.dr_change-alarms_latch"),
          replace(
              "trail-changes-not-reported",
              "aws_cloudwatch_event_rule.primary_change-alarms_trail",
              "event_pattern",
              "StopLogging",
              "a"),
          drop("trail-changes-not-reported", "aws_cloudwatch_metric_alarm.dr_change-alarms_trail"),
          replace(
              "root-use-not-reported",
              "aws_cloudwatch_event_rule.primary_change-alarms_root-user",
              "event_pattern",
              ",\"AWS Console Sign In via CloudTrail\"",
              ""),
          drop("root-use-not-reported", "aws_cloudwatch_metric_alarm.dr_change-alarms_root-user"),
          replace(
              "security-group-changes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_network",
              "event_pattern",
              "AuthorizeSecurityGroupIngress",
              "a"),
          replace(
              "bucket-changes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_buckets",
              "event_pattern",
              "PutBucketPolicy",
              "a"),
          replace(
              "route-changes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_network",
              "event_pattern",
              "ReplaceRouteTableAssociation",
              "a"),
          set("outside-access-not-analyzed", "aws_accessanalyzer_analyzer", "type", "NONE")
              .in(ACCOUNT_STACK));

  private static final String NETWORK =
      ",'Condition':{'IpAddress':{'aws:SourceIp':'192.0.2.0/24'}}";

  /** Each keeps a rule's letter and not its words. */
  private static final List<RuleMutant> WORDS =
      List.of(
          replace(
              "key-use-not-limited-to-services",
              "aws_kms_key.primary_encryption_data",
              "policy",
              "\"StringEquals\":{\"kms:CallerAccount\":\"222222222222\"",
              "\"StringLike\":{\"kms:CallerAccount\":\"*\""),
          replace(
              "bucket-accepts-plain-text",
              "aws_s3_bucket_policy.dr_metrics",
              "policy",
              "\"Bool\":{\"aws:SecureTransport\":\"false\"}",
              "\"Bool\":{\"aws:SecureTransport\":\"false\"},\"StringEquals\":{\"aws:username\":\"a\"}"),
          replace(
              "bucket-accepts-old-tls",
              "aws_s3_bucket_policy.dr_metrics",
              "policy",
              "\"NumericLessThan\":{\"s3:TlsVersion\":\"1.2\"}",
              "\"NumericLessThan\":{\"s3:TlsVersion\":[\"1.2\",\"0.9\"]}"),
          replace(
              "recovery-points-deletable",
              "aws_backup_vault_policy",
              "policy",
              "\"Resource\":\"*\"",
              ("\"Resource\":\"*\"" + NETWORK).replace('\'', '"')),
          replace(
              "recovery-points-deletable",
              "aws_backup_vault_policy",
              "policy",
              "backup:DisassociateRecoveryPoint",
              "backup:CopyFromBackupVault"),
          replace(
              "bus-publishers-not-named",
              "aws_cloudwatch_event_bus_policy",
              "policy",
              "\"ArnNotEquals\"",
              "\"Bool\":{\"aws:ViaAWSService\":\"false\"},\"ArnNotEquals\""),
          replace(
              "secret-open-to-outsiders",
              "aws_secretsmanager_secret_policy",
              "policy",
              "\"aws:PrincipalAccount\":\"222222222222\"",
              "\"aws:PrincipalAccount\":[\"222222222222\",\"999999999999\"]"),
          set("vault-not-locked", "aws_backup_vault_lock_configuration", "changeable_for_days", 31),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_load-balancer",
              "from_port",
              22),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_database",
              "cidr_ipv4",
              "128.0.0.0/1"),
          set(
              "internet-reaches-more-than-load-balancers",
              "aws_vpc_security_group_ingress_rule.dr_database",
              "cidr_ipv6",
              "2000::/3"),
          set(
              "egress-open",
              "aws_vpc_security_group_egress_rule.dr_controller_security-group_to-v2",
              "cidr_ipv4",
              "16.0.0.0/4"),
          set(
              "database-subnet-reaches-internet",
              "aws_route_table.dr_network_routing_database",
              "route",
              List.of(Map.of("cidr_block", ANYWHERE, "gateway_id", "igw-1"))),
          set(
              "firewall-rules-missing",
              "aws_wafv2_web_acl",
              "rule/5/statement/managed_rule_group_statement/rule_action_override",
              List.of(Map.of("name", "SizeRestrictions_BODY"))),
          set(
              "firewall-rules-missing",
              "aws_wafv2_web_acl",
              "rule/5/statement/managed_rule_group_statement/scope_down_statement",
              Map.of("geo_match_statement", Map.of("country_codes", List.of("AQ")))),
          set(
              "firewall-rules-missing",
              "aws_wafv2_web_acl",
              "rule/1/statement",
              Map.of("geo_match_statement", Map.of("country_codes", List.of("US")))),
          set(
              "firewall-limit-high",
              "aws_wafv2_web_acl",
              "rule/2/statement/rate_based_statement/limit",
              2_000_000_000),
          set(
              "firewall-not-logged",
              "aws_wafv2_web_acl_logging_configuration",
              "redacted_fields",
              List.of(Map.of("method", Map.of()))),
          set("event-rule-off", "aws_cloudwatch_event_rule", "state", "DISABLED"),
          set(
              "key-changes-not-reported",
              "aws_cloudwatch_event_rule.dr_change-alarms_keys",
              "state",
              "DISABLED"),
          set(
              "key-changes-not-reported",
              "aws_cloudwatch_metric_alarm.dr_change-alarms_keys",
              "actions_enabled",
              false),
          set(
              "function-variables-exposed",
              "aws_lambda_function",
              "environment/variables/DB_PWD",
              "hunter2"),
          set(
              "function-variables-exposed",
              "aws_lambda_function",
              "environment/variables/DATABASE",
              "postgres://payments:hunter2@db/payments"));

  /** What is there today, and off or gone in these. */
  private static final List<RuleMutant> MISSING =
      List.of(
          set("alarm-silent", "aws_cloudwatch_metric_alarm.dr_test", "actions_enabled", false),
          set("alarm-silent", "aws_cloudwatch_metric_alarm.dr_test", "alarm_actions", List.of()),
          set("alarm-slow", "aws_cloudwatch_metric_alarm.dr_test", "evaluation_periods", 30_000),
          remove("alarm-slow", "aws_cloudwatch_metric_alarm.dr_test", "threshold"),
          // Five days are for what is restored twice a week alone.
          replace(
              "alarm-slow",
              "aws_cloudwatch_event_rule.dr_restore-test-alarms_aurora",
              "event_pattern",
              "Restore Job State Change",
              "Backup Job State Change"),
          replace(
              "writer-moves-not-reported",
              "aws_cloudwatch_event_rule.primary_change-alarms_global-cluster",
              "event_pattern",
              "\"RemoveFromGlobalCluster\",",
              ""),
          replace(
              "key-grants-to-anybody",
              "aws_kms_key.primary_encryption_data",
              "policy",
              "kms:GrantIsForAWSResource",
              "aws:ViaAWSService"),
          replace(
              "key-grants-to-anybody",
              "aws_kms_key.primary_encryption_data",
              "policy",
              "aws:PrincipalArn",
              "aws:PrincipalTag/a"),
          drop("resource-not-alarmed", "aws_cloudwatch_metric_alarm.dr_load-balancer-alarms_http"),
          set(
              "resource-not-alarmed",
              "aws_cloudwatch_metric_alarm.dr_controller-alarms_errors",
              "threshold",
              30_000),
          set(
              "lag-alarmed-late",
              "aws_cloudwatch_metric_alarm.dr_database-alarms-v2_replication-lag_",
              "threshold",
              60_001),
          drop("event-rule-off", "aws_cloudwatch_event_target"),
          replace(
              "administrator-not-watched",
              "aws_cloudwatch_event_rule.dr_change-alarms_ledger",
              "event_pattern",
              "role/dr-failover-prod",
              "role/Administrators"),
          set("schedule-off", "aws_scheduler_schedule", "state", "DISABLED"),
          set("event-source-off", "aws_lambda_event_source_mapping", "enabled", false),
          drop("data-not-backed-up", "aws_backup_selection"),
          set("backup-rare", "aws_backup_plan", "rule/1/schedule", "cron(0 5 1 * ? *)"),
          set("backup-rare", "aws_backup_plan", "rule/1/lifecycle/delete_after", 6),
          set("backup-rare", "aws_backup_plan", "rule/1/copy_action/0/lifecycle/delete_after", 6),
          drop("table-in-one-region", "aws_dynamodb_table_replica"),
          set(
              "database-in-one-region",
              "aws_rds_cluster.dr",
              "global_cluster_identifier",
              "another"),
          set("fleet-of-one", "aws_autoscaling_group", "min_size", 1),
          set("health-check-off", "aws_route53_health_check", "disabled", true),
          set(
              "health-check-off",
              "aws_route53_health_check.dr_latch_dr-fast",
              "invert_healthcheck",
              true),
          drop("failover-record-alone", "aws_route53_record.dr_routing_service-dr"),
          remove(
              "failover-record-alone",
              "aws_route53_record.dr_routing_service-primary",
              "health_check_id"),
          drop("topic-without-subscriber", "aws_sns_topic_subscription"));

  private static final List<RuleMutant> ACCESS =
      List.of(
          stray("resource-type-unknown", "aws_iam_user"),
          stray("resource-type-unknown", "aws_lambda_function_url"),
          stray("resource-type-unknown", "aws_kms_grant"),
          stray("resource-type-unknown", "aws_security_group_rule"),
          stray("resource-type-unknown", "aws_thing_of_tomorrow"),
          stray("resource-type-unknown", "null_resource"),
          stray("resource-type-unknown", "terraform_data"),
          set("resource-not-written-out", "aws_vpc", "count", 0),
          set("resource-not-written-out", "aws_vpc", "provisioner", List.of(Map.of("a", "b"))),
          set("resource-not-written-out", "aws_vpc", "lifecycle", Map.of("ignore_changes", "all")),
          set(
              "policy-unreadable",
              "aws_iam_role_policy",
              "policy",
              "${data.aws_iam_policy_document.x.json}"),
          replace("policy-unreadable", "aws_iam_role_policy", "policy", "2012-10-17", "2008-10-17"),
          allow("policy-allows-unnamed", "'Action':'s3:*','Resource':'arn:aws:s3:::b'"),
          allow("policy-allows-unnamed", "'Action':'s3:GetObject','Resource':'*'"),
          allow("policy-allows-unnamed", "'Action':['xray:PutTraceSegments'],'Resource':'*'"),
          allow(
              "policy-allows-unnamed",
              "'Action':'rds:DescribeGlobalClusters','Resource':'arn:aws:rds::222222222222:global-cluster:*'"),
          allow("policy-allows-unnamed", "'NotAction':'iam:*','Resource':'arn:aws:s3:::b'"),
          allow("policy-allows-unnamed", "'Action':'s3:GetObject','NotResource':'arn:aws:s3:::b'"),
          allow(
              "role-may-raise-itself",
              "'Action':'iam:PassRole','Resource':'arn:aws:iam::222222222222:role/r'"),
          allow(
              "role-may-raise-itself",
              "'Action':'iam:AttachRolePolicy','Resource':'arn:aws:iam::222222222222:role/r'"),
          allow(
              "role-may-raise-itself",
              "'Action':'lambda:UpdateFunctionCode','Resource':'arn:aws:lambda:us-east-1:222222222222:function:f'"),
          set(
              "role-shares-policy",
              "aws_iam_role_policy_attachment",
              "policy_arn",
              "arn:aws:iam::aws:policy/AdministratorAccess"),
          set("role-shares-policy", "aws_iam_role", "managed_policy_arns", List.of("a")),
          trust("{'Service':'lambda.amazonaws.com'}", ""),
          trust("{'AWS':'*'}", ""),
          trust("{'AWS':'arn:aws:iam::999999999999:root'}", ""),
          trust("{'AWS':'999999999999'}", ""),
          trust("{'Federated':'arn:aws:iam::222222222222:oidc-provider/github.com'}", ""),
          trust("{'AWS':'*'}", ",'Condition':{'StringLike':{'aws:PrincipalAccount':'*'}}"),
          trust("{'AWS':'*'}", ",'Condition':{'StringNotEquals':{'aws:PrincipalAccount':'1'}}"),
          trust(
              "{'Service':'sns.amazonaws.com'}",
              ",'Condition':{'StringEquals':{'aws:SourceAccount':'999999999999'}}"),
          add(
              "policy-lets-strangers-in",
              "aws_s3_bucket_policy.dr_audit-archive",
              "policy",
              "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::999999999999:root'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::acme-dr-audit-prod/k'}"),
          add(
              "policy-lets-strangers-in",
              "aws_s3_bucket_policy.dr_metrics",
              "policy",
              "{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'"
                  + NETWORK
                  + "}"),
          add(
              "policy-lets-strangers-in",
              "aws_s3_bucket_policy.dr_metrics",
              "policy",
              "{'Effect':'Allow','NotPrincipal':{'AWS':'arn:aws:iam::222222222222:root'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'}"),
          add(
              "policy-lets-strangers-in",
              "aws_sns_topic_policy",
              "policy",
              "{'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'sns:Publish','Resource':'t'}"));

  private static RuleMutant allow(String rule, String words) {
    return add(rule, "aws_iam_role_policy", "policy", "{'Effect':'Allow'," + words + "}");
  }

  private static RuleMutant trust(String principal, String conditions) {
    return add(
        "policy-lets-strangers-in",
        "aws_iam_role",
        "assume_role_policy",
        "{'Effect':'Allow','Principal':"
            + principal
            + ",'Action':'sts:AssumeRole'"
            + conditions
            + "}");
  }
}
