package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.operations.review.TestPlan;

class DestructionRulesTest {

  private static final String GLOBAL =
      "aws_rds_global_cluster.primary_database-v2_global_cluster_1A2B3C4D";
  private static final String PRIMARY =
      "aws_rds_cluster.primary_database-v2_aurora_cluster_1A2B3C4D";
  private static final String DR = "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D";
  private static final String TABLE =
      "aws_dynamodb_table.primary_database-v2_session_table_1A2B3C4D";

  private static final String BALANCER = "aws_lb.dr_service_balancer_1A2B3C4D";

  private static final String PRIMARY_ARN = "arn:aws:rds:us-east-1:123456789012:cluster:p";
  private static final String DR_ARN = "arn:aws:rds:us-east-2:123456789012:cluster:d";

  private static final String MEMBERS =
      "{'global_cluster_identifier': 'g', 'global_cluster_members': ["
          + "{'is_writer': %s, 'db_cluster_arn': '%s'}, {'is_writer': %s, 'db_cluster_arn': '%s'}]}";

  private static final String BEFORE_FAILOVER = members(true);
  private static final String AFTER_FAILOVER = members(false);

  @Test
  void stack_that_the_primary_region_writes_may_go() {
    assertEquals(List.of(), found(stack(BEFORE_FAILOVER)));
  }

  @Test
  void stack_that_the_dr_region_writes_may_not_and_the_way_back_is_told() {
    Objection found = found(stack(AFTER_FAILOVER)).get(0);

    assertEquals("`g` is written in the DR Region", found.found());
    assertEquals(
        List.of(
            "aws rds switchover-global-cluster --region us-east-1 --global-cluster-identifier g"
                + " --target-db-cluster-identifier "
                + PRIMARY_ARN),
        found.commands());
  }

  /** Terraform plans the end of a resource from what was applied last. */
  @Test
  void what_the_plan_found_out_counts_and_not_what_was_applied() {
    TestPlan plan =
        stack(BEFORE_FAILOVER)
            .withDrift(
                GLOBAL,
                "{'actions': ['update'], 'before': %s, 'after': %s}"
                    .formatted(BEFORE_FAILOVER, AFTER_FAILOVER));

    assertEquals(List.of(GLOBAL), addresses(found(plan)));
  }

  @Test
  void writer_without_a_copy_needs_no_way_back() {
    TestPlan plan =
        TestPlan.ofProd()
            .with(
                GLOBAL,
                deleted(
                    "{'global_cluster_identifier': 'g', 'global_cluster_members':"
                        + " [{'is_writer': true, 'db_cluster_arn': '%s'}]}".formatted(DR_ARN)))
            .with(DR, deleted("{'arn': '%s'}".formatted(DR_ARN)));

    assertEquals(List.of(), found(plan));
  }

  @Test
  void what_is_protected_may_not_go() {
    TestPlan plan =
        TestPlan.ofProd()
            .with(DR, deleted("{'deletion_protection': true}"))
            .with(TABLE, deleted("{'deletion_protection_enabled': true}"))
            .with(BALANCER, deleted("{'enable_deletion_protection': true}"));

    assertEquals(List.of(DR, TABLE, BALANCER), addresses(found(plan)));
  }

  private static TestPlan stack(String global) {
    return TestPlan.ofProd()
        .with(GLOBAL, deleted(global))
        .with(
            PRIMARY, deleted("{'arn': '%s', 'deletion_protection': false}".formatted(PRIMARY_ARN)))
        .with(DR, deleted("{'arn': '%s', 'deletion_protection': false}".formatted(DR_ARN)));
  }

  private static String members(boolean primaryWrites) {
    return MEMBERS.formatted(primaryWrites, PRIMARY_ARN, !primaryWrites, DR_ARN);
  }

  private static String deleted(String before) {
    return "{'actions': ['delete'], 'before': %s, 'after': null}".formatted(before);
  }

  private static List<String> addresses(List<Objection> found) {
    return found.stream().map(Objection::address).toList();
  }

  private static List<Objection> found(TestPlan plan) {
    Subject subject =
        new Subject(plan.read(), false, Optional.empty(), generation -> Optional.empty());
    return PlanRules.OF_DESTRUCTION.stream().flatMap(rule -> rule.check().in(subject)).toList();
  }
}
