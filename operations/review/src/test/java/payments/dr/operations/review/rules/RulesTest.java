package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.operations.review.TestPlan;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.terraform.SynthesizedStack;
import payments.dr.testing.ProjectCopy;

/** Edges that no plan of the local environment reaches; LocalDeploymentIT reviews real plans. */
class RulesTest {

  private static final Path GOLDEN =
      ProjectCopy.PROJECT.resolve("main/src/test/resources/golden/payments-dr-prod.json");

  @Test
  void ids_are_unique() {
    List<String> ids =
        Stream.concat(PlanRules.ALL.stream(), PlanRules.OF_DESTRUCTION.stream())
            .map(PlanRule::id)
            .toList();

    assertEquals(ids.size(), Set.copyOf(ids).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A cluster that was detached cannot join again.
        "aws_rds_cluster | {} | {'global_cluster_identifier': 'g'} | cluster-joined",
        "aws_rds_cluster | {'global_cluster_identifier': 'g'} | {'global_cluster_identifier': 'h'}"
            + " | cluster-detached",
        "aws_rds_cluster | {'replication_source_identifier': 'arn'} | {} | replica-promoted",
        "aws_rds_cluster | {'skip_final_snapshot': false} | {'skip_final_snapshot': true}"
            + " | destroy-eased",
        "aws_rds_cluster | {'engine_version': '17.6'} | {'engine_version': '17.7'}"
            + " | database-restarted",
        "aws_kms_key | {'is_enabled': true} | {'is_enabled': false} | key-weakened",
        "aws_scheduler_schedule | {'state': 'ENABLED'} | {'state': 'DISABLED'}"
            + " | controller-disarmed",
        "aws_cloudwatch_event_rule | {'state': 'ENABLED'} | {'state': 'DISABLED'}"
            + " | controller-disarmed",
        "aws_lambda_function | {'reserved_concurrent_executions': 4} |"
            + " {'reserved_concurrent_executions': 0} | controller-disarmed",
        "aws_backup_vault_lock_configuration | {'min_retention_days': 30} |"
            + " {'min_retention_days': 1} | vault-lock-weakened",
        "aws_s3_bucket_object_lock_configuration |"
            + " {'rule': [{'default_retention': [{'mode': 'GOVERNANCE', 'days': 400}]}]} |"
            + " {'rule': [{'default_retention': [{'mode': 'GOVERNANCE', 'days': 365}]}]} |"
            + " object-lock-weakened",
        "aws_s3_bucket_object_lock_configuration |"
            + " {'rule': [{'default_retention': [{'mode': 'COMPLIANCE', 'days': 400}]}]} |"
            + " {'rule': [{'default_retention': [{'mode': 'GOVERNANCE', 'days': 400}]}]} |"
            + " object-lock-weakened",
        "aws_lb_listener | {'protocol': 'HTTPS', 'ssl_policy': 'a'} |"
            + " {'protocol': 'HTTP', 'ssl_policy': 'a'} | tls-off",
        "aws_subnet | {'map_public_ip_on_launch': false} | {'map_public_ip_on_launch': true} |"
            + " public-access-unblocked"
      })
  void update_is_caught(String type, String before, String after, String rule) {
    assertEquals(
        Set.of(rule),
        found(
            TestPlan.ofProd()
                .with(
                    type + ".dr_thing_x_1A2B3C4D",
                    "{'actions': ['update'], 'before': %s, 'after': %s}".formatted(before, after))
                .read()));
  }

