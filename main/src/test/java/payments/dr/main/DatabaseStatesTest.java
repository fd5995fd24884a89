package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * What each edit of {@code databases} changes in the stack. Nothing in it depends on which Region
 * writes, so this holds before and after a switchover.
 */
class DatabaseStatesTest {

  private static final Path ADDRESSES = Path.of("src/test/resources/database-states.txt");

  /** Types that hold data of a generation. */
  private static final Set<String> HOLDING_DATA =
      Set.of(
          "aws_dynamodb_table",
          "aws_dynamodb_table_replica",
          "aws_rds_cluster",
          "aws_rds_global_cluster",
          "aws_secretsmanager_secret");

  @Test
  void flipping_the_flag_changes_the_pointers_and_the_outputs_only() {
    JsonDifference flip = between(DatabaseState.BOTH_ON_V1, DatabaseState.BOTH_ON_V2);

    assertEquals(Set.of(), flip.added());
    assertEquals(Set.of(), flip.removed());
    assertEquals(
        new TreeSet<>(
            Set.of(
                "/output/activeDatabase/value",
                "/output/dbPasswordSecretArn/value",
                "/output/drClusterArn/value",
                "/output/drClusterId/value",
                "/output/dynamoTableName/value",
                "/output/primaryClusterArn/value",
                "/output/primaryClusterId/value",
                "/output/replicationLag/value",
                "/resource/aws_ssm_parameter/dr_pointer_parameter/insecure_value",
                "/resource/aws_ssm_parameter/primary_pointer_parameter/insecure_value")),
        withoutHashes(flip.changed()));
  }

