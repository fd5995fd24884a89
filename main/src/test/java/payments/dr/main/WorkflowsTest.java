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
import java.util.TreeSet;
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
        List.of("apply.yml", "drift.yml", "mutation.yml", "plan.yml", "rehearse.yml", "test.yml"),
        workflows().map(file -> file.getFileName().toString()).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void actions_are_named_by_a_version_or_are_our_own(Path file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (JsonNode step : steps(file)) {
      String uses = step.path("uses").asText();
      boolean own =
          uses.startsWith("./")
              && Files.exists(ProjectCopy.PROJECT.resolve(uses).resolve("action.yml"));
      if (!uses.isEmpty() && !own && !uses.matches("[\\w-]+/[\\w-]+@v\\d+")) {
        wrong.add(uses);
      }
    }

    assertEquals(List.of(), wrong);
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
    assertTrue(Set.of("id-token", "pull-requests").containsAll(written), written::toString);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void forks_get_no_credentials_and_no_secret_is_used(Path file) throws IOException {
    String text = Files.readString(file);

    assertFalse(text.contains("pull_request_target"));
    assertFalse(text.contains("secrets."));
    JsonNode workflow = YAML.readTree(text);
    if (workflow.path("on").has("pull_request") && text.contains("configure-aws-credentials")) {
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

  @Test
  void one_apply_at_a_time_in_each_environment_after_its_plan() throws IOException {
    JsonNode apply =
        YAML.readTree(GITHUB.resolve("workflows/apply.yml").toFile()).at("/jobs/apply");

    assertEquals("apply-${{ matrix.environment }}", apply.at("/concurrency/group").asText());
    assertFalse(apply.at("/concurrency/cancel-in-progress").asBoolean(true));
    assertEquals("${{ matrix.environment }}", apply.path("environment").asText());
    assertEquals("[\"environments\",\"plan\"]", apply.path("needs").toString());
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

  private static List<JsonNode> steps(Path file) throws IOException {
    JsonNode document = YAML.readTree(file.toFile());
    List<JsonNode> steps = new ArrayList<>();
    document.at("/runs/steps").forEach(steps::add);
    document.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
    assertFalse(steps.isEmpty(), file + " has no steps");
    return steps;
  }
}
