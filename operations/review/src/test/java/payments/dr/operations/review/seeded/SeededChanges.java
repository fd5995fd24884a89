package payments.dr.operations.review.seeded;

import static payments.dr.operations.review.seeded.SeededChange.configured;
import static payments.dr.operations.review.seeded.SeededChange.deployed;
import static payments.dr.operations.review.seeded.SeededChange.harmless;
import static payments.dr.operations.review.seeded.SeededChange.renamed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** What a review of the local environment's plans must catch, and what it must let pass. */
final class SeededChanges {

  private static final String INGRESS = "aws_vpc_security_group_ingress_rule";

  /** Each on a resource of its own, so that one plan holds them all. */
  static final List<SeededChange> FAULTS =
      List.of(
          // Protection: what a protected environment has, and this configuration lacks.
          deployed(
              "aws_rds_cluster",
              "primary_database-v2_aurora_cluster",
              "deletion protection lifted",
              "deletion-protection-lifted",
              put("deletion_protection", true)),
          deployed(
              "aws_dynamodb_table",
              "primary_database-v2_session_table",
              "deletion protection lifted",
              "deletion-protection-lifted",
              put("deletion_protection_enabled", true)),
          deployed(
              "aws_lb",
              "primary_load-balancer",
              "deletion protection lifted",
              "deletion-protection-lifted",
              put("enable_deletion_protection", true)),
          deployed(
              "aws_s3_bucket",
              "dr_metrics_storage_bucket",
              "force_destroy switched on",
              "destroy-eased",
              put("force_destroy", false)),
          configured(
              "aws_s3_bucket_versioning",
              "dr_metrics_storage_versioning",
              "versioning suspended",
              "versioning-suspended",
              put("/versioning_configuration", "status", "Suspended")),
          configured(
              "aws_kms_key",
              "dr_encryption_storage",
              "rotation off",
              "key-weakened",
              resource -> {
                resource.put("enable_key_rotation", false);
                resource.remove("rotation_period_in_days");
              }),
          configured(
              "aws_kms_key",
              "primary_encryption_storage",
              "shorter deletion window",
              "retention-lowered",
              put("deletion_window_in_days", 7)),
          configured(
              "aws_kms_key",
              "dr_encryption_backup",
              "policy allows another account",
              "principal-widened",
              replace(
                  "policy", "arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:root")),
          configured(
              "aws_kms_key",
              "primary_encryption_notifications",
              "policy allows everybody",
              "public-policy",
              policy(
                  "{\"Sid\":\"Open\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}")),
          configured(
              "aws_dynamodb_table_replica",
              "dr_database-v2_session_replica",
              "point-in-time recovery off",
              "point-in-time-recovery-off",
              put("point_in_time_recovery", false)),
          configured(
              "aws_backup_plan",
              "primary_backup-plan",
              "shorter daily retention",
              "retention-lowered",
              put("/rule/1/lifecycle", "delete_after", 7)),
          configured(
              "aws_backup_selection",
              "primary_backup-plan_databases-v2",
              "fewer resources backed up",
              "backup-stopped",
              resource -> resource.withArray("/resources").remove(1)),
          // Recovery
          configured(
              "aws_rds_cluster",
              "dr_database-v2_aurora_cluster",
              "leaves the global database",
              "cluster-detached",
              remove("global_cluster_identifier")),
          configured(
              "aws_s3_bucket_replication_configuration",
              "dr_metrics-replication",
              "replication disabled",
              "replication-stopped",
              put("/rule/0", "status", "Disabled")),
          configured(
              "aws_secretsmanager_secret",
              "dr_database-v2_password_secret",
              "replica goes elsewhere",
              "replica-removed",
              put("/replica/0", "region", "us-west-2")),
          // Failover
          configured(
              "aws_route53_record",
              "dr_routing_service-primary",
              "health check removed",
              "failover-record-changed",
              remove("health_check_id")),
          configured(
              "aws_route53_record",
              "dr_routing_service-dr",
              "points elsewhere",
              "failover-record-changed",
              resource -> resource.putArray("records").add("elsewhere.example.com")),
          configured(
              "aws_route53_health_check",
              "dr_latch_dr-active",
              "inversion off",
              "health-check-changed",
              put("invert_healthcheck", false)),
          configured(
              "aws_route53_health_check",
              "dr_routing_primary-endpoint",
              "other threshold",
              "traffic-changed",
              put("failure_threshold", 10)),
          configured(
              "aws_route53_health_check",
              "dr_routing_dr-endpoint",
              "other path",
              "health-check-changed",
              put("resource_path", "/other.html")),
          // Exposure
          configured(
              INGRESS,
              "primary_database-v2_access_from-application",
              "database open to the world",
              "world-open",
              open("cidr_ipv4", "0.0.0.0/0")),
          configured(
              INGRESS,
              "dr_fleet_security-group_from-load-balancer",
              "fleet open to the world, IPv6",
              "world-open",
              open("cidr_ipv6", "::/0")),
          configured(
              INGRESS,
              "dr_database-v2_access_from-application",
              "database open to half of the world",
              "world-open",
              open("cidr_ipv4", "0.0.0.0/1")),
          configured(
              INGRESS,
              "primary_load-balancer_listeners_http-from-anywhere",
              "load balancer open on other ports",
              "world-open",
              resource -> resource.put("from_port", 0).put("to_port", 65535)),
          configured(
              "aws_iam_role_policy",
              "dr_fleet_identity_role_policy",
              "every action of a service",
              "wildcard-permission",
              policy(
                  "{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::x\"}")),
          configured(
              "aws_iam_role_policy",
              "dr_application_policy",
              "every resource",
              "wildcard-permission",
              policy(
                  "{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Action\":\"dynamodb:DeleteTable\",\"Resource\":\"*\"}")),
          configured(
              "aws_iam_role",
              "dr_metrics_role",
              "role that everybody may assume",
              "public-policy",
              resource ->
                  resource.put(
                      "assume_role_policy",
                      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                          + "\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}]}")),
          configured(
              "aws_iam_role_policy_attachment",
              "dr_fleet_identity_role_AmazonSSMManagedInstanceCore",
              "administrator",
              "admin-policy-attached",
              put("policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess")),
          configured(
              "aws_s3_bucket_public_access_block",
              "dr_metrics_storage_public-access-block",
              "public policies allowed",
              "public-access-unblocked",
              put("block_public_policy", false)),
          configured(
              "aws_s3_bucket_ownership_controls",
              "dr_access-logs_ownership",
              "ACLs switched on",
              "public-access-unblocked",
              put("/rule", "object_ownership", "ObjectWriter")),
          configured(
              "aws_s3_bucket_policy",
              "dr_metrics_storage_policy",
              "plain text admitted",
              "deny-removed",
              resource ->
                  resource.put(
                      "policy",
                      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"X\",\"Effect\":\"Deny\","
                          + "\"Principal\":\"*\",\"Action\":\"s3:DeleteBucket\","
                          + "\"Resource\":\"arn:aws:s3:::dr-metrics-local\"}]}")),
          configured(
              "aws_s3_bucket_policy",
              "primary_metrics_storage_policy",
              "readable by everybody",
              "public-policy",
              policy(
                  "{\"Sid\":\"Read\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::primary-metrics-local/*\"}")),
          configured(
              "aws_s3_bucket_server_side_encryption_configuration",
              "dr_metrics_storage_encryption",
              "key of S3's own",
              "encryption-off",
              resource ->
                  resource.set(
                      "rule",
                      resource
                          .arrayNode()
                          .add(
                              resource
                                  .objectNode()
                                  .set(
                                      "apply_server_side_encryption_by_default",
                                      resource.objectNode().put("sse_algorithm", "AES256"))))),
          configured(
              "aws_sns_topic",
              "dr_alerts_topic",
              "not encrypted",
              "encryption-off",
              remove("kms_master_key_id")),
          configured(
              "aws_cloudwatch_log_group",
              "dr_network_flow-logs_log-group",
              "not encrypted",
              "encryption-off",
              remove("kms_key_id")),
          configured(
              "aws_launch_template",
              "dr_fleet_launch-template",
              "old metadata service",
              "metadata-token-optional",
              put("/metadata_options", "http_tokens", "optional")),
          configured(
              "aws_rds_cluster_instance",
              "dr_database-v2_aurora_instance_0",
              "public address",
              "database-public",
              put("publicly_accessible", true)),
          configured(
              "aws_rds_cluster_parameter_group",
              "dr_database-v2_aurora_parameters_group",
              "TLS not forced",
              "tls-off",
              resource ->
                  resource
                      .withArray("/parameter")
                      .forEach(
                          parameter -> {
                            if (parameter.path("name").asText().equals("rds.force_ssl")) {
                              ((ObjectNode) parameter).put("value", "0");
                            }
                          })),
          // For a person to decide
          configured(
              "aws_rds_cluster_instance",
              "primary_database-v2_aurora_instance_1",
              "other instance class",
              "database-restarted",
              put("instance_class", "db.r6g.xlarge")),
          configured(
              "aws_launch_template",
              "primary_fleet_launch-template",
              "other image",
              "fleet-rolled",
              put("image_id", "ami-0123456789abcdef0")),
          configured(
              "aws_lb_target_group",
              "primary_load-balancer_target-group",
              "other port",
              "traffic-interrupted",
              put("port", 8080)),
          configured(
              "aws_nat_gateway",
              "dr_network_routing_nat-us-east-2a",
              "private gateway",
              "traffic-interrupted",
              put("connectivity_type", "private").andThen(remove("allocation_id"))));

