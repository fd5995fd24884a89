package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * One row of the table of what needs nobody's approval.
 *
 * @param types of resources; none for all of them
 * @param attributes that may change
 * @param direction in which they may
 * @param why it is harmless
 */
record HarmlessChange(Set<String> types, Set<String> attributes, Direction direction, String why) {

  /**
   * Parts of values that the configuration leaves out. Of these the provider writes now null, now 0
   * or false, which is the same to AWS; or it says that they are known after the apply, when AWS
   * has filled that in.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("cold_storage_after", "opt_in_to_archive_for_supported_resources", "period");

  /** The one of them that may be known later: a number of days decides what is kept. */
  private static final Set<String> FILLED_IN = Set.of("opt_in_to_archive_for_supported_resources");

  static final List<HarmlessChange> ALL =
      List.of(
          of(
              Direction.ANY,
              "words and names for people; no policy of this project decides by a tag",
              "comment",
              "description",
              "tag",
              "tags",
              "tags_all",
              "timeouts"),
          of(
              Direction.REORDERED,
              "AWS keeps these lists in no order",
              "alarm_actions",
              "attribute",
              "availability_zones",
              "egress",
              "enabled_cloudwatch_logs_exports",
              "ingress",
              "metric_query",
              "ok_actions",
              "parameter",
              "records",
              "replica",
              "resources",
              "rule",
              "security_groups",
              "subnet_ids",
              "vpc_security_group_ids",
              "vpc_zone_identifier"),
          of(
              Direction.RAISED,
              "more is kept, or there is more time to take a deletion back",
              "backup_retention_period",
              "deletion_window_in_days",
              "max_retention_days",
              "recovery_window_in_days",
              "retention_in_days"),
          of(
              Direction.ENABLED,
              "something is protected that was not",
              "block_public_acls",
              "block_public_policy",
              "copy_tags_to_snapshot",
              "deletion_protection",
              "deletion_protection_enabled",
              "drop_invalid_header_fields",
              "enable_deletion_protection",
              "enable_key_rotation",
              "enable_log_file_validation",
              "ignore_public_acls",
              "is_enabled",
              "point_in_time_recovery",
              "restrict_public_buckets",
              "versioning_configuration"),
          of(
              Direction.DISABLED,
              "nothing goes any more without what is left of it",
              "delete_automated_backups",
              "force_destroy",
              "publicly_accessible",
              "map_public_ip_on_launch",
              "skip_final_snapshot"),
          of(
              Set.of("aws_kms_key"),
              Direction.LOWERED,
              "the key rotates more often",
              "rotation_period_in_days"),
          of(
              Set.of("aws_s3_bucket_lifecycle_configuration"),
              Direction.DAYS_RAISED,
              "more is kept",
              "rule"),
          of(Set.of("aws_backup_plan"), Direction.RAISED, "more is kept", "rule"),
          of(
              Set.of("aws_s3_bucket_object_lock_configuration"),
              Direction.RAISED,
              "records are locked for longer",
              "rule"),
          of(
              Set.of("aws_autoscaling_group"),
              Direction.RAISED_AT_MOST_TENFOLD,
              "there are, or can be, more machines",
              "desired_capacity",
              "max_size",
              "min_size"),
          of(
              Set.of("aws_rds_cluster"),
              Direction.EXTENDED,
              "more is logged",
              "enabled_cloudwatch_logs_exports"),
          of(
              Set.of("aws_backup_plan", "aws_ssm_parameter"),
              Direction.ANY,
              "AWS counts its own changes",
              "version"),
          of(
              Set.of("aws_cloudwatch_dashboard"),
              Direction.ANY,
              "a picture; nothing is decided by it",
              "dashboard_body"),
          of(
              Set.of("aws_cloudwatch_metric_alarm"),
              Direction.ANY,
              "words for people who read the alarm",
              "alarm_description"),
          of(
              Set.of("aws_cloudwatch_metric_alarm"),
              Direction.EXTENDED,
              "topics that the alarm tells already hear more of it; anything else that an alarm"
                  + " does needs approval",
              "alarm_actions",
              "ok_actions"),
          of(
              Set.of(
                  "aws_cloudtrail",
                  "aws_cloudwatch_metric_alarm",
                  "aws_config_configuration_recorder_status",
                  "aws_ebs_encryption_by_default",
                  "aws_guardduty_detector"),
              Direction.ENABLED,
              "something watches that did not",
              "actions_enabled",
              "enable",
              "enable_logging",
              "enabled",
              "is_multi_region_trail"));

  /** What may be created without a question: it costs a little, and watches. */
  static final Set<String> CREATED =
      Set.of(
          "aws_accessanalyzer_analyzer",
          "aws_cloudwatch_dashboard",
          "aws_cloudwatch_log_group",
          "aws_cloudwatch_log_stream",
          "aws_cloudwatch_metric_alarm",
          "aws_guardduty_detector",
          "aws_guardduty_detector_feature",
          "aws_securityhub_account",
          "aws_securityhub_finding_aggregator",
          "aws_securityhub_standards_subscription");

  boolean covers(ResourceChange change, String attribute) {
    return attributes.contains(attribute)
        && (types.isEmpty() || change.is(types))
        && (direction == Direction.ANY || !change.isUnknown(attribute, FILLED_IN))
        && direction.holds(set(change.before(attribute)), set(change.after(attribute)));
  }

  /** Returns the value without what the configuration leaves out. */
  private static JsonNode set(JsonNode value) {
    JsonNode copy = value.deepCopy();
    LEFT_OUT.stream()
        .flatMap(part -> copy.findParents(part).stream().map(parent -> Map.entry(part, parent)))
        .filter(it -> !isSet(it.getValue().path(it.getKey())))
        .forEach(it -> ((ObjectNode) it.getValue()).remove(it.getKey()));
    return copy;
  }

  private static boolean isSet(JsonNode value) {
    return !value.isNull() && !value.asText().equals("0") && !value.asText().equals("false");
  }

  private static HarmlessChange of(Direction direction, String why, String... attributes) {
    return of(Set.of(), direction, why, attributes);
  }

  private static HarmlessChange of(
      Set<String> types, Direction direction, String why, String... attributes) {
    return new HarmlessChange(types, Set.of(attributes), direction, why);
  }
}