  /**
   * IAM knows no resource of some calls; without a condition, or beside others, it is no excuse.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cloudwatch:PutMetricData | {'StringEquals': {'cloudwatch:namespace': 'n'}} | false",
        "cloudwatch:PutMetricData | {} | true",
        "s3:GetObject | {'StringEquals': {'aws:RequestedRegion': 'r'}} | true"
      })
  void every_resource_is_allowed_only_where_none_can_be_named(
      String action, String condition, boolean refused) {
    String policy =
        "{'Statement': {'Effect': 'Allow', 'Action': '%s', 'Resource': '*', 'Condition': %s}}"
            .formatted(action, condition)
            .replace("'", "\\\"");
    Set<String> found =
        found(
            TestPlan.ofProd()
                .with(
                    "aws_iam_role_policy.dr_thing_x_1A2B3C4D",
                    "{'actions': ['create'], 'before': null, 'after': {'policy': \"%s\"}}"
                        .formatted(policy))
                .read());

    assertEquals(refused ? Set.of("wildcard-permission") : Set.of(), found);
  }

  @ParameterizedTest
  @CsvSource({
    "aws_efs_file_system, unknown-destroyed",
    "aws_s3_bucket, data-destroyed",
    "aws_lb, traffic-interrupted",
    "aws_subnet, traffic-interrupted",
    "aws_lambda_function, controller-disarmed"
  })
  void delete_is_caught(String type, String rule) {
    assertTrue(
        found(
                TestPlan.ofProd()
                    .with(
                        type + ".dr_thing_x_1A2B3C4D",
                        "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}")
                    .read())
            .contains(rule));
  }

  @Test
  void creating_our_own_stacks_is_one_question() throws IOException {
    try (Stream<Path> golden = Files.list(GOLDEN.getParent())) {
      for (Path file : golden.toList()) {
        JsonNode document = new ObjectMapper().readTree(file.toFile());
        TestPlan plan =
            TestPlan.ofProd()
                .ofAccount(document.at("/provider/aws/0/allowed_account_ids/0").asText("1"));
        for (var type : document.path("resource").properties()) {
          for (var resource : type.getValue().properties()) {
            plan.withCreation(type.getKey() + "." + resource.getKey(), resource.getValue());
          }
        }

        assertTrue(
            Set.of("everything-created").containsAll(found(plan.read())),
            () -> file + ": " + found(plan.read()));
      }
    }
  }

  @Test
  void data_without_prevent_destroy_is_refused_where_data_is_protected() throws IOException {
    ObjectNode document = (ObjectNode) new ObjectMapper().readTree(GOLDEN.toFile());
    SynthesizedStack whole = new SynthesizedStack(GOLDEN, document.deepCopy());
    for (JsonNode key : document.at("/resource/aws_kms_key")) {
      ((ObjectNode) key).remove("lifecycle");
    }
    SynthesizedStack unguarded = new SynthesizedStack(GOLDEN, document);
    Plan nothing = TestPlan.ofProd().read();

    assertEquals(Set.of(), found(subject(nothing, true, Optional.of(whole))));
    assertEquals(
        Set.of("prevent-destroy-missing"), found(subject(nothing, true, Optional.of(unguarded))));
    assertEquals(Set.of(), found(subject(nothing, false, Optional.of(unguarded))));
  }

  @Test
  void one_capability_in_both_regions_needs_approval_unless_it_is_only_created() {
    String update = "{'actions': ['update'], 'before': {'cidr': 1}, 'after': {'cidr': 2}}";
    String create = "{'actions': ['create'], 'before': null, 'after': {'cidr': 2}}";

    assertEquals(
        Set.of("both-regions"),
        found(
            TestPlan.ofProd()
                .with("aws_route.dr_network_x_1A2B3C4D", update)
                .with("aws_route.primary_network_x_1A2B3C4D", update)
                .read()));
    assertEquals(
        Set.of(),
        found(
            TestPlan.ofProd()
                .with("aws_route.dr_network_x_1A2B3C4D", update)
                .with("aws_route.primary_network_x_1A2B3C4D", create)
                .read()));
  }

  @Test
  void drift_needs_approval_where_the_plan_undoes_it() {
    String topic = "aws_sns_topic.dr_alerts_topic_1A2B3C4D";
    String drifted = "{'actions': ['update'], 'before': {'name': 'a'}, 'after': {'name': 'b'}}";
    String undone = "{'actions': ['update'], 'before': {'name': 'b'}, 'after': {'name': 'a'}}";
    String other = "{'actions': ['update'], 'before': {'tags': 'b'}, 'after': {'tags': 'a'}}";
    String filledIn = "{'actions': ['update'], 'before': {'name': null}, 'after': {'name': []}}";

    assertEquals(
        Set.of("drift-found"),
        found(TestPlan.ofProd().withDrift(topic, drifted).with(topic, undone).read()));
    assertEquals(Set.of(), found(TestPlan.ofProd().withDrift(topic, drifted).read()));
    assertEquals(
        Set.of(), found(TestPlan.ofProd().withDrift(topic, drifted).with(topic, other).read()));
    assertEquals(
        Set.of(), found(TestPlan.ofProd().withDrift(topic, filledIn).with(topic, undone).read()));
  }

  @Test
  void resource_that_somebody_deleted_and_the_plan_makes_anew_needs_approval() {
    String topic = "aws_sns_topic.dr_alerts_topic_1A2B3C4D";

    assertEquals(
        Set.of("drift-found"),
        found(
            TestPlan.ofProd()
                .withDrift(topic, "{'actions': ['delete'], 'before': {'name': 'a'}, 'after': null}")
                .with(topic, "{'actions': ['create'], 'before': null, 'after': {'name': 'a'}}")
                .read()));
  }

  private static Set<String> found(Plan plan) {
    return found(subject(plan, true, Optional.empty()));
  }

  private static Subject subject(
      Plan plan, boolean protectData, Optional<SynthesizedStack> synthesized) {
    return new Subject(plan, protectData, synthesized, generation -> Optional.of("nobody knows"));
  }

  private static Set<String> found(Subject subject) {
    Set<String> ids = new TreeSet<>();
    PlanRules.ALL.forEach(rule -> rule.check().in(subject).forEach(it -> ids.add(rule.id())));
    return ids;
  }
}