  /** The old address goes, and with it what it holds. */
  static final List<SeededChange> RENAMES =
      List.of(
          renamed("aws_rds_cluster", "dr_database-v2_aurora_cluster", "generation-destroyed"),
          renamed(
              "aws_rds_global_cluster",
              "primary_database-v2_global_cluster",
              "generation-destroyed"),
          renamed(
              "aws_rds_cluster_instance",
              "primary_database-v2_aurora_instance_0",
              "instance-destroyed"),
          renamed(
              "aws_dynamodb_table", "primary_database-v2_session_table", "generation-destroyed"),
          renamed(
              "aws_dynamodb_table_replica",
              "dr_database-v2_session_replica",
              "generation-destroyed"),
          renamed("aws_kms_key", "primary_encryption_data", "data-destroyed"),
          renamed("aws_kms_replica_key", "dr_encryption_data", "data-destroyed"),
          renamed("aws_backup_vault", "dr_backup_vault", "data-destroyed"),
          renamed(
              "aws_secretsmanager_secret",
              "dr_database-v2_password_secret",
              "generation-destroyed"),
          renamed("aws_s3_bucket", "dr_latch_objects_bucket", "data-destroyed"),
          renamed("aws_route53_zone", "dr_zone", "data-destroyed"),
          renamed("aws_ssm_parameter", "dr_pointer_parameter", "pointer-destroyed"),
          renamed("aws_lb", "primary_load-balancer", "traffic-interrupted"),
          renamed("aws_route53_record", "dr_routing_signal-primary", "failover-record-changed"),
          renamed("aws_route53_health_check", "dr_latch_primary-slow", "health-check-changed"),
          renamed("aws_backup_plan", "primary_backup-plan", "backup-stopped"),
          renamed(
              "aws_s3_bucket_replication_configuration",
              "primary_metrics-replication",
              "replication-stopped"));

