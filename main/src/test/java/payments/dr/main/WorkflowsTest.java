package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** The pipelines: what they may do, and that what they call is there. */
class WorkflowsTest {

  private static final Path GITHUB = ProjectCopy.PROJECT.resolve(".github");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern PINNED =
      Pattern.compile("([\\w-]+/[\\w-]+)@(\\p{XDigit}{40}) # v\\d+\\.\\d+\\.\\d+");

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<Path> all() throws IOException {
    return Stream.concat(workflows(), Stream.of(GITHUB.resolve("actions/tools/action.yml")));
  }

  @Test
  void there_is_one_for_each_occasion() throws IOException {
    assertEquals(
        List.of(
            "apply.yml",
            "drift.yml",
            "mutation.yml",
            "plan.yml",
            "rehearse.yml",
            "scan.yml",
            "test.yml"),
        workflows().map(file -> file.getFileName().toString()).toList());
  }

  /** A tag can be moved to other code; a commit cannot. */
  @ParameterizedTest
  @MethodSource("all")
  void actions_are_named_by_a_commit_with_its_version_or_are_our_own(Path file) throws IOException {
    List<String> wrong =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> line.matches("(- )?uses: .*"))
            .map(line -> line.replaceFirst("(- )?uses: ", ""))
            .filter(action -> !isOurs(action) && !PINNED.matcher(action).matches())
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static boolean isOurs(String action) {
    return action.startsWith("./")
        && Files.exists(ProjectCopy.PROJECT.resolve(action).resolve("action.yml"));
  }

  @Test
  void an_action_has_the_same_commit_everywhere() throws IOException {
    Map<String, Set<String>> commits = new TreeMap<>();
    for (Path file : all().toList()) {
      for (String line : Files.readAllLines(file)) {
        Matcher pinned = PINNED.matcher(line.strip().replaceFirst("(- )?uses: ", ""));
        if (pinned.matches()) {
          commits.computeIfAbsent(pinned.group(1), name -> new TreeSet<>()).add(pinned.group(2));
        }
      }
    }

    assertTrue(commits.size() > 5, commits::toString);
    commits.forEach((action, found) -> assertEquals(1, found.size(), action + " " + found));
  }

