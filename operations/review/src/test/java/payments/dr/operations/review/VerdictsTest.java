package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One change of each kind, and what the review makes of it: refused, asked about, or let pass. */
class VerdictsTest {

  private static final String CLEAN = "-";

  /** The other way round each of them would lose something. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws_vpc | {'tags': {}} | {'tags': {'a': 'b'}}",
        "aws_rds_cluster | {'backup_retention_period': 7} | {'backup_retention_period': 14}",
        "aws_rds_cluster | {'deletion_protection': false} | {'deletion_protection': true}",
        "aws_rds_cluster | {'skip_final_snapshot': true} | {'skip_final_snapshot': false}",
        "aws_dynamodb_table | {'point_in_time_recovery': [{'enabled': false}]} |"
            + " {'point_in_time_recovery': [{'enabled': true}]}",
        "aws_s3_bucket_lifecycle_configuration | {'rule': [{'id': 'a', 'expiration': [{'days': 30}]}]}"
            + " | {'rule': [{'id': 'a', 'expiration': [{'days': 90}]}]}",
        "aws_backup_plan | {'rule': [{'rule_name': 'a', 'lifecycle': [{'delete_after': 30}]}]} |"
            + " {'rule': [{'rule_name': 'a', 'lifecycle': [{'delete_after': 60}]}]}",
        "aws_s3_bucket_object_lock_configuration | {'rule': [{'default_retention': [{'days': 30}]}]}"
            + " | {'rule': [{'default_retention': [{'days': 60}]}]}",
        "aws_autoscaling_group | {'max_size': 6} | {'max_size': 12}",
        "aws_cloudwatch_metric_alarm |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': 30} |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': 20}",
        "aws_cloudwatch_metric_alarm |"
            + " {'comparison_operator': 'LessThanThreshold', 'threshold': 20} |"
            + " {'comparison_operator': 'LessThanThreshold', 'threshold': 30}",
        "aws_cloudwatch_metric_alarm | {'alarm_actions': ['arn:aws:sns:r:1:a'], 'ok_actions': []} |"
            + " {'alarm_actions': ['arn:aws:sns:r:1:a'], 'ok_actions': ['arn:aws:sns:r:1:a']}",
        "aws_cloudwatch_log_group | {'retention_in_days': 30} | {'retention_in_days': 365}",
        "aws_guardduty_detector | {'enable': false} | {'enable': true}",
        "aws_lb | {'drop_invalid_header_fields': false} | {'drop_invalid_header_fields': true}"
      })
  void what_strengthens_passes_and_its_opposite_does_not(String type, String one, String other) {
    assertEquals(Set.of(), rules(update(type, one, other)));
    if (!type.equals("aws_vpc")) {
      assertTrue(review(update(type, other, one)).exitCode() >= 2, type);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws_s3_bucket_replication_configuration |"
            + " {'rule': [{'id': 'a', 'status': 'Enabled'}, {'id': 'b', 'status': 'Disabled'}]} |"
            + " {'rule': [{'id': 'b', 'status': 'Disabled'}, {'id': 'a', 'status': 'Enabled'}]}",
        "aws_backup_plan | {'rule': [{'rule_name': 'a', 'schedule': 'x'}, {'rule_name': 'b'}]} |"
            + " {'rule': [{'rule_name': 'b'}, {'rule_name': 'a', 'schedule': 'x'}]}",
        "aws_rds_cluster_parameter_group | {'parameter': [{'name': 'a', 'value': '1'}, {'name': 'b'}]}"
            + " | {'parameter': [{'name': 'b'}, {'name': 'a', 'value': '1'}]}",
        "aws_lb | {'subnet_ids': ['a', 'b']} | {'subnet_ids': ['b', 'a']}"
      })
  void another_order_is_no_change(String type, String before, String after) {
    assertEquals(
        Set.of(),
        rules(update(type, before, after)).stream()
            .filter(rule -> !rule.equals("database-restarted"))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Data
        "aws_dynamodb_table | {'ttl': [{'attribute_name': 'a', 'enabled': true}]} |"
            + " {'ttl': [{'attribute_name': 'b', 'enabled': true}]} | expiry-changed",
        "aws_dynamodb_table | {'ttl': [{'attribute_name': 'a', 'enabled': false}]} |"
            + " {'ttl': [{'attribute_name': 'a', 'enabled': true}]} | expiry-changed",
        "aws_dynamodb_table | {'stream_enabled': true} | {'stream_enabled': false} | stream-off",
        "aws_dynamodb_table | {'billing_mode': 'a'} | {'billing_mode': 'b'} | data-changed",
        "aws_s3_bucket_lifecycle_configuration |"
            + " {'rule': [{'id': 'a', 'noncurrent_version_expiration': [{'noncurrent_days': 90}]}]} |"
            + " {'rule': [{'id': 'a', 'noncurrent_version_expiration': [{'noncurrent_days': 1}]}]} |"
            + " retention-too-short",
        "aws_s3_bucket_lifecycle_configuration | {'rule': []} |"
            + " {'rule': [{'id': 'a', 'expiration': [{'days': 30}]}]} | retention-lowered",
        "aws_rds_cluster | {'backup_retention_period': 30} | {'backup_retention_period': 7} |"
            + " retention-lowered",
        "aws_rds_cluster | {'backup_retention_period': 30} | {'backup_retention_period': 6} |"
            + " retention-too-short",
        "aws_rds_cluster | {'iam_database_authentication_enabled': true} |"
            + " {'iam_database_authentication_enabled': false} | sign-in-off",
        // Recovery
        "aws_backup_plan | {'rule': [{'rule_name': 'a', 'schedule': 'cron(0 5 * * ? *)',"
            + " 'lifecycle': [{'delete_after': 30}]}]} | {'rule': [{'rule_name': 'a', 'schedule':"
            + " 'cron(0 5 1 1 ? *)', 'lifecycle': [{'delete_after': 30}]}]} | backup-stopped",
        "aws_backup_plan | {'rule': [{'rule_name': 'a', 'schedule': 'rate(1 day)'}]} |"
            + " {'rule': [{'rule_name': 'a', 'schedule': 'rate(2 days)'}]} | backup-stopped",
        "aws_backup_plan | {'rule': [{'rule_name': 'hourly', 'schedule': 'cron(0 * * * ? *)',"
            + " 'lifecycle': [{'delete_after': 1}]}, {'rule_name': 'daily', 'schedule':"
            + " 'cron(0 5 * * ? *)', 'lifecycle': [{'delete_after': 30}]}]} |"
            + " {'rule': [{'rule_name': 'daily', 'schedule': 'cron(0 5 * * ? *)', 'lifecycle':"
            + " [{'delete_after': 30}]}]} | recovery-changed",
        "aws_backup_selection | {'resources': ['a'], 'not_resources': []} |"
            + " {'resources': ['a'], 'not_resources': ['b']} | backup-stopped",
        "aws_s3_bucket_replication_configuration |"
            + " {'rule': [{'id': 'a', 'status': 'Enabled', 'filter': [{'prefix': 'a/'}]}]} |"
            + " {'rule': [{'id': 'a', 'status': 'Enabled', 'filter': [{'prefix': 'b/'}]}]} |"
            + " replication-stopped",
        "aws_s3_bucket_replication_configuration |"
            + " {'rule': [{'id': 'a', 'status': 'Enabled', 'filter': [{'prefix': 'a/'}]}]} |"
            + " {'rule': [{'id': 'a', 'status': 'Enabled', 'filter': [{'prefix': ''}]}]} |"
            + " recovery-changed",
        "aws_scheduler_schedule | {'schedule_expression': 'rate(1 minute)'} |"
            + " {'schedule_expression': 'rate(1 day)'} | recovery-changed",
        "aws_lambda_function | {'environment': [{'variables': {'MODE': 'auto'}}]} |"
            + " {'environment': [{'variables': {'MODE': 'observe'}}]} | recovery-changed",
        "aws_lambda_alias | {'function_version': '7'} | {'function_version': '1'} | recovery-changed",
        // Traffic
        "aws_autoscaling_group | {'health_check_type': 'ELB'} | {'health_check_type': 'EC2'} |"
            + " traffic-changed",
        "aws_route53_record | {'ttl': 20} | {'ttl': 60} | traffic-changed",
        "aws_route53_health_check | {'failure_threshold': 3} | {'failure_threshold': 2} |"
            + " traffic-changed",
        "aws_lb_listener | {'protocol': 'HTTP', 'default_action': [{'type': 'redirect'}]} |"
            + " {'protocol': 'HTTP', 'default_action': [{'type': 'forward'}]} | tls-off",
        "aws_lb_listener | {'protocol': 'HTTPS', 'default_action': [{'type': 'forward'}]} |"
            + " {'protocol': 'HTTPS', 'default_action': [{'type': 'fixed-response'}]} | traffic-cut",
        "aws_lb_listener |"
            + " {'protocol': 'HTTPS', 'ssl_policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06'} |"
            + " {'protocol': 'HTTPS', 'ssl_policy': 'ELBSecurityPolicy-TLS13-1-0-2021-06'} | tls-off",
        "aws_lb_listener |"
            + " {'protocol': 'HTTPS', 'ssl_policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06'} |"
            + " {'protocol': 'HTTPS', 'ssl_policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06'} |"
            + " traffic-changed",
        "aws_route | {'nat_gateway_id': 'nat-1', 'gateway_id': ''} |"
            + " {'nat_gateway_id': '', 'gateway_id': 'igw-1'} | subnet-public",
        // Watching
        "aws_cloudwatch_metric_alarm | {'comparison_operator': 'GreaterThanThreshold', 'threshold': 30000} |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': -1} | watching-changed",
        "aws_cloudwatch_metric_alarm | {'comparison_operator': 'GreaterThanThreshold', 'threshold': 30000} |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': 0} | watching-changed",
        "aws_cloudwatch_metric_alarm | {'comparison_operator': 'GreaterThanThreshold', 'threshold': 30000} |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': 2999} | watching-changed",
        "aws_cloudwatch_metric_alarm | {'comparison_operator': 'LessThanThreshold', 'threshold': 1} |"
            + " {'comparison_operator': 'LessThanThreshold', 'threshold': 1e12} | watching-changed",
        "aws_cloudwatch_metric_alarm | {'comparison_operator': 'LessThanThreshold', 'threshold': 0} |"
            + " {'comparison_operator': 'LessThanThreshold', 'threshold': 1} | watching-changed",
        "aws_cloudwatch_metric_alarm |"
            + " {'comparison_operator': 'GreaterThanThreshold', 'threshold': 30} |"
            + " {'comparison_operator': 'LessThanThreshold', 'threshold': 20} | watching-changed",
        "aws_cloudwatch_metric_alarm | {'actions_enabled': true} | {'actions_enabled': false} |"
            + " watching-changed",
        "aws_cloudwatch_log_group | {'retention_in_days': 0} | {'retention_in_days': 30} |"
            + " watching-changed",
        "aws_cloudtrail | {'enable_logging': true} | {'enable_logging': false} | watching-off",
        "aws_guardduty_detector | {'enable': true} | {'enable': false} | watching-off",
        "aws_ebs_encryption_by_default | {'enabled': true} | {'enabled': false} | encryption-off",
        // Access
        "aws_iam_role | {'managed_policy_arns': []} |"
            + " {'managed_policy_arns': ['arn:aws:iam::aws:policy/AdministratorAccess']} |"
            + " admin-policy-attached",
        "aws_iam_role | {'max_session_duration': 3600} | {'max_session_duration': 43200} |"
            + " access-changed",
        "aws_db_cluster_snapshot | {'shared_accounts': []} | {'shared_accounts': ['999999999999']} |"
            + " shared-outside",
        "aws_security_group | {'ingress': []} | {'ingress': [{'cidr_blocks': ['198.51.100.7/32']}]} |"
            + " access-changed",
        // Not as harmless as it looks
        "aws_dynamodb_table | {'point_in_time_recovery': [{'enabled': true}]} |"
            + " {'point_in_time_recovery': [{'enabled': true, 'recovery_period_in_days': 1}]} |"
            + " data-changed",
        "aws_s3_bucket_lifecycle_configuration | {'rule': [{'id': 'a', 'expiration': [{'days': 30}],"
            + " 'filter': [{'object_size_less_than': 100}]}]} | {'rule': [{'id': 'a', 'expiration':"
            + " [{'days': 30}], 'filter': [{'object_size_less_than': 1000}]}]} | data-changed",
        "aws_autoscaling_group | {'min_size': 2, 'max_size': 4} |"
            + " {'min_size': 2000, 'max_size': 4000} | traffic-changed",
        "aws_efs_file_system | {'retention_in_days': 1} | {'retention_in_days': 2} | unknown-changed",
        "aws_efs_file_system | {'tags': {}} | {'tags': {'a': 'b'}} | unknown-changed",
        // Whatever nobody thought of
        "aws_efs_file_system | {'encrypted': true} | {'encrypted': true, 'new': 1} | unknown-changed",
        "aws_vpc | {'anything': 1} | {'anything': 2} | traffic-changed"
      })
  void update_ends_with(String type, String before, String after, String rule) {
    assertEquals(Set.of(rule), rules(update(type, before, after)));
  }

  @ParameterizedTest
  @CsvSource({
    "create, aws_cloudwatch_metric_alarm, -",
    "create, aws_iam_role_policy, access-changed",
    "create, aws_route53_record, traffic-changed",
    "create, aws_efs_file_system, unknown-changed",
    "create, aws_iam_user, long-lived-credential",
    "create, aws_iam_access_key, long-lived-credential",
    "create, aws_ami_launch_permission, shared-outside",
    "delete, aws_cloudwatch_metric_alarm, watching-changed",
    "delete, aws_cloudwatch_dashboard, watching-changed",
    "delete, aws_secretsmanager_secret_version, password-destroyed",
    "delete, aws_cloudtrail, watching-off",
    "delete, aws_s3_bucket_lifecycle_configuration, data-changed",
    "forget, aws_rds_cluster, forgotten",
    "forget, aws_kms_replica_key, forgotten"
  })
  void other_action_ends_with(String action, String type, String rule) {
    String change =
        switch (action) {
          case "create" -> "{'actions': ['create'], 'before': null, 'after': {'a': 1}}";
          default -> "{'actions': ['%s'], 'before': {'a': 1}, 'after': null}".formatted(action);
        };

    assertEquals(
        rule.equals(CLEAN) ? Set.of() : Set.of(rule),
        rules(TestPlan.ofProd().with(type + ".dr_thing_x_1A2B3C4D", change)));
  }

  /** An action can also stop a machine, or call a function of somebody else. */
  @ParameterizedTest
  @CsvSource({
    "arn:aws:sns:us-east-2:123456789012:alerts, -",
    "arn:aws:sns:us-east-2:999999999999:alerts, watching-changed",
    "arn:aws:automate:us-east-2:ec2:terminate, watching-changed",
    "arn:aws:lambda:us-east-2:999999999999:function:f, watching-changed"
  })
  void alarm_tells_only_topics_that_are_told_already(String action, String rule) {
    String topic = "arn:aws:sns:us-east-2:123456789012:alerts";
    String actions = "{'alarm_actions': ['%s'], 'ok_actions': ['%s']}";
    Set<String> expected = rule.equals(CLEAN) ? Set.of() : Set.of(rule);
    String alarm = "aws_cloudwatch_metric_alarm.dr_thing_%s_1A2B3C4D";
    String none = "{'alarm_actions': ['%s'], 'ok_actions': []}".formatted(topic);

    assertEquals(
        expected,
        rules(update("aws_cloudwatch_metric_alarm", none, actions.formatted(topic, action))));
    assertEquals(
        expected,
        rules(
            TestPlan.ofProd()
                .with(
                    alarm.formatted("old"),
                    "{'actions': ['no-op'], 'before': %s, 'after': %s}".formatted(none, none))
                .with(
                    alarm.formatted("new"),
                    "{'actions': ['create'], 'before': null, 'after': %s}"
                        .formatted(actions.formatted(action, action)))));
  }

