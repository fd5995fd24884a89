package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.environment.ApprovedChange;
import payments.dr.configuration.environment.ApprovedDestroy;

/** What a plan says beside its changes, what it finds out, and what a person allowed. */
class WholePlanTest {

  private static final String GROUP = "aws_security_group.dr_database-v2_access_group_1A2B3C4D";
  private static final String RULE =
      "aws_vpc_security_group_ingress_rule.dr_database-v2_access_from-app_1A2B3C4D";
  private static final String ROLE = "aws_iam_role.dr_fleet_role_1A2B3C4D";
  private static final String POLICY = "aws_iam_role_policy.dr_fleet_policy_1A2B3C4D";
  private static final String LIFECYCLE =
      "aws_s3_bucket_lifecycle_configuration.dr_metrics_storage_lifecycle_1A2B3C4D";

  @ParameterizedTest
  @ValueSource(strings = {"fail", "error", "unknown"})
  void check_that_does_not_pass_is_told(String status) {
    Review review =
        review(
            TestPlan.ofProd()
                .put(
                    "checks",
                    List.of(
                        Map.of("address", Map.of("to_display", "check.a"), "status", "pass"),
                        Map.of(
                            "address",
                            Map.of("to_display", "check.b"),
                            "status",
                            status,
                            "instances",
                            List.of(
                                Map.of(
                                    "problems", List.of(Map.of("message", "Only one left."))))))));

    assertEquals(
        List.of("check-not-passed at check.b: ended with " + status + ": Only one left."),
        told(review));
  }