  /** Later steps could push with them. */
  @ParameterizedTest
  @MethodSource("workflows")
  void a_checkout_keeps_no_credentials(Path file) throws IOException {
    for (JsonNode step : steps(file)) {
      if (step.path("uses").asText().startsWith("actions/checkout@")) {
        assertFalse(step.at("/with/persist-credentials").asBoolean(true), file::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void every_job_has_a_time_limit(Path file) throws IOException {
    YAML.readTree(file.toFile())
        .path("jobs")
        .properties()
        .forEach(
            job -> assertTrue(job.getValue().path("timeout-minutes").asInt() > 0, job.getKey()));
  }

  /** What a build runs of other people's code has no credentials of AWS in its environment. */
  @ParameterizedTest
  @MethodSource("workflows")
  void a_job_builds_before_it_signs_in_and_never_after(Path file) throws IOException {
    for (JsonNode job : YAML.readTree(file.toFile()).path("jobs")) {
      boolean built = false;
      boolean signedIn = false;
      for (JsonNode step : job.path("steps")) {
        String run = step.path("run").asText();
        built |= run.equals("scripts/ci/build");
        if (step.path("uses").asText().startsWith("aws-actions/configure-aws-credentials@")) {
          assertTrue(built, file::toString);
          signedIn = true;
        }
        assertFalse(
            signedIn && (run.startsWith("make ") || run.equals("scripts/ci/build")),
            step::toString);
      }
    }
  }

  @Test
  void code_owners_own_what_is_there() throws IOException {
    List<String> owned =
        Files.readAllLines(GITHUB.resolve("CODEOWNERS")).stream()
            .filter(line -> line.startsWith("/"))
            .map(line -> line.split(" ")[0].substring(1))
            .toList();

    assertTrue(owned.contains("main/environments/"), owned::toString);
    owned.forEach(
        folder -> assertTrue(Files.isDirectory(ProjectCopy.PROJECT.resolve(folder)), folder));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nothing_may_be_written_unless_a_job_says_so(Path file) throws IOException {
    JsonNode workflow = YAML.readTree(file.toFile());

    assertEquals("{\"contents\":\"read\"}", workflow.path("permissions").toString());
    Set<String> written = new TreeSet<>();
    for (JsonNode job : workflow.path("jobs")) {
      job.path("permissions")
          .properties()
          .forEach(
              permission -> {
                if (permission.getValue().asText().equals("write")) {
                  written.add(permission.getKey());
                }
              });
    }
    assertTrue(
        Set.of("id-token", "issues", "pull-requests").containsAll(written), written::toString);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void forks_get_no_credentials_and_no_secret_is_used(Path file) throws IOException {
    String text = Files.readString(file);

    assertFalse(text.contains("pull_request_target"));
    assertFalse(text.contains("secrets."));
    JsonNode workflow = YAML.readTree(text);
    if (isOnPullRequest(workflow) && text.contains("configure-aws-credentials")) {
      assertEquals(
          "github.event.pull_request.head.repo.full_name == github.repository",
          workflow.at("/jobs/environments/if").asText());
      assertEquals("environments", workflow.at("/jobs/plan/needs").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void every_step_runs_one_command_that_is_there(Path file) throws IOException {
    String makefile = Files.readString(ProjectCopy.PROJECT.resolve("Makefile"));
    for (JsonNode step : steps(file)) {
      if (!step.has("run")) {
        continue;
      }
      String run = step.path("run").asText().strip();
      assertFalse(run.contains("\n") || run.contains("&&") || run.contains("|"), run);
      String[] words = run.split(" ");
      if (words[0].equals("make")) {
        assertTrue(makefile.contains("\n" + words[1] + ":"), run);
      } else {
        for (String word : words) {
          assertTrue(
              !word.startsWith("scripts/") || Files.isExecutable(ProjectCopy.PROJECT.resolve(word)),
              run);
        }
        assertTrue(words[0].startsWith("scripts/ci/"), run);
      }
    }
  }

  @Test
  void every_part_of_the_tests_has_a_job() throws IOException {
    JsonNode workflow = YAML.readTree(GITHUB.resolve("workflows/test.yml").toFile());
    List<String> parts =
        new Shell(ProjectCopy.PROJECT, Map.of())
            .sh(Duration.ofSeconds(30), "scripts/test --parts")
            .expect(0)
            .out()
            .lines()
            .toList();

    List<String> run = new ArrayList<>();
    workflow.at("/jobs/test/strategy/matrix/part").forEach(part -> run.add(part.asText()));

    assertEquals(parts, run);
  }

  /** Not in a pull request: a scanner is code of others, and learns new checks overnight. */
  @Test
  void scanners_see_prod_each_night_by_the_lists_of_exceptions_without_credentials()
      throws IOException {
    Path file = GITHUB.resolve("workflows/scan.yml");
    JsonNode workflow = YAML.readTree(file.toFile());
    Map<String, JsonNode> scanners = new TreeMap<>();
    for (JsonNode step : steps(file)) {
      scanners.put(step.path("uses").asText().replaceFirst("@.*", ""), step);
    }

    assertEquals(
        List.of("schedule", "workflow_dispatch"), names(workflow.path("on")), file.toString());
    assertFalse(workflow.toString().contains("id-token"));
    assertEquals(
        ".github/scanners/checkov.yaml",
        scanners.get("bridgecrewio/checkov-action").at("/with/config_file").asText());
    assertEquals(
        "cli",
        scanners.get("bridgecrewio/checkov-action").at("/with/output_format").asText(),
        "its log is read by people");
    assertEquals(
        ".github/scanners/trivy.yaml",
        scanners.get("aquasecurity/trivy-action").at("/with/trivyignores").asText());
    assertEquals("1", scanners.get("aquasecurity/trivy-action").at("/with/exit-code").asText());
    assertTrue(
        scanners.get("aquasecurity/trivy-action").path("if").asText().contains("always()"),
        "what one scanner finds hides nothing of the other");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void one_apply_at_a_time_in_each_environment_after_its_plan() throws IOException {
    JsonNode apply =
        YAML.readTree(GITHUB.resolve("workflows/apply.yml").toFile()).at("/jobs/apply");

    assertEquals("apply-${{ matrix.environment }}", apply.at("/concurrency/group").asText());
    assertFalse(apply.at("/concurrency/cancel-in-progress").asBoolean(true));
    assertEquals("${{ matrix.environment }}", apply.path("environment").asText());
    assertEquals("changed", apply.path("needs").asText());
  }

  /** A list of none fails a matrix: "Matrix vector does not contain any values". */
  @Test
  void a_list_of_no_environments_starts_no_job() throws IOException {
    Pattern list = Pattern.compile("\\$\\{\\{ fromJSON\\((.*)\\) }}");
    List<String> found = new ArrayList<>();
    for (Path file : workflows().toList()) {
      for (Map.Entry<String, JsonNode> job :
          YAML.readTree(file.toFile()).path("jobs").properties()) {
        Matcher names = list.matcher(job.getValue().at("/strategy/matrix/environment").asText());
        if (names.matches()) {
          found.add(file.getFileName() + " " + job.getKey());
          assertEquals(names.group(1) + " != '[]'", job.getValue().path("if").asText());
        }
      }
    }

    assertEquals(
        List.of("apply.yml plan", "apply.yml apply", "drift.yml drift", "plan.yml plan"), found);
  }

  /** Only a limit of their branches keeps a pull request out of a GitHub environment. */
  @ParameterizedTest
  @MethodSource("workflows")
  void every_github_environment_is_described_with_its_branches(Path file) throws IOException {
    String page = Files.readString(ProjectCopy.PROJECT.resolve("docs/deploy/pipelines.md"));
    for (JsonNode job : YAML.readTree(file.toFile()).path("jobs")) {
      if (job.has("environment")) {
        String name = job.path("environment").asText().replaceFirst("\\$\\{\\{.*}}", "<name>");
        String branches = name.endsWith("-pull-request") ? "any" : "main only";
        assertTrue(
            Pattern.compile("\n\\| `" + name + "` \\| `\\w+` \\| " + branches + " \\|")
                .matcher(page)
                .find(),
            name);
      }
    }
  }

  /** GitHub asks as soon as a job names an environment with reviewers, whatever its steps do. */
  @Test
  void an_empty_plan_asks_nobody() throws IOException {
    JsonNode jobs = YAML.readTree(GITHUB.resolve("workflows/apply.yml").toFile()).path("jobs");

    assertEquals("[\"environments\",\"plan\"]", jobs.at("/changed/needs").toString());
    assertFalse(jobs.path("changed").has("environment"));
    assertEquals("needs.changed.outputs.names != '[]'", jobs.at("/apply/if").asText());
    assertEquals(
        "${{ fromJSON(needs.changed.outputs.names) }}",
        jobs.at("/apply/strategy/matrix/environment").asText());
  }

  /** The author of a pull request decides what its jobs run, so they get a role of their own. */
  @ParameterizedTest
  @MethodSource("workflows")
  void code_of_a_pull_request_reads_the_state_and_nothing_else(Path file) throws IOException {
    JsonNode workflow = YAML.readTree(file.toFile());
    if (!isOnPullRequest(workflow)) {
      return;
    }
    for (JsonNode job : workflow.path("jobs")) {
      boolean signsIn = job.toString().contains("aws-actions/configure-aws-credentials@");
      assertEquals(
          signsIn ? "${{ matrix.environment }}-pull-request" : "",
          job.path("environment").asText());
      if (signsIn) {
        assertTrue(job.toString().contains("scripts/ci/plan --from-state "), job::toString);
      }
    }
  }

  @Test
  void a_rehearsal_starts_by_request_only_and_is_cleaned_up_whatever_happens() throws IOException {
    JsonNode workflow = YAML.readTree(GITHUB.resolve("workflows/rehearse.yml").toFile());

    assertEquals(
        "[workflow_dispatch]",
        workflow.path("on").properties().stream().map(Map.Entry::getKey).toList().toString());
    JsonNode job = workflow.at("/jobs/rehearse");
    assertFalse(job.at("/concurrency/cancel-in-progress").asBoolean(true));
    List<String> always = new ArrayList<>();
    job.path("steps")
        .forEach(
            step -> {
              if (step.path("if").asText().equals("always()")) {
                always.add(step.path("run").asText());
              }
            });
    assertTrue(
        always.contains("scripts/ci/rehearse ${{ inputs.environment }} --clean"), always::toString);
  }

  @ParameterizedTest
  @MethodSource("all")
  void purpose_stands_on_top(Path file) throws IOException {
    assertTrue(Files.readString(file).startsWith("# "), file.toString());
  }

  /** However it is written: as a word, in a list or as a key. */
  private static boolean isOnPullRequest(JsonNode workflow) {
    JsonNode on = workflow.path("on");
    assertFalse(on.isMissingNode(), "a workflow must say when it runs");
    return on.toString().contains("pull_request");
  }

  private static List<JsonNode> steps(Path file) throws IOException {
    JsonNode document = YAML.readTree(file.toFile());
    List<JsonNode> steps = new ArrayList<>();
    document.at("/runs/steps").forEach(steps::add);
    document.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
    assertFalse(steps.isEmpty(), file + " has no steps");
    return steps;
  }
}
