package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.review.TestPlan;
import payments.dr.operations.terraform.SynthesizedStack;

class GenerationRulesTest {

  /** Deployed, active and retiring of each state. */
  private static final Map<String, String[]> STATES =
      Map.of(
          "v1 only", state("v1", "v1", "-"),
          "both, on v1", state("v1 v2", "v1", "-"),
          "both, on v2", state("v1 v2", "v2", "-"),
          "retiring v1", state("v1 v2", "v2", "v1"),
          "retiring v2", state("v1 v2", "v1", "v2"),
          "v2 only", state("v2", "v2", "-"));

  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "v1 only", Set.of("both, on v1"),
          "both, on v1", Set.of("both, on v2", "retiring v2"),
          "both, on v2", Set.of("both, on v1", "retiring v1"),
          // Back as well: whoever changes their mind gets the protection back.
          "retiring v1", Set.of("v2 only", "both, on v2"),
          "retiring v2", Set.of("v1 only", "both, on v1"),
          "v2 only", Set.of("both, on v2"));

  private static final String CLUSTER = "aws_rds_cluster.dr_database-v1_aurora_cluster_1A2B3C4D";
  private static final String GLOBAL =
      "aws_rds_global_cluster.primary_database-v1_global_cluster_1A2B3C4D";
  private static final String V2 = "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D";
  private static final String INSTANCE =
      "aws_rds_cluster_instance.dr_database-v1_aurora_instance_0_1A2B3C4D";
  private static final String TABLE =
      "aws_dynamodb_table.primary_database-v1_session_table_1A2B3C4D";
  private static final String SELECTION =
      "aws_backup_selection.primary_backup-plan_databases-v1_1A2B3C4D";
  private static final String GROUP =
      "aws_security_group.dr_database-v1_access_security-group_1A2B3C4D";
  private static final String ALARM =
      "aws_cloudwatch_metric_alarm.dr_database-alarms-v1_writer-cpu_1A2B3C4D";

  private static final String BETWEEN =
      "aws_vpc_security_group_ingress_rule.dr_replication-access_v1-to-v2-ingress_1A2B3C4D";

  private static final String DELETE =
      "{'actions': ['delete'], 'before': {'cluster_identifier': 'dr-db-cluster-prod', 'identifier':"
          + " 'dr-db-instance-0-prod', 'name': 'session-table-prod', 'deletion_protection': false,"
          + " 'skip_final_snapshot': false, 'final_snapshot_identifier': 'dr-last-prod'},"
          + " 'after': null}";

  private static final String FLIP =
      "{'actions': ['update'],"
          + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\"}'},"
          + " 'after': {'insecure_value': '{\\\"generation\\\":\\\"v2\\\"}'}}";

  private static final List<String> POINTERS =
      List.of(
          "aws_ssm_parameter.dr_pointer_parameter_1A2B3C4D",
          "aws_ssm_parameter.primary_pointer_parameter_1A2B3C4D");

  private static final DataLocation NOWHERE = generation -> Optional.of("nobody knows");

  @Test
  void every_jump_is_allowed_or_refused_as_the_table_says() {
    STATES.forEach(
        (from, applied) ->
            STATES.forEach(
                (to, planned) -> {
                  boolean fine = from.equals(to) || ALLOWED.get(from).contains(to);
                  assertEquals(
                      fine ? Set.of() : Set.of("rollout-jump"),
                      found(plan(applied, planned)).keySet(),
                      from + " -> " + to);
                }));
  }

  @Test
  void refused_jump_names_both_states_and_lists_the_allowed_ones() {
    assertEquals(
        List.of(
            "must go from \"both, on v1\" to \"both, on v2\" or \"retiring v2\", got \"v1 only\""),
        found(plan(STATES.get("both, on v1"), STATES.get("v1 only"))).get("rollout-jump"));
  }

  @Test
  void first_deployment_may_begin_anywhere() {
    STATES
        .values()
        .forEach(
            planned ->
                assertEquals(
                    Map.of(),
                    found(TestPlan.ofProd().planned(planned[0], planned[1], planned[2]))));
  }

  /** Release 2.0.0 told the active generation only. */
  @Test
  void state_of_an_earlier_release_has_one_generation() {
    TestPlan plan = TestPlan.ofProd();
    plan.put(
        "output_changes",
        Map.of(
            "activeDatabase",
            Map.of("actions", List.of("no-op"), "before", "v2", "after", "v2"),
            "deployedDatabases",
            Map.of("actions", List.of("create"), "after", List.of("v1", "v2"))));

    assertEquals(Map.of(), found(plan));
  }

  @Test
  void generation_leaves_the_retiring_state_on_approval_which_names_what_goes() {
    Map<String, List<String>> found = found(removal("retiring v1", "v2 only"));

    assertEquals(
        Map.of(
            "generation-removed",
            List.of(
                "goes for good: cluster `dr-db-cluster-prod` (final snapshot `dr-last-prod`),"
                    + " instance `dr-db-instance-0-prod`, table `session-table-prod`,"
                    + " 4 other resources")),
        found);
  }

  /** An apply that failed half-way has written the outputs already. */
  @Test
  void rest_of_an_interrupted_removal_may_go_too() {
    assertEquals(Set.of("generation-removed"), found(removal("v2 only", "v2 only")).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"both, on v1", "both, on v2", "retiring v2", "v1 only"})
  void generation_leaves_no_other_state(String applied) {
    Map<String, List<String>> found = found(removal(applied, "v2 only"));

    assertTrue(found.get("generation-destroyed").contains("is deleted"), found::toString);
    assertTrue(found.containsKey("instance-destroyed"), found::toString);
    assertTrue(found.containsKey("backup-stopped"), found::toString);
  }

  @Test
  void words_of_the_plan_itself_allow_no_removal() {
    assertTrue(found(removal("both, on v2", "retiring v1")).containsKey("generation-destroyed"));
    assertTrue(found(removal("retiring v1", "retiring v1")).containsKey("generation-destroyed"));
  }

  @Test
  void retiring_allows_the_other_generation_and_replacements_nothing() {
    String replace =
        "{'actions': ['delete', 'create'], 'before': {'engine': 'a'}, 'after': {'engine': 'b'}}";

    assertTrue(
        found(removal("retiring v1", "v2 only").with(V2, DELETE))
            .containsKey("generation-destroyed"));
    assertTrue(
        found(step("retiring v1", "retiring v1").with(CLUSTER, replace))
            .containsKey("generation-destroyed"));
    assertTrue(
        found(
                step("retiring v1", "v2 only")
                    .with("aws_kms_key.dr_encryption_data_1A2B3C4D", DELETE))
            .containsKey("data-destroyed"));
  }

  @ParameterizedTest
  @CsvSource({
    "deletion_protection, deletion_protection is still on",
    "deletion_protection_enabled, deletion_protection_enabled is still on",
    "skip_final_snapshot, leaves no final snapshot"
  })
  void removal_waits_until_the_retiring_state_is_applied_completely(
      String attribute, String message) {
    String delete =
        "{'actions': ['delete'], 'before': {'%s': true}, 'after': null}".formatted(attribute);

    assertEquals(
        List.of(message),
        found(step("retiring v1", "v2 only").with(CLUSTER, delete)).get("removal-unprepared"));
  }

  /** Terraform would stop after the instances: AWS lets a writer leave last. */
  @ParameterizedTest
  @CsvSource({"primary, false", "dr, true"})
  void removal_waits_until_the_primary_region_writes(String writer, boolean refused) {
    assertEquals(
        refused,
        found(globalRemoval().with(GLOBAL, change("delete", writer, "null")))
            .containsKey("removal-unprepared"));
  }

  /** Terraform plans a delete from what was there after the last apply, refreshed or not. */
  @ParameterizedTest
  @CsvSource({"dr, primary, false", "primary, dr, true"})
  void switchover_since_the_last_apply_counts(String applied, String now, boolean refused) {
    Map<String, List<String>> found =
        found(
            globalRemoval()
                .with(GLOBAL, change("delete", applied, "null"))
                .withDrift(GLOBAL, change("update", applied, members(now))));

    assertEquals(refused, found.containsKey("removal-unprepared"));
    assertFalse(found.containsKey("drift-found"), "of what goes anyway");
  }

  private static TestPlan globalRemoval() {
    TestPlan plan = step("retiring v1", "v2 only");
    for (String region : List.of("dr", "primary")) {
      plan.with(
          CLUSTER.replace("dr_", region + "_"),
          "{'actions': ['delete'], 'before': {'arn': '%s'}, 'after': null}".formatted(region));
    }
    return plan;
  }

  private static String change(String action, String writer, String after) {
    return "{'actions': ['%s'], 'before': %s, 'after': %s}"
        .formatted(action, members(writer), after);
  }

  private static String members(String writer) {
    return ("{'global_cluster_members': [{'db_cluster_arn': 'primary', 'is_writer': %s},"
            + " {'db_cluster_arn': 'dr', 'is_writer': %s}]}")
        .formatted(writer.equals("primary"), writer.equals("dr"));
  }

  /** It tells no outputs, so nobody knows what was applied last. */
  @Test
  void plan_with_targets_removes_nothing() {
    assertTrue(found(TestPlan.ofProd().with(CLUSTER, DELETE)).containsKey("generation-destroyed"));
  }

  @ParameterizedTest
  @CsvSource({"deletion_protection, true, false", "skip_final_snapshot, false, true"})
  void protection_is_lifted_from_the_retiring_generation_only(
      String attribute, String before, String after) {
    String lift =
        "{'actions': ['update'], 'before': {'%1$s': %2$s}, 'after': {'%1$s': %3$s}}"
            .formatted(attribute, before, after);
    String refused =
        attribute.equals("deletion_protection") ? "deletion-protection-lifted" : "destroy-eased";

    assertEquals(
        Set.of("generation-retiring"),
        found(
                step("both, on v2", "retiring v1")
                    .with(CLUSTER, lift)
                    .with(CLUSTER.replace("dr_", "primary_"), lift))
            .keySet());
    assertTrue(found(step("both, on v2", "retiring v1").with(V2, lift)).containsKey(refused));
    assertTrue(found(step("both, on v2", "both, on v2").with(CLUSTER, lift)).containsKey(refused));
  }

  @Test
  void retiring_excuses_no_other_change() {
    String update =
        "{'actions': ['update'],"
            + " 'before': {'deletion_protection': true, 'backup_retention_period': 14},"
            + " 'after': {'deletion_protection': false, 'backup_retention_period': 1}}";

    assertTrue(
        found(step("both, on v2", "retiring v1").with(CLUSTER, update))
            .containsKey("retention-too-short"));
  }

  @Test
  void prevent_destroy_may_be_missing_from_what_retires_only() throws Exception {
    ObjectNode stack =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    "{\"resource\": {\"aws_rds_cluster\": {\"%s\": {}}}}"
                        .formatted(CLUSTER.substring(CLUSTER.indexOf('.') + 1)));
    Optional<SynthesizedStack> synthesized =
        Optional.of(new SynthesizedStack(Path.of("stack"), stack));

    assertEquals(
        Set.of(),
        found(new Subject(step("both, on v2", "retiring v1").read(), true, synthesized, NOWHERE))
            .keySet());
    assertEquals(
        Set.of("prevent-destroy-missing"),
        found(new Subject(step("both, on v2", "both, on v2").read(), true, synthesized, NOWHERE))
            .keySet());
  }

  @Test
  void flip_without_the_data_is_refused() {
    Map<String, List<String>> found = found(flip());

    assertEquals(Set.of("pointer-flipped"), found.keySet());
    assertEquals(
        List.of("leads from v1 to v2, but nobody knows", "leads from v1 to v2, but nobody knows"),
        found.get("pointer-flipped"));
  }

  @Test
  void flip_that_follows_the_data_needs_approval() {
    DataLocation inV2 =
        generation -> generation.equals("v2") ? Optional.empty() : Optional.of("it is in v2");

    assertEquals(
        Set.of("pointer-moved"),
        found(new Subject(flip().read(), true, Optional.empty(), inV2)).keySet());
  }

  @Test
  void flip_to_what_the_plan_does_not_tell_yet_is_one() {
    String unknown =
        "{'actions': ['update'], 'after': {}, 'after_unknown': {'insecure_value': true},"
            + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\"}'}}";

    assertEquals(
        List.of("leads from v1 to v2, but nobody knows"),
        found(step("both, on v1", "both, on v2").with(POINTERS.get(0), unknown))
            .get("pointer-flipped"));
  }

  @Test
  void ledger_is_asked_only_when_a_pointer_moves() {
    String moved =
        "{'actions': ['update'],"
            + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\",\\\"port\\\":1}'},"
            + " 'after': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\",\\\"port\\\":2}'}}";
    DataLocation untouchable =
        generation -> {
          throw new AssertionError("was asked");
        };

    assertEquals(
        Set.of(),
        found(
                new Subject(
                    step("both, on v1", "both, on v1").with(POINTERS.get(0), moved).read(),
                    true,
                    Optional.empty(),
                    untouchable))
            .keySet());
  }

  private static TestPlan flip() {
    TestPlan plan = step("both, on v1", "both, on v2");
    POINTERS.forEach(pointer -> plan.with(pointer, FLIP));
    return plan;
  }

  /** All kinds of things that belong to v1 are deleted. */
  private static TestPlan removal(String applied, String planned) {
    TestPlan plan = step(applied, planned);
    for (String address : List.of(CLUSTER, INSTANCE, TABLE, SELECTION, GROUP, ALARM, BETWEEN)) {
      plan.with(address, DELETE);
    }
    return plan;
  }

  private static TestPlan step(String applied, String planned) {
    return plan(STATES.get(applied), STATES.get(planned));
  }

  private static TestPlan plan(String[] applied, String[] planned) {
    return TestPlan.ofProd()
        .applied(applied[0], applied[1], applied[2])
        .planned(planned[0], planned[1], planned[2]);
  }

  private static String[] state(String deployed, String active, String retiring) {
    return new String[] {deployed, active, retiring};
  }

  private static Map<String, List<String>> found(TestPlan plan) {
    return found(new Subject(plan.read(), true, Optional.empty(), NOWHERE));
  }

  /** What each rule found, by its id. */
  private static Map<String, List<String>> found(Subject subject) {
    Map<String, List<String>> found = new TreeMap<>();
    for (PlanRule rule : PlanRules.ALL) {
      List<String> words = rule.check().in(subject).map(Objection::found).toList();
      if (!words.isEmpty()) {
        found.put(rule.id(), words);
      }
    }
    return found;
  }
}