  /** The controllers look at it too; which one is active, the ledger tells them. */
  private static Set<String> changedByASecondGeneration() {
    Set<String> changed = new TreeSet<>();
    for (RegionRole role : RegionRole.values()) {
      changed.add("aws_cloudwatch_dashboard/%s_dashboard_page/dashboard_body".formatted(role.id()));
      changed.add(
          "aws_cloudwatch_event_rule/%s_change-alarms_network_rule/event_pattern"
              .formatted(role.id()));
      changed.add("aws_iam_role_policy/%s_application_policy/policy".formatted(role.id()));
      changed.add("aws_iam_role_policy/%s_controller_role_policy/policy".formatted(role.id()));
      for (String variable :
          List.of(
              "DATABASE_HOSTS",
              "DATABASE_NAME",
              "DATABASE_PORT",
              "DATABASE_WRITER_HOSTS",
              "GLOBAL_CLUSTERS")) {
        changed.add(
            "aws_lambda_function/%s_controller_lambda_function/environment/variables/%s"
                .formatted(role.id(), variable));
      }
    }
    return changed.stream()
        .map(path -> "/resource/" + path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A dashboard gets lines, a policy statements; those that were there stay. */
  @ParameterizedTest
  @CsvSource({"V1_ONLY, BOTH_ON_V1", "V2_ONLY, BOTH_ON_V2"})
  void a_second_generation_only_adds(DatabaseState alone, DatabaseState both) {
    JsonDifference second = between(alone, both);

    assertTrue(second.added().size() > 100, second.added()::toString);
    assertEquals(Set.of(), second.removed());
    Set<String> changed = new TreeSet<>(withoutHashes(second.changed()));
    // The list of deployed generations is in their own order.
    changed.remove("/output/deployedDatabases/value/0");
    assertEquals(changedByASecondGeneration(), changed);
    for (RegionRole role : RegionRole.values()) {
      assertKept(lines(alone, role), lines(both, role));
      assertKept(statements(alone, role), statements(both, role));
    }
  }

  @ParameterizedTest
  @CsvSource({"BOTH_ON_V2, RETIRING_V1, v1", "BOTH_ON_V1, RETIRING_V2, v2"})
  void retiring_lifts_the_protection_of_one_generation_and_names_its_snapshots(
      DatabaseState before, DatabaseState after, String generation) {
    JsonDifference retiring = between(before, after);

    assertEquals(Set.of("/output/retiringDatabase/value"), retiring.added());
    assertEquals(Set.of(), retiring.removed());
    assertEquals(
        Stream.of(
                "aws_dynamodb_table/primary_%s_session_table/deletion_protection_enabled",
                "aws_dynamodb_table/primary_%s_session_table/lifecycle/prevent_destroy",
                "aws_dynamodb_table_replica/dr_%s_session_replica/deletion_protection_enabled",
                "aws_dynamodb_table_replica/dr_%s_session_replica/lifecycle/prevent_destroy",
                "aws_rds_cluster/dr_%s_aurora_cluster/deletion_protection",
                "aws_rds_cluster/dr_%s_aurora_cluster/final_snapshot_identifier",
                "aws_rds_cluster/dr_%s_aurora_cluster/lifecycle/prevent_destroy",
                "aws_rds_cluster/primary_%s_aurora_cluster/deletion_protection",
                "aws_rds_cluster/primary_%s_aurora_cluster/final_snapshot_identifier",
                "aws_rds_cluster/primary_%s_aurora_cluster/lifecycle/prevent_destroy",
                "aws_rds_global_cluster/primary_%s_global_cluster/deletion_protection",
                "aws_rds_global_cluster/primary_%s_global_cluster/lifecycle/prevent_destroy",
                "aws_secretsmanager_secret/dr_%s_password_secret/lifecycle/prevent_destroy")
            .map(path -> "/resource/" + path.formatted("database-" + generation))
            .collect(Collectors.toCollection(TreeSet::new)),
        withoutHashes(retiring.changed()));
    for (RegionRole role : RegionRole.values()) {
      JsonNode cluster = cluster(after, role, generation);
      assertFalse(cluster.path("skip_final_snapshot").asBoolean(true));
      assertEquals(
          role.id() + "-" + generation + "-final-prod",
          cluster.path("final_snapshot_identifier").asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_retiring_lifts_the_protection_of_what_holds_data(DatabaseState state) {
    Map<String, Set<Boolean>> found = new TreeMap<>();
    Map<String, Set<Boolean>> expected = new TreeMap<>();
    for (DatabaseGeneration generation : state.deployed()) {
      for (String type : HOLDING_DATA) {
        String prefix = "database-" + generation.id();
        expected.put(type + " " + prefix, Set.of(!state.retires(generation)));
        state
            .synthesized()
            .resources(type)
            .forEach(
                (address, body) -> {
                  if (address.contains("_" + prefix + "_")) {
                    found
                        .computeIfAbsent(type + " " + prefix, key -> new TreeSet<>())
                        .add(body.at("/lifecycle/prevent_destroy").asBoolean());
                  }
                });
      }
    }

    assertEquals(expected, found);
  }

  /** A cutover must find all of it in place, whichever generation it leads to. */
  @ParameterizedTest
  @EnumSource
  void each_deployed_generation_is_recoverable_watched_and_backed_up(DatabaseState state) {
    SynthesizedStack stack = state.synthesized();
    for (DatabaseGeneration generation : state.deployed()) {
      String id = generation.id();
      for (RegionRole role : RegionRole.values()) {
        assertEquals(
            6, count(stack, "aws_cloudwatch_metric_alarm." + role.id() + "_database-alarms-" + id));
        assertTrue(
            count(stack, "aws_rds_cluster_instance." + role.id() + "_database-" + id) > 0, id);
        JsonNode selection =
            stack.only("aws_backup_selection", role.id() + "_backup-plan_databases-" + id);
        assertEquals(2, selection.path("resources").size());
        String own = "." + role.id() + "_database-" + id + "_";
        selection
            .path("resources")
            .forEach(arn -> assertTrue(arn.asText().contains(own), arn::asText));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void pointers_and_outputs_are_those_of_the_active_generation(DatabaseState state) {
    SynthesizedStack stack = state.synthesized();
    String active = state.active().id();
    for (RegionRole role : RegionRole.values()) {
      JsonNode value =
          SynthesizedStack.embedded(
              stack.only("aws_ssm_parameter", role.id() + "_pointer").path("insecure_value"));
      assertEquals(active, value.path("generation").asText());
      assertTrue(value.path("writer").asText().contains(role.id() + "_database-" + active + "_"));
    }
    JsonNode outputs = stack.json().path("output");
    assertEquals(active, outputs.at("/activeDatabase/value").asText());
    assertTrue(outputs.at("/replicationLag/value").asText().contains("database-alarms-" + active));
    assertEquals(
        state.deployed().stream().map(DatabaseGeneration::id).sorted().toList(),
        texts(outputs.at("/deployedDatabases/value")));
  }

  /** Read in reviews; rewritten by {@code -Dgolden.update}. */
  @Test
  void addresses_of_each_state_are_the_recorded_ones() throws IOException {
    Map<String, Set<DatabaseState>> states = new TreeMap<>();
    for (DatabaseState state : DatabaseState.values()) {
      state
          .synthesized()
          .resources()
          .keySet()
          .forEach(
              address ->
                  states
                      .computeIfAbsent(address, key -> EnumSet.noneOf(DatabaseState.class))
                      .add(state));
    }
    StringBuilder text =
        new StringBuilder("# Each address of the stack, and the states it is in\n");
    states.forEach(
        (address, in) -> text.append(address).append(": ").append(describe(in)).append('\n'));
    if (System.getProperty("golden.update") != null) {
      Files.writeString(ADDRESSES, text);
    }

    assertEquals(Files.readString(ADDRESSES), text.toString());
    assertEquals(
        DatabaseState.BOTH_ON_V1.synthesized().resources().keySet(),
        DatabaseState.BOTH_ON_V2.synthesized().resources().keySet());
  }

  private static String describe(Set<DatabaseState> states) {
    if (states.size() == DatabaseState.values().length) {
      return "always";
    }
    for (DatabaseGeneration generation : DatabaseGeneration.values()) {
      Set<DatabaseState> with = EnumSet.allOf(DatabaseState.class);
      with.removeIf(state -> !state.deployed().contains(generation));
      if (states.equals(with)) {
        return "with " + generation.id();
      }
    }
    Set<DatabaseState> withBoth = EnumSet.allOf(DatabaseState.class);
    withBoth.removeIf(state -> state.deployed().size() < DatabaseGeneration.values().length);
    return states.equals(withBoth) ? "with both" : states.toString();
  }

  /** Without CDKTF's own notes. */
  private static JsonDifference between(DatabaseState before, DatabaseState after) {
    return JsonDifference.between(withoutNotes(before), withoutNotes(after));
  }

  private static JsonNode withoutNotes(DatabaseState state) {
    ObjectNode json = (ObjectNode) state.synthesized().json();
    json.remove("//");
    json.path("resource")
        .forEach(type -> type.forEach(resource -> ((ObjectNode) resource).remove("//")));
    return json;
  }

  private static Set<String> withoutHashes(Set<String> paths) {
    return paths.stream()
        .map(path -> path.replaceFirst("_[0-9A-F]{8}(?=/)", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode cluster(DatabaseState state, RegionRole role, String generation) {
    return state.synthesized().only("aws_rds_cluster", role.id() + "_database-" + generation + "_");
  }

  private static long count(SynthesizedStack stack, String prefix) {
    return stack.resources().keySet().stream()
        .filter(address -> address.startsWith(prefix + "_"))
        .count();
  }

  private static List<String> lines(DatabaseState state, RegionRole role) {
    JsonNode page = state.synthesized().only("aws_cloudwatch_dashboard", role.id());
    List<String> lines = new ArrayList<>();
    SynthesizedStack.embedded(page.path("dashboard_body"))
        .path("widgets")
        .forEach(
            widget -> {
              String title = widget.at("/properties/title").asText();
              widget.at("/properties/metrics").forEach(line -> lines.add(title + " " + line));
            });
    return lines;
  }

  private static List<String> statements(DatabaseState state, RegionRole role) {
    JsonNode policy =
        state.synthesized().only("aws_iam_role_policy", role.id() + "_application_policy");
    List<String> statements = new ArrayList<>();
    SynthesizedStack.embedded(policy.path("policy"))
        .path("Statement")
        .forEach(statement -> statements.add(statement.toString()));
    return statements;
  }

  private static void assertKept(List<String> before, List<String> after) {
    assertFalse(before.isEmpty());
    assertTrue(after.containsAll(before), () -> before + " not all in " + after);
    assertTrue(after.size() > before.size());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