  @Test
  void value_that_is_known_after_apply_is_not_known_to_be_harmless() {
    assertEquals(
        Set.of("data-changed"),
        rules(
            TestPlan.ofProd()
                .with(
                    "aws_rds_cluster.dr_thing_x_1A2B3C4D",
                    "{'actions': ['update'], 'before': {'backup_retention_period': 7},"
                        + " 'after': {}, 'after_unknown': {'backup_retention_period': true}}")));
  }

  /** What AWS fills in, or another resource of the plan names, is no weaker for that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws_backup_selection | {'resources': ['a'], 'condition': []} | {} |"
            + " {'resources': true, 'condition': true} | recovery-changed",
        "aws_backup_restore_testing_selection | {'name': 'a', 'protected_resource_arns': ['a']} | {} |"
            + " {'name': true, 'protected_resource_arns': true} | recovery-changed",
        "aws_lambda_permission | {'principal': 'events.amazonaws.com', 'action': 'a',"
            + " 'source_arn': 'arn'} | {'principal': 'events.amazonaws.com', 'action': 'a'} |"
            + " {'source_arn': true} | controller-disarmed"
      })
  void replacement_of_what_it_refers_to_is_not_refused(
      String type, String before, String after, String unknown, String rule) {
    assertEquals(
        Set.of(rule),
        rules(
            TestPlan.ofProd()
                .with(
                    type + ".dr_thing_x_1A2B3C4D",
                    "{'actions': ['delete', 'create'], 'before': %s, 'after': %s, 'after_unknown': %s}"
                        .formatted(before, after, unknown))));
  }

  /** Without the one nothing is backed up; without the other no restore is tried. */
  @ParameterizedTest
  @CsvSource({
    "primary_backup-plan_role_role_1A2B3C4D, backup-stopped",
    "dr_restore-tests_role_role_1A2B3C4D, access-changed"
  })
  void role_that_backs_up_may_not_go_and_one_that_tries_restores_may(String name, String rule) {
    assertEquals(
        Set.of(rule),
        rules(
            TestPlan.ofProd()
                .with(
                    "aws_iam_role." + name,
                    "{'actions': ['delete'], 'before': {'name': 'a'}, 'after': null}")));
  }