  /** Whose databases' members are known after the apply only. */
  @Test
  void check_that_a_new_stack_cannot_answer_belongs_to_the_question_about_the_stack() {
    assertEquals(
        List.of("everything-created at plan: creates 20 resources and leaves 0 as they are"),
        told(review(newStack("unknown"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "error", "of a newer format"})
  void check_that_a_new_stack_does_not_pass_is_told_beside_it(String status) {
    assertEquals(
        List.of(
            "check-not-passed at check.database-v2: ended with " + status,
            "everything-created at plan: creates 20 resources and leaves 0 as they are"),
        told(review(newStack(status))));
  }

  private static TestPlan newStack(String checkStatus) {
    TestPlan plan = TestPlan.ofProd();
    for (int i = 0; i < 20; i++) {
      plan.with(
          "aws_subnet.dr_network_x" + i + "_1A2B3C4D",
          "{'actions': ['create'], 'before': null, 'after': {'cidr_block': '10.0.0.0/24'}}");
    }
    return plan.put(
        "checks",
        List.of(
            Map.of(
                "address",
                Map.of("kind", "check", "name", "database-v2", "to_display", "check.database-v2"),
                "status",
                checkStatus,
                "instances",
                List.of(
                    Map.of(
                        "address",
                        Map.of("to_display", "check.database-v2"),
                        "status",
                        checkStatus)))));
  }

  @Test
  void nothing_that_a_plan_leaves_out_or_calls_is_dropped() {
    Review review =
        review(
            TestPlan.ofProd()
                .put("complete", false)
                .put(
                    "deferred_changes",
                    List.of(
                        Map.of(
                            "reason",
                            "provider_config_unknown",
                            "resource_change",
                            Map.of("address", "aws_vpc.x"))))
                .put("action_invocations", List.of(Map.of("address", "action.aws_lambda_invoke.x")))
                .put("something_new", List.of()));

    assertEquals(
        List.of(
            "action-invoked at action.aws_lambda_invoke.x: is called by the apply",
            "plan-incomplete at aws_vpc.x: is put off (provider_config_unknown)",
            "plan-incomplete at plan: leaves out a part of the configuration",
            "part-unknown at plan: has a part something_new that no rule knows"),
        told(review));
  }

  @Test
  void output_that_is_no_longer_sensitive_is_told() {
    Map<String, Object> shown =
        Map.of("actions", List.of("update"), "before_sensitive", true, "after_sensitive", false);
    Map<String, Object> hidden =
        Map.of("actions", List.of("update"), "before_sensitive", true, "after_sensitive", true);

    assertEquals(
        List.of("output-disclosed at a: is no longer sensitive"),
        told(review(TestPlan.ofProd().put("output_changes", Map.of("a", shown, "b", hidden)))));
  }

  @Test
  void plan_that_says_only_what_every_plan_says_is_clean() {
    assertEquals(
        "clean",
        review(
                TestPlan.ofProd()
                    .put("complete", true)
                    .put("applyable", false)
                    .put("timestamp", "2026-11-24T00:00:00Z")
                    .put("planned_values", Map.of())
                    .put("relevant_attributes", List.of()))
            .verdictWords());
  }

  /** A group's rules are resources of their own: in the group itself they are always drift. */
  @Test
  void security_group_opened_by_hand_is_told_and_its_own_rules_are_not() {
    String own =
        "{'cidr_blocks': ['10.0.0.0/16'], 'from_port': 6432, 'to_port': 6432, 'protocol': 'tcp'}";
    String byHand =
        "{'cidr_blocks': ['198.51.100.7/32'], 'from_port': 22, 'to_port': 22, 'protocol': 'tcp'}";

    assertEquals(List.of(), told(review(opened(own))));
    assertEquals(
        List.of(
            "drift-left at "
                + GROUP
                + ": ingress of 198.51.100.7/32, protocol tcp, ports 22 to 22 by no rule of the"
                + " stack"),
        told(review(opened(own + ", " + byHand))));
  }

  /** So is a role's policy. */
  @Test
  void permission_given_by_hand_is_told_and_the_stacks_own_is_not() {
    String own =
        "{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"arn:aws:s3:::b/*\\\"}";
    String byHand =
        "{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:*\\\",\\\"Resource\\\":\\\"*\\\"}";

    assertEquals(List.of(), told(review(granted(own, own))));
    assertEquals(
        List.of("drift-left at " + ROLE + ": newly allows s3:* on *"),
        told(review(granted(own, own + "," + byHand))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws_iam_role | inline_policy | [] | [{'policy': '{#Statement#:{#Effect#:#Allow#,"
            + "#Action#:#secretsmanager:GetSecretValue#,#Resource#:#arn:s#}}'}]",
        "aws_iam_role | inline_policy | [] | [{'policy': 'unreadable'}]",
        "aws_iam_role | managed_policy_arns | [] |"
            + " ['arn:aws:iam::aws:policy/SecretsManagerReadWrite']",
        "aws_sns_topic | policy | '' | '{#Statement#:{#Effect#:#Allow#,#Principal#:"
            + "{#AWS#:#123456789012#},#Action#:#sns:Subscribe#,#Resource#:#t#}}'",
        "aws_sqs_queue | policy | '' | '{#Statement#:{#Effect#:#Deny#,#Principal#:"
            + "#*#,#Action#:#sqs:SendMessage#,#Resource#:#t#}}'",
        "aws_lambda_function | code_sha256 | 'a' | 'b'",
        "aws_lambda_function | layers | [] | ['arn:aws:lambda:us-east-2:999999999999:layer:x:1']"
      })
  void permission_or_code_given_by_hand_is_told(
      String type, String attribute, String before, String after) {
    String address = type + ".dr_thing_x_1A2B3C4D";
    String drift =
        "{'actions': ['update'], 'before': {'arn': 't', '%1$s': %2$s},"
            + " 'after': {'arn': 't', '%1$s': %3$s}}";

    assertEquals(
        List.of(
            "drift-left at " + address + ": differs in " + attribute + " by nothing of the stack"),
        told(
            review(
                TestPlan.ofProd()
                    .withDrift(
                        address, drift.formatted(attribute, before, after).replace("#", "\\\"")))));
  }

  /** Such as the demand of TLS, which AWS repeats in the bucket. */
  @Test
  void denial_of_the_stack_that_its_bucket_repeats_is_no_drift() {
    String policy =
        "'{#Statement#:{#Effect#:#Deny#,#Principal#:#*#,#Action#:#s3:*#,#Resource#:#b#}}'"
            .replace("#", "\\\"");

    assertEquals(
        List.of(),
        told(
            review(
                TestPlan.ofProd()
                    .with(
                        "aws_s3_bucket_policy.dr_thing_policy_1A2B3C4D",
                        "{'actions': ['no-op'], 'before': {}, 'after': {'bucket': 'b', 'policy': %s}}"
                            .formatted(policy))
                    .withDrift(
                        "aws_s3_bucket.dr_thing_bucket_1A2B3C4D",
                        "{'actions': ['update'], 'before': {'bucket': 'b', 'policy': ''},"
                            + " 'after': {'bucket': 'b', 'policy': %s}}".formatted(policy)))));
  }

  /** By the controller or a person: the plan after it is empty, and clean. */
  @Test
  void switchover_is_no_drift() {
    assertEquals(
        List.of(),
        told(
            review(
                TestPlan.ofProd()
                    .withDrift(
                        "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D",
                        "{'actions': ['update'], 'before': {'replication_source_identifier':"
                            + " 'arn'}, 'after': {'replication_source_identifier': ''}}"))));
  }

  @Test
  void protection_lifted_by_hand_is_told_although_the_plan_leaves_it() {
    assertEquals(
        List.of("drift-left at " + GROUP + ": deletion_protection is switched off"),
        told(
            review(
                TestPlan.ofProd()
                    .withDrift(
                        GROUP,
                        "{'actions': ['update'], 'before': {'deletion_protection': true},"
                            + " 'after': {'deletion_protection': false}}"))));
  }

  @Test
  void resource_deleted_outside_is_told_although_nothing_is_planned_for_it() {
    assertEquals(
        List.of("drift-found at " + GROUP + ": was deleted"),
        told(
            review(
                TestPlan.ofProd()
                    .withDrift(
                        GROUP, "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}"))));
  }

  @Test
  void refused_change_is_allowed_by_rule_and_address_until_its_last_day() {
    assertEquals(3, lifecycle("retention-too-short", "2026-11-23").exitCode());
    assertEquals(2, lifecycle("retention-too-short", "2026-11-24").exitCode());
    assertEquals(3, lifecycle("versioning-suspended", "2026-11-24").exitCode());
  }

  @Test
  void approval_of_a_change_is_told_when_nothing_needs_it() {
    assertTrue(
        lifecycle("versioning-suspended", "2026-11-24")
            .remarks()
            .contains(
                "approvedChanges: nothing in this plan needs the approval of `versioning-suspended`"
                    + " at `"
                    + LIFECYCLE
                    + "`"));
  }

  @Test
  void data_of_a_generation_stays_out_of_reach() {
    String cluster = "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D";
    Review review =
        review(
            TestPlan.ofProd()
                .with(cluster, "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}"),
            List.of(new ApprovedDestroy(cluster, "nobody needs it", "2026-12-31")),
            List.of(
                new ApprovedChange(
                    "generation-destroyed", cluster, "nobody needs it", "2026-12-31")));

    assertEquals(3, review.exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws_rds_cluster.primary_database-v2_aurora_cluster_1A2B3C4D | cluster-detached"
            + " | {'global_cluster_identifier': 'a'} | {}",
        "aws_rds_cluster.primary_database-v2_aurora_cluster_1A2B3C4D | deletion-protection-lifted"
            + " | {'deletion_protection': true} | {'deletion_protection': false}",
        "aws_rds_cluster.primary_elsewhere_aurora_cluster_1A2B3C4D | replica-promoted"
            + " | {'replication_source_identifier': 'a'} | {}",
        "aws_dynamodb_table.dr_ledger_table_1A2B3C4D | point-in-time-recovery-off"
            + " | {'point_in_time_recovery': [{'enabled': true}]} | {'point_in_time_recovery': []}",
        "aws_secretsmanager_secret.primary_database-v2_admin_secret_1A2B3C4D | replica-removed"
            + " | {'replica': [{'region': 'us-west-2'}]} | {'replica': []}",
        "aws_secretsmanager_secret.primary_database-v2_admin_secret_1A2B3C4D | encryption-off"
            + " | {'kms_key_id': 'a'} | {'kms_key_id': ''}",
        "aws_s3_object.dr_latch_object_1A2B3C4D | latch-managed | {'a': 1} | {'a': 2}"
      })
  void no_approval_reaches_a_generation_or_what_cannot_be_undone(
      String address, String rule, String before, String after) {
    Review review =
        review(
            TestPlan.ofProd()
                .with(
                    address,
                    "{'actions': ['update'], 'before': %s, 'after': %s}".formatted(before, after)),
            List.of(),
            List.of(new ApprovedChange(rule, address, "somebody wants it", "2026-12-31")));

    assertTrue(told(review).stream().anyMatch(it -> it.startsWith(rule)), told(review)::toString);
    assertEquals(3, review.exitCode());
    assertEquals(
        List.of("approvedChanges: `" + rule + "` at `" + address + "` cannot be approved here"),
        review.remarks());
  }

  /** One jar after the other, and none that goes by its name to become the latch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create | null | lease-renewer-@.jar | false",
        "delete | lease-renewer-@.jar | null | false",
        "create','delete | lease-renewer-@.jar | lease-renewer-@.jar | false",
        "create','delete | lease-renewer-@.jar | latch/dr-active | true",
        "create','delete | latch/dr-active | lease-renewer-@.jar | true",
        "create | null | lease-renewer-1.jar | true"
      })
  void objects_are_the_lease_renewers_jars_alone(
      String actions, String before, String after, boolean refused) {
    Review review =
        review(
            TestPlan.ofProd()
                .with(
                    "aws_s3_object.dr_lease-renewer_jar_1A2B3C4D",
                    "{'actions': ['%s'], 'before': %s, 'after': %s}"
                        .formatted(actions, keyed(before), keyed(after))),
            List.of(),
            List.of());

    assertEquals(
        refused,
        told(review).stream().anyMatch(it -> it.startsWith("latch-managed")),
        told(review)::toString);
  }

  private static String keyed(String key) {
    return key.equals("null")
        ? "null"
        : "{'key': '%s'}".formatted(key.replace("@", "0123456789abcdef".repeat(4)));
  }

  @Test
  void instance_of_a_generation_may_go_by_its_address() {
    String instance = "aws_rds_cluster_instance.dr_database-v2_aurora_instance-2_1A2B3C4D";

    assertEquals(
        2,
        review(
                TestPlan.ofProd()
                    .with(instance, "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}"),
                List.of(new ApprovedDestroy(instance, "one fewer in DR", "2026-12-31")),
                List.of())
            .exitCode());
  }

  private static Review lifecycle(String rule, String expires) {
    return review(
        TestPlan.ofProd()
            .with(
                LIFECYCLE,
                "{'actions': ['update'],"
                    + " 'before': {'rule': [{'id': 'a', 'expiration': [{'days': 90}]}]},"
                    + " 'after': {'rule': [{'id': 'a', 'expiration': [{'days': 1}]}]}}"),
        List.of(),
        List.of(new ApprovedChange(rule, LIFECYCLE, "archived elsewhere", expires)));
  }

  private static TestPlan opened(String ingress) {
    return TestPlan.ofProd()
        .with(
            RULE,
            "{'actions': ['no-op'], 'before': {}, 'after': {'security_group_id': 'sg-1',"
                + " 'cidr_ipv4': '10.0.0.0/16', 'from_port': 6432, 'to_port': 6432, 'ip_protocol':"
                + " 'tcp'}}")
        .withDrift(
            GROUP,
            "{'actions': ['update'], 'before': {'id': 'sg-1', 'ingress': []},"
                + " 'after': {'id': 'sg-1', 'ingress': ["
                + ingress
                + "]}}");
  }

  private static TestPlan granted(String declared, String there) {
    return TestPlan.ofProd()
        .with(
            POLICY,
            "{'actions': ['no-op'], 'before': {}, 'after': {'role': 'fleet', 'policy':"
                + " '{\\\"Statement\\\":["
                + declared
                + "]}'}}")
        .withDrift(
            ROLE,
            "{'actions': ['update'], 'before': {'name': 'fleet', 'inline_policy': []},"
                + " 'after': {'name': 'fleet', 'inline_policy': [{'policy': '{\\\"Statement\\\":["
                + there
                + "]}'}]}}");
  }

  private static List<String> told(Review review) {
    return review.findings().stream()
        .map(
            finding ->
                "%s at %s: %s"
                    .formatted(
                        finding.rule().id(),
                        finding.objection().address(),
                        finding.objection().found()))
        .toList();
  }

  private static Review review(TestPlan plan) {
    return review(plan, List.of(), List.of());
  }

  private static Review review(
      TestPlan plan, List<ApprovedDestroy> destroys, List<ApprovedChange> changes) {
    return Review.of(
        new ReviewedStack(
            "payments-dr-prod", TestPlan.BACKEND, false, destroys, changes, Optional.empty()),
        plan.read(),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        LocalDate.of(2026, 11, 24));
  }
}