  /** All of them together leave a plan clean. */
  static final List<SeededChange> HARMLESS =
      List.of(
          harmless("aws_vpc", "primary_network_vpc", "tag", put("/tags", "Purpose", "payments")),
          harmless("aws_sns_topic", "dr_alerts_topic", "tag", put("/tags", "Purpose", "payments")),
          harmless(
              "aws_cloudwatch_metric_alarm",
              "primary_load-balancer-alarms_http-5xx",
              "threshold",
              put("threshold", 3)),
          harmless(
              "aws_cloudwatch_metric_alarm",
              "dr_backup-alarms_backup",
              "description",
              put("alarm_description", "A backup failed.")),
          harmless(
              "aws_cloudwatch_dashboard",
              "dr_dashboard_page",
              "widgets",
              put("dashboard_body", "{\"widgets\":[]}")),
          harmless(
              "aws_cloudwatch_log_group",
              "primary_fleet_identity_log-group",
              "longer retention",
              put("retention_in_days", 731)),
          harmless(
              "aws_cloudwatch_log_group",
              "dr_metrics_delivery_log-group",
              "longer retention",
              put("retention_in_days", 731)),
          harmless("aws_autoscaling_group", "dr_fleet_group", "more room", put("max_size", 12)),
          harmless(
              "aws_backup_plan",
              "primary_backup-plan",
              "longer daily retention",
              put("/rule/1/lifecycle", "delete_after", 60)),
          harmless(
              "aws_kms_key",
              "dr_encryption_logs",
              "description",
              put("description", "for the logs")),
          harmless(
              "aws_rds_cluster",
              "primary_database-v2_aurora_cluster",
              "longer backups",
              put("backup_retention_period", 21)),
          harmless(
              "aws_ssm_parameter",
              "dr_pointer_parameter",
              "description",
              put("description", "Where the database is")),
          harmless(
              "aws_s3_bucket_lifecycle_configuration",
              "dr_metrics_storage_lifecycle",
              "longer archive",
              put("/rule/0/expiration", "days", 120)));

  private SeededChanges() {}

  private static Consumer<ObjectNode> put(String key, Object value) {
    return put("", key, value);
  }

  /**
   * @param pointer to the object below the resource that gets the value
   */
  private static Consumer<ObjectNode> put(String pointer, String key, Object value) {
    return resource -> {
      ObjectNode target =
          pointer.isEmpty()
              ? resource
              : resource.at(pointer) instanceof ObjectNode there
                  ? there
                  : resource.withObject(pointer);
      target.putPOJO(key, value);
    };
  }

  private static Consumer<ObjectNode> remove(String key) {
    return resource -> {
      if (!resource.has(key)) {
        throw new AssertionError("nothing to remove at " + key + " of " + resource);
      }
      resource.remove(key);
    };
  }

  private static Consumer<ObjectNode> replace(String key, String part, String by) {
    return resource -> {
      String text = resource.path(key).asText();
      if (!text.contains(part)) {
        throw new AssertionError(key + " lacks " + part);
      }
      resource.put(key, text.replace(part, by));
    };
  }

  /** Adds a statement to the resource's policy. */
  private static Consumer<ObjectNode> policy(String statement) {
    return replace("policy", "\"Statement\":[", "\"Statement\":[" + statement + ",");
  }

  /** For everybody instead of one security group. */
  private static Consumer<ObjectNode> open(String key, String block) {
    return remove("referenced_security_group_id").andThen(put(key, block));
  }
}
