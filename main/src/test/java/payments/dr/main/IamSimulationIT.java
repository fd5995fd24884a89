package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.main.iam.AttachedPolicy;
import payments.dr.main.iam.Call;
import payments.dr.main.iam.Grants;
import payments.dr.main.iam.ListedCalls;
import payments.dr.main.iam.ListedDecision;
import payments.dr.main.iam.LocalEvaluator;
import payments.dr.main.iam.LookAlikes;
import payments.dr.main.iam.Place;
import payments.dr.main.iam.Question;
import payments.dr.main.iam.Role;
import payments.dr.main.iam.Simulator;
import payments.dr.main.iam.Stage;

/**
 * What IAM says, according to a simulator, to the calls of {@code iam/calls.yaml}: whatever a role
 * needs is allowed, whatever it does not is refused, and nothing is granted that no call needs.
 */
class IamSimulationIT {

  private static final String ALLOWED = "Allowed";

  private static final ListedCalls LISTED = ListedCalls.read();

  private static final List<ListedDecision> DECISIONS = ListedDecision.read();

  /** What a question is about. */
  private enum About {
    NEEDED,
    DANGEROUS,
    OF_OTHERS,
    LOOKS_ALIKE,
    ADMITTED,
    REFUSED,
    LACKING,
    BOUNDLESS
  }

  private record Asked(String stack, About about, String text, Question question) {}

  private static final List<Asked> ASKED = new ArrayList<>();
  private static final Map<Question, String> ANSWERS = new LinkedHashMap<>();

  @BeforeAll
  static void ask() {
    stacks().forEach(IamSimulationIT::collect);
    List<Question> questions =
        Stream.concat(
                ASKED.stream().map(Asked::question),
                DECISIONS.stream().map(ListedDecision::question))
            .distinct()
            .toList();
    List<String> answers = Simulator.ask(questions);
    for (int i = 0; i < questions.size(); i++) {
      ANSWERS.put(questions.get(i), answers.get(i));
    }
  }

  static Stream<String> stacks() {
    return SynthesizedStacks.names()
        .filter(name -> !SynthesizedStacks.get(name).resources("aws_iam_role").isEmpty());
  }

