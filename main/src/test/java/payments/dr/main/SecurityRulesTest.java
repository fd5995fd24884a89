package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Rule;
import payments.dr.compliance.Rules;
import payments.dr.compliance.StackKind;
import payments.dr.compliance.Violation;
import payments.dr.configuration.Configuration;

/** Every rule lets the real stacks pass, and finds what is seeded into them. */
class SecurityRulesTest {

  private static final StackKind KEPT = new StackKind(true, false, Optional.empty());

  /** All rules judge a whole stack for each fault, which takes a tenth of a second. */
  private static final Map<RuleMutant, Set<String>> FOUND = new HashMap<>();

  /** Rules as of an environment that keeps its data would refuse a throw-away one. */
  @ParameterizedTest
  @MethodSource("stacks")
  void every_stack_keeps_the_rules(String stack) {
    assertEquals(List.of(), violations(SynthesizedStacks.get(stack).json(), kind(stack)));
  }

  @ParameterizedTest
  @EnumSource(DatabaseState.class)
  void every_state_of_the_databases_keeps_the_rules(DatabaseState state) {
    assertEquals(List.of(), violations(state.synthesized().json(), state.kind()));
  }

  /** Nothing that production relies on is left out because of what kind of environment it is. */
  @Test
  void production_is_looked_through_by_every_rule() {
    Set<String> idle =
        Rules.ALL.stream()
            .filter(
                rule ->
                    Stream.of("payments-dr-prod", "state-prod", "account-prod")
                        .noneMatch(
                            stack ->
                                rule.subjects(resources(stack), kind(stack)).findAny().isPresent()))
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), idle);
  }

  static Stream<RuleMutant> mutants() {
    return RuleMutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void every_seeded_fault_is_found_by_its_rule(RuleMutant mutant) {
    Set<String> found = found(mutant);

    assertTrue(found.contains(mutant.rule()), () -> mutant + " is found by " + found + " only");
  }

  /** Two rules that find the same mutants would be one. */
  @Test
  void every_rule_finds_mutants_and_no_two_rules_the_same_ones() {
    Map<String, Set<String>> found = new TreeMap<>();
    Rules.ids().forEach(rule -> found.put(rule, new TreeSet<>()));
    RuleMutants.all()
        .forEach(mutant -> found(mutant).forEach(rule -> found.get(rule).add(mutant.toString())));

    assertEquals(
        Set.of(),
        found.entrySet().stream()
            .filter(it -> it.getValue().isEmpty())
            .collect(Collectors.toSet()));
    assertEquals(found.size(), new HashSet<>(found.values()).size(), found::toString);
    assertEquals(
        new TreeSet<>(Rules.ids()),
        RuleMutants.all().map(RuleMutant::rule).collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data': {'http': {'x': {'url': 'https://example.com'}}}}",
        "{'data': {'aws_lambda_invocation': {'x': {}}}}",
        "{'module': {'x': {'source': 'git::https://example.com/x'}}}",
        "{'resource': {'local_file': {'x': {'filename': '/tmp/x'}}}}"
      })
  void what_no_rule_can_see_into_is_refused(String stack) throws IOException {
    assertEquals(
        List.of("resource-type-unknown"),
        violations(new ObjectMapper().readTree(stack.replace('\'', '"')), KEPT).stream()
            .map(violation -> violation.rule().id())
            .toList());
  }

  /** Terraform's JSON may leave out the list around a block that is there once. */
  @Test
  void one_network_interface_is_one_however_it_is_written() throws IOException {
    JsonNode template =
        new ObjectMapper()
            .readTree(
                "{'resource': {'aws_launch_template': {'x': {'network_interfaces': {'associate_public_ip_address': 'false', 'device_index': 0}}}}}"
                    .replace('\'', '"'));

    assertFalse(
        violations(template, KEPT).stream()
            .anyMatch(found -> found.rule().id().equals("instance-in-several-networks")));
  }

  @Test
  void rules_have_an_id_each_and_say_what_they_are_for() {
    assertEquals(Rules.ALL.size(), new HashSet<>(Rules.ids()).size());
    for (Rule rule : Rules.ALL) {
      assertTrue(rule.id().matches("[a-z]+(-[a-z]+)+"), rule::id);
      for (String words :
          List.of(rule.title(), rule.why(), rule.fix(), rule.requirement().allowed())) {
        assertFalse(words.isBlank() || words.endsWith("."), () -> rule.id() + ": " + words);
      }
    }
  }

  @Test
  void a_violation_says_where_what_was_found_and_what_is_allowed() {
    JsonNode seeded =
        RuleMutant.set("backup-retention-short", "aws_rds_cluster.dr", "backup_retention_period", 1)
            .seeded();

    List<String> lines = violations(seeded, KEPT).stream().map(Violation::toString).toList();

    assertEquals(1, lines.size());
    assertTrue(
        lines
            .get(0)
            .matches(
                "aws_rds_cluster\\.dr_database-v2_\\w+ breaks security rule backup-retention-short \\(databases go back"
                    + " 14 days\\): got backup_retention_period is 1 \\(allowed:"
                    + " backup_retention_period 14 or more\\); keep backups for 14 days or more"),
        lines::toString);
  }

  /** The rules that find a fault. */
  private static Set<String> found(RuleMutant mutant) {
    return FOUND.computeIfAbsent(
        mutant,
        it ->
            violations(it.seeded(), KEPT).stream()
                .map(violation -> violation.rule().id())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  static Stream<String> stacks() {
    return SynthesizedStacks.texts().keySet().stream();
  }

  static StackKind kind(String stack) {
    Configuration all = Configuration.read(SynthesizedStacks.PROJECT, Optional.empty());
    return Stream.of(
            all.environments().stream()
                .filter(it -> it.stackName().equals(stack))
                .map(it -> it.stackKind()),
            all.accounts().stream()
                .filter(it -> it.stackName().equals(stack))
                .map(it -> it.stackKind()),
            all.witnesses().stream()
                .filter(it -> it.stackName().equals(stack))
                .map(it -> it.stackKind()),
            all.remoteStates().stream()
                .filter(it -> it.stackName().equals(stack))
                .map(it -> it.stackKind()))
        .flatMap(kinds -> kinds)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stack " + stack));
  }

  private static Resources resources(String stack) {
    return Resources.of(SynthesizedStacks.get(stack).json());
  }

  private static List<Violation> violations(JsonNode json, StackKind kind) {
    return Rules.violations(Resources.of(json), kind);
  }
}