  @Test
  void pointer_that_stays_with_its_generation_names_no_other_host() {
    String pointer = "aws_ssm_parameter.dr_pointer_parameter_1A2B3C4D";
    String change =
        "{'actions': ['update'],"
            + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v2\\\",\\\"writer\\\":\\\"a\\\"}'},"
            + " 'after': {'insecure_value': '{\\\"generation\\\":\\\"v2\\\",\\\"writer\\\":\\\"b\\\"}'}}";

    assertEquals(Set.of("pointer-redirected"), rules(TestPlan.ofProd().with(pointer, change)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0.0.0/8", "0.0.0.0/1", "2000::/3", "0.0.0.0/", "198.18.0.0/15"})
  void large_or_unreadable_part_of_the_internet_is_not_let_in(String block) {
    String attribute = block.contains(":") ? "cidr_ipv6" : "cidr_ipv4";

    assertEquals(Set.of("world-open"), rules(ingress(attribute, block)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "172.16.0.0/12", "198.51.100.7/32"})
  void range_of_ones_own_needs_approval(String block) {
    assertEquals(Set.of("access-changed"), rules(ingress("cidr_ipv4", block)));
  }

  /** The first deployment, or a state that is lost: one question instead of hundreds. */
  @Test
  void creating_nearly_everything_is_one_question() {
    TestPlan plan = TestPlan.ofProd();
    for (int i = 0; i < 20; i++) {
      plan.with(
          "aws_subnet.dr_network_x" + i + "_1A2B3C4D",
          "{'actions': ['create'], 'before': null, 'after': {'a': 1}}");
    }

    assertEquals(Set.of("everything-created"), rules(plan));
    assertEquals(1, review(plan).findings().size());
    for (int i = 0; i < 20; i++) {
      plan.with("aws_vpc.dr_network_y" + i + "_1A2B3C4D", "{'actions': ['no-op']}");
    }
    assertEquals(Set.of("traffic-changed"), rules(plan));
  }

  private static TestPlan ingress(String attribute, String block) {
    return TestPlan.ofProd()
        .with(
            "aws_vpc_security_group_ingress_rule.dr_database-v2_access_x_1A2B3C4D",
            "{'actions': ['create'], 'before': null, 'after': {'%s': '%s', 'from_port': 6432,"
                    .formatted(attribute, block)
                + " 'to_port': 6432}}");
  }

  private static TestPlan update(String type, String before, String after) {
    return TestPlan.ofProd()
        .with(
            type + ".dr_thing_x_1A2B3C4D",
            "{'actions': ['update'], 'before': %s, 'after': %s}".formatted(before, after));
  }

  private static Set<String> rules(TestPlan plan) {
    Set<String> rules = new TreeSet<>();
    review(plan).findings().forEach(finding -> rules.add(finding.rule().id()));
    return rules;
  }

  private static Review review(TestPlan plan) {
    return Review.of(
        new ReviewedStack(
            "payments-dr-prod", TestPlan.BACKEND, false, List.of(), List.of(), Optional.empty()),
        plan.read(),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        LocalDate.of(2026, 11, 24));
  }
}