  /** Those with several roles. */
  static Stream<String> environments() {
    return stacks().filter(name -> name.startsWith("payments-dr"));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void every_role_may_do_what_it_needs(String stack) {
    assertEquals(List.of(), answered(stack, About.NEEDED, false));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void no_role_may_do_what_is_dangerous(String stack) {
    assertEquals(List.of(), answered(stack, About.DANGEROUS, true));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void no_role_may_do_what_only_another_needs(String stack) {
    assertEquals(List.of(), answered(stack, About.OF_OTHERS, true));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void no_role_may_do_what_only_looks_like_its_work(String stack) {
    assertEquals(List.of(), answered(stack, About.LOOKS_ALIKE, true));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void resources_admit_whom_they_must(String stack) {
    assertEquals(List.of(), answered(stack, About.ADMITTED, false));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void resources_refuse_everybody_else(String stack) {
    assertEquals(List.of(), answered(stack, About.REFUSED, true));
  }

  /** So that a grant which is taken away is missed, and one that nothing needs is found. */
  @ParameterizedTest
  @MethodSource("stacks")
  void every_grant_is_needed(String stack) {
    Set<String> needless = new TreeSet<>();
    Stage stage = new Stage(stack, SynthesizedStacks.get(stack));
    for (Role role : stage.roles().values()) {
      Grants.lacking(role).forEach(lacking -> needless.add(lacking.taken()));
    }
    asked(stack, About.LACKING)
        .filter(asked -> !ANSWERS.get(asked.question()).equals(ALLOWED))
        .forEach(asked -> needless.remove(asked.text()));

    assertEquals(Set.of(), needless);
  }

  /** One that is given everything, in place of what it is granted. */
  @ParameterizedTest
  @MethodSource("stacks")
  void a_role_that_may_everything_is_found(String stack) {
    Set<String> found = new TreeSet<>();
    asked(stack, About.BOUNDLESS)
        .filter(asked -> ANSWERS.get(asked.question()).equals(ALLOWED))
        .forEach(asked -> found.add(asked.text()));

    assertEquals(new Stage(stack, SynthesizedStacks.get(stack)).roles().keySet(), found);
  }

  @Test
  void every_listed_role_is_in_a_stack() {
    Set<String> listed = new TreeSet<>();
    LISTED.roles().forEach(entry -> listed.add(entry.path("role").asText()));
    Set<String> unlisted = new TreeSet<>();
    stacks()
        .forEach(
            name -> {
              Stage stage = new Stage(name, SynthesizedStacks.get(name));
              for (Role role : stage.roles().values()) {
                JsonNode entry = LISTED.of(role, stage.place(role.alias()));
                listed.remove(entry.path("role").asText());
                if (entry.isMissingNode()) {
                  unlisted.add(role.name());
                }
              }
            });

    assertEquals(Set.of(), unlisted, "roles that calls.yaml does not list");
    assertEquals(Set.of(), listed, "roles of calls.yaml that no stack has");
  }

  @Test
  void listed_decisions_are_the_simulators() {
    List<String> wrong =
        DECISIONS.stream()
            .filter(it -> !ANSWERS.get(it.question()).equals(it.answer()))
            .map(it -> it + ": " + ANSWERS.get(it.question()))
            .toList();

    assertTrue(DECISIONS.size() > 300, "decisions.yaml must hold hundreds of decisions");
    assertEquals(List.of(), wrong);
  }

  /** Each question of this class, so that what roles may do on the local AWS is what IAM says. */
  @Test
  void the_local_aws_decides_as_the_simulator_does() {
    List<Question> questions = List.copyOf(ANSWERS.keySet());
    List<String> answers = LocalEvaluator.ask(questions);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      String simulated = ANSWERS.get(questions.get(i));
      if (!answers.get(i).equals(simulated)) {
        wrong.add(questions.get(i) + ": " + answers.get(i) + ", not " + simulated);
      }
    }

    assertEquals(questions.size(), answers.size());
    assertEquals(List.of(), wrong);
  }

  /** So that it asks for what AWS asks for: an action that exists, on resources that it takes. */
  @Test
  void the_local_aws_knows_actions_that_exist_and_all_resources_that_they_require() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode operations : LocalEvaluator.operations()) {
      for (JsonNode operation : operations) {
        String[] action = operation.path("action").asText().split(":");
        JsonNode published = Simulator.actions(action[0]).path(action[1].toLowerCase(Locale.ROOT));
        Set<String> kinds = new TreeSet<>(AttachedPolicy.texts(operation.path("kinds")));
        Set<String> known = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (JsonNode kind : published.path("resourceTypes")) {
          known.add(kind.path("name").asText());
          if (kind.path("required").asBoolean()) {
            required.add(kind.path("name").asText());
          }
        }
        if (published.isMissingNode()
            || !known.containsAll(kinds)
            || !kinds.containsAll(required)) {
          wrong.add(operation + ": IAM knows " + known + ", requires " + required);
        }
      }
    }

    assertEquals(List.of(), wrong);
  }

  private static void collect(String name) {
    Stage stage = new Stage(name, SynthesizedStacks.get(name));
    Map<Role, Set<Call>> needs = new LinkedHashMap<>();
    for (Role role : stage.roles().values()) {
      JsonNode entry = LISTED.of(role, stage.place(role.alias()));
      needs.put(
          role, Set.copyOf(ListedCalls.calls(entry.path("needs"), stage.place(role.alias()))));
    }
    needs.forEach((role, calls) -> collect(name, stage, role, needs));
    for (JsonNode entry : LISTED.guarded()) {
      if (name.matches(entry.path("in").asText() + ".*")) {
        About about = entry.path("allowed").asBoolean() ? About.ADMITTED : About.REFUSED;
        stage
            .guarded(entry)
            .forEach(question -> ASKED.add(new Asked(name, about, "" + question, question)));
      }
    }
  }

  private static void collect(String name, Stage stage, Role role, Map<Role, Set<Call>> needs) {
    Place place = stage.place(role.alias());
    JsonNode entry = LISTED.of(role, place);
    boolean inNetwork = entry.path("through").asText().equals("vpc");
    Set<Call> own = needs.get(role);
    BiConsumer<About, Call> ask =
        (about, call) ->
            ASKED.add(
                new Asked(
                    name, about, role.name() + ": " + call, stage.question(role, call, inNetwork)));
    own.forEach(call -> ask.accept(About.NEEDED, call));
    own.stream()
        .flatMap(call -> LookAlikes.of(call).stream())
        .filter(call -> !own.contains(call))
        .forEach(call -> ask.accept(About.LOOKS_ALIKE, call));
    List<Call> dangerous = new ArrayList<>(ListedCalls.calls(LISTED.dangerous(), place));
    dangerous.addAll(ListedCalls.calls(entry.path("never"), place));
    dangerous.forEach(call -> ask.accept(About.DANGEROUS, call));
    ASKED.add(
        new Asked(
            name,
            About.BOUNDLESS,
            role.name(),
            stage.question(role, promotion(dangerous), inNetwork).with(List.of(Stage.EVERYTHING))));
    others(role, needs).forEach(call -> ask.accept(About.OF_OTHERS, call));
    for (Grants lacking : Grants.lacking(role)) {
      own.stream()
          .filter(call -> call.action().equals(lacking.action()))
          .forEach(
              call ->
                  ASKED.add(
                      new Asked(
                          name,
                          About.LACKING,
                          lacking.taken(),
                          stage.ofOwnPolicies(role, call).with(lacking.policies()))));
    }
  }

  /** What makes a role more than it is, and no resource's own policy stands against. */
  private static Call promotion(List<Call> dangerous) {
    return dangerous.stream().filter(it -> it.action().equals("iam:PassRole")).findFirst().get();
  }

  /** One call for each action on each resource, but for keys, which have a list of their own. */
  private static Collection<Call> others(Role role, Map<Role, Set<Call>> needs) {
    Map<String, Call> calls = new TreeMap<>();
    needs.values().stream()
        .flatMap(Set::stream)
        .filter(call -> !needs.get(role).contains(call) && !call.action().startsWith("kms:"))
        .forEach(call -> calls.putIfAbsent(call.action() + call.resource(), call));
    return calls.values();
  }

  private static Stream<Asked> asked(String stack, About about) {
    List<Asked> found =
        ASKED.stream()
            .filter(asked -> asked.stack().equals(stack) && asked.about() == about)
            .toList();
    assertTrue(!found.isEmpty(), () -> "nothing was asked about " + about + " of " + stack);
    return found.stream();
  }

  /** What was answered otherwise than it should have been. */
  private static List<String> answered(String stack, About about, boolean allowed) {
    return asked(stack, about)
        .filter(
            asked -> {
              String answer = ANSWERS.get(asked.question());
              return allowed ? !answer.endsWith("Denied") : !answer.equals(ALLOWED);
            })
        .map(asked -> asked.text() + ": " + ANSWERS.get(asked.question()))
        .toList();
  }
}
