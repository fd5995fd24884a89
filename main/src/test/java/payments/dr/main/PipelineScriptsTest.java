package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.Shell;
import payments.dr.testing.StandIns;

/** The scripts of the pipelines, with stand-ins for Terraform and for the review. */
class PipelineScriptsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private StandIns project;
  private Path plans;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    project = new StandIns(folder);
    project.scripts(
        "with-aws",
        "terraform-config",
        "stack-folder",
        "ci/plan",
        "ci/plan-back",
        "ci/apply",
        "ci/changed",
        "ci/drift",
        "ci/environments",
        "ci/output",
        "ci/rehearse",
        "ci/status",
        "ci/summary",
        "ci/verdict",
        "export",
        "rehearse",
        "check-environment");
    project.stack("payments-dr-prod", "{\"s3\": {}}");
    project.program(
        "bin/terraform",
        """
        echo "$@" >> "$CALLS"
        for word in "$@"; do
          case $word in
            -chdir=*) stack=${word#-chdir=} ;;
            init) echo locked > "$stack/.terraform.lock.hcl" ;;
            -out=*) echo plan > "${word#-out=}" ;;
            show) echo '{"shown": true}' ;;
            plan) status=${PLAN_STATUS:-0} ;;
          esac
        done
        exit ${status:-0}
        """);
    project.program(
        "dr",
        """
        echo "reviewed $*"
        while [ $# -gt 0 ]; do
          [ "$1" != --json ] || echo '{"whole": true}' > "$2"
          shift
        done
        exit ${REVIEW_STATUS:-0}
        """);
    plans = folder.resolve("target/plans/prod");
    shell = project.shell();
    shell
        .sh(
            LIMIT,
            "git init -q . && git -c user.name=t -c user.email=t@t commit -q --allow-empty -m one")
        .expect(0);
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "3"})
  void plan_ends_as_its_review_and_leaves_everything(int review) throws IOException {
    Shell.Result result =
        shell.with("REVIEW_STATUS", "" + review).sh(LIMIT, "scripts/ci/plan prod").expect(review);

    assertTrue(result.out().startsWith("reviewed review --stack"), result.out());
    assertEquals(result.out(), Files.readString(plans.resolve("review.md")));
    assertEquals("{\"whole\": true}\n", Files.readString(plans.resolve("review.json")));
    assertEquals("{\"shown\": true}\n", Files.readString(plans.resolve("plan.json")));
    assertTrue(Files.exists(plans.resolve("plan.bin")));
    assertEquals(head(), Files.readString(plans.resolve("commit")));
    assertEquals("locked\n", Files.readString(plans.resolve("terraform.lock.hcl")));
    assertTrue(project.calls().contains("-lock-timeout=10m"), project.calls());
  }

  /** A role that may only read the state can neither lock it nor ask about resources. */
  @Test
  void plan_from_the_state_asks_about_no_resource_and_takes_no_lock() throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan --from-state prod").expect(0);

    String plan =
        project.calls().lines().filter(line -> line.contains(" plan ")).findFirst().orElseThrow();
    assertTrue(plan.contains(" -refresh=false -lock=false "), plan);
    assertFalse(plan.contains("-lock-timeout"), plan);
  }

  @Test
  void changed_are_environments_with_something_to_apply() throws IOException {
    write("planned/plan-prod/plan.json", "{\"applyable\": true}");
    write("planned/plan-dev/plan.json", "{\"applyable\": false}");
    write("planned/plan-eu-west/plan.json", "{\"applyable\": true}");
    write("planned/notes/plan.json", "{\"applyable\": true}");

    assertEquals(
        "[\"eu-west\",\"prod\"]\n",
        shell
            .sh(LIMIT, "scripts/ci/changed planned '[\"prod\",\"dev\",\"eu-west\"]'")
            .expect(0)
            .out());
  }

  @Test
  void a_plan_that_does_not_say_whether_it_changes_something_is_not_passed_over()
      throws IOException {
    write("planned/plan-prod/plan.json", "{}");

    String said = shell.sh(LIMIT, "scripts/ci/changed planned '[\"prod\"]'").expect(1).err();

    assertTrue(
        said.contains("plan-prod/plan.json: applyable must be true or false, got undefined"), said);
  }

  /** As when it has expired before a failed job is run again. */
  @Test
  void a_plan_that_is_not_there_is_not_passed_over() throws IOException {
    write("planned/plan-prod/plan.json", "{\"applyable\": true}");

    String said =
        shell.sh(LIMIT, "scripts/ci/changed planned '[\"dev\",\"prod\"]'").expect(1).err();

    assertTrue(said.contains("'planned/plan-dev/plan.json'"), said);
  }

  @Test
  void plan_that_fails_leaves_no_review_of_an_earlier_one() throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);

    shell.with("PLAN_STATUS", "1").sh(LIMIT, "scripts/ci/plan prod").expect(1);

    assertFalse(Files.exists(plans.resolve("review.md")));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "mine", "target/plans/dev", "mine/notes.txt"})
  void plan_touches_no_folder_of_somebody_else(String other) throws IOException {
    stack("dev", "{\"s3\": {}}");
    shell.sh(LIMIT, "scripts/ci/plan dev").expect(0);
    write("mine/notes.txt", "keep");
    write("mine/review.md", "keep");
    Map<Path, String> before = files();

    String said = shell.sh(LIMIT, "scripts/ci/plan prod " + other).expect(1).err();

    assertEquals(
        "plan: folder must be new, empty or an earlier plan of payments-dr-prod, got \""
            + other
            + "\"\n",
        said);
    assertEquals(before, files());
  }

  @Test
  void plan_replaces_only_what_it_wrote() throws IOException {
    Files.createDirectories(folder.resolve("plans"));
    shell.sh(LIMIT, "scripts/ci/plan prod plans").expect(0);
    write("plans/notes.txt", "keep");

    shell.sh(LIMIT, "scripts/ci/plan prod plans").expect(0);

    try (Stream<Path> left = Files.list(folder.resolve("plans"))) {
      assertEquals(
          Set.of(
              "stack",
              "plan.bin",
              "plan.json",
              "commit",
              "terraform.lock.hcl",
              "review.md",
              "review.json",
              "notes.txt"),
          left.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  /** Each becomes part of a path; the second leads back to a stack that is there. */
  @ParameterizedTest
  @CsvSource({
    "scripts/ci/plan, ../../mine",
    "scripts/ci/plan, dev/../payments-dr-prod",
    "scripts/ci/plan, prdo",
    "scripts/ci/plan, ''",
    "scripts/ci/plan, *",
    "scripts/ci/apply, ../../mine",
    "scripts/ci/apply, dev/../payments-dr-prod",
    "scripts/ci/drift, ../../mine",
    "scripts/ci/drift, dev/../payments-dr-prod",
    "scripts/export, ../../mine",
    "scripts/export, dev/../payments-dr-prod"
  })
  void environment_without_a_stack_is_refused_before_anything_is_touched(
      String script, String environment) throws IOException {
    stack("dev", "{\"s3\": {}}");
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);
    write("mine/notes.txt", "keep");
    write("cdktf.out/mine/cdk.tf.json", "{\"terraform\": {\"backend\": {\"s3\": {}}}}");
    Map<Path, String> before = files();

    String said =
        shell.sh(LIMIT, script + " '" + environment + "' target/plans/prod").expect(1).err();

    assertEquals(
        "environment must be one of dev, prod (their stacks are in cdktf.out/stacks), got \""
            + environment
            + "\"\n",
        said);
    assertEquals(before, files());
  }

  @Test
  void nothing_is_planned_before_it_is_synthesized() throws IOException {
    Files.delete(folder.resolve("cdktf.out/stacks/payments-dr-prod/cdk.tf.json"));

    assertEquals(
        "environment must have a stack in cdktf.out/stacks, which holds none (run `make synth`"
            + " first), got \"prod\"\n",
        shell.sh(LIMIT, "scripts/ci/plan prod").expect(1).err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../../mine | v1 | environment must be one of dev, prod (the files in main/environments),"
            + " got \"../../../mine\"",
        "'' | v1 | environment must be one of dev, prod (the files in main/environments), got \"\"",
        "prod | v1/;w mine.yaml | generation must be one such as v1, got \"v1/;w mine.yaml\"",
        "prod | '' | generation must be one such as v1, got \"\""
      })
  void way_back_writes_nothing_outside_its_folder(
      String environment, String generation, String message) throws IOException {
    for (String file :
        List.of("environments/dev", "environments/prod", "accounts/prod", "measurements/prod")) {
      write("main/" + file + ".yaml", "active: v2\n");
    }
    write("mine.yaml", "keep");
    Map<Path, String> before = files();

    String said =
        shell
            .sh(LIMIT, "scripts/ci/plan-back '" + environment + "' '" + generation + "'")
            .expect(1)
            .err();

    assertEquals("plan-back: " + message + "\n", said);
    assertEquals(before, files());
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void saved_plan_is_applied_and_no_other(int review) throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);

    shell.with("REVIEW_STATUS", "" + review).sh(LIMIT, "scripts/ci/apply prod").expect(0);

    assertTrue(
        project.calls().contains("init -input=false -no-color -lockfile=readonly"),
        project.calls());
    assertTrue(
        project
            .calls()
            .strip()
            .endsWith("-lock-timeout=10m " + plans.toRealPath().resolve("plan.bin")),
        project.calls());
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void refused_plan_is_not_applied(int review) throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);

    String said =
        shell.with("REVIEW_STATUS", "" + review).sh(LIMIT, "scripts/ci/apply prod").expect(1).err();

    assertTrue(said.contains("must not refuse the plan, got exit code " + review), said);
    assertFalse(project.calls().contains(" apply "), project.calls());
  }

  @Test
  void plan_of_another_commit_is_not_applied() throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);
    String planned = head().strip();
    shell
        .sh(LIMIT, "git -c user.name=t -c user.email=t@t commit -q --allow-empty -m two")
        .expect(0);

    String said = shell.sh(LIMIT, "scripts/ci/apply prod").expect(1).err();

    assertTrue(said.contains("got one of " + planned + "; plan again"), said);
    assertFalse(project.calls().contains(" apply "), project.calls());
  }

  @Test
  void plan_of_another_environment_is_not_applied() throws IOException {
    stack("dev", "{\"s3\": {}}");
    shell.sh(LIMIT, "scripts/ci/plan dev").expect(0);

    String said = shell.sh(LIMIT, "scripts/ci/apply prod target/plans/dev").expect(1).err();

    assertEquals("apply: plan must be of payments-dr-prod, got one of payments-dr-dev\n", said);
    assertFalse(project.calls().contains(" apply "), project.calls());
  }

  @Test
  void nothing_is_applied_without_a_plan() {
    String said = shell.sh(LIMIT, "scripts/ci/apply prod").expect(1).err();

    assertTrue(said.contains("must hold plan.bin, as scripts/ci/plan leaves it"), said);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "2, 2, true", "1, 1, false"})
  void drift_ends_as_the_plan_and_shows_its_review(int plan, int status, boolean shown) {
    Shell.Result result =
        shell
            .with("PLAN_STATUS", "" + plan)
            .with("REVIEW_STATUS", "3")
            .sh(LIMIT, "scripts/ci/drift prod")
            .expect(status);

    assertEquals(shown, result.out().contains("reviewed"), result.out());
  }

  @Test
  void environments_are_those_whose_state_is_in_s3_and_that_no_rehearsal_removes()
      throws IOException {
    project.stack("payments-dr-rehearsal", "{\"s3\": {}}");
    write("main/environments/rehearsal.yaml", "account: nonprod\nrehearsal: {maxHours: 8}\n");
    write("main/environments/dev.yaml", "account: nonprod # not a rehearsal:\n");
    project.stack("payments-dr-dev", "{\"s3\": {}}");
    project.stack("payments-dr-local", "{\"local\": {}}");
    Files.createDirectories(folder.resolve("cdktf.out/stacks/state-prod"));
    project.stack("payments-dr-hosted", "{\"s3\": {}}");
    Files.writeString(
        folder.resolve("cdktf.out/stacks/payments-dr-hosted/cdk.tf.json"),
        "{\"terraform\": {\"cloud\": {}}}");

    assertEquals(
        "[\"dev\",\"prod\"]\n", shell.sh(LIMIT, "scripts/ci/environments").expect(0).out());
  }

  /** It is a stack of its own, so that no plan of the environment needs the third Region. */
  @Test
  void witness_is_planned_applied_and_exported_by_its_own_name() throws IOException {
    project.stack("witness-prod", "{\"s3\": {}}");

    shell.sh(LIMIT, "scripts/ci/plan witness-prod").expect(0);
    shell.sh(LIMIT, "scripts/ci/apply witness-prod").expect(0);
    shell.sh(LIMIT, "scripts/ci/drift witness-prod").expect(0);
    shell.sh(LIMIT, "scripts/export witness-prod out").expect(0);

    assertEquals(
        "witness-prod\n", Files.readString(folder.resolve("target/plans/witness-prod/stack")));
    assertEquals("witness-prod\n", Files.readString(folder.resolve("out/.exported-stack")));
    assertFalse(project.calls().contains("payments-dr-prod"), project.calls());
    String said = shell.sh(LIMIT, "scripts/ci/plan witness-dev").expect(1).err();
    assertTrue(said.startsWith("environment must be one of prod, witness-prod"), said);
    assertEquals("[\"prod\"]\n", shell.sh(LIMIT, "scripts/ci/environments").expect(0).out());
  }

  /** A person who starts the workflow has consented; the command asks all the same. */
  @Test
  void rehearsal_of_a_pipeline_types_the_name_of_the_environment() throws IOException {
    write("main/environments/rehearsal.yaml", "account: nonprod\n");
    project.program("dr", "read -r typed; echo \"$* by $typed\"\n");

    assertEquals(
        "rehearse rehearsal --clean by rehearsal\n",
        shell.sh(LIMIT, "scripts/ci/rehearse rehearsal --clean").expect(0).out());
    String refusal = shell.sh(LIMIT, "scripts/ci/rehearse 'a; b'").expect(1).err();
    assertTrue(refusal.contains("got \"a; b\""), refusal);
  }

  @Test
  void a_local_aws_on_which_no_rehearsal_began_is_neither_used_nor_destroyed() throws IOException {
    project.program("scripts/check-tools", "");
    project.program("emulator/local-aws", "echo http://127.0.0.1:1\n");
    project.program("scripts/with-data-plane", "echo \"runs $*\"\n");

    String refusal = shell.sh(LIMIT, "scripts/rehearse local").expect(1).err();
    String cleaned = shell.sh(LIMIT, "scripts/rehearse local --clean").expect(0).out();
    write(".rehearsal/local/journal", "2026-01-01T00:00:00Z began\n");
    String goesOn = shell.sh(LIMIT, "scripts/rehearse local").expect(0).out();

    assertTrue(refusal.contains("make destroy ends it"), refusal);
    assertEquals("runs scripts/with-aws local ./dr rehearse local --clean\n", cleaned);
    assertEquals("runs scripts/with-aws local ./dr rehearse local\n", goesOn);
  }

  @Test
  void finished_steps_are_forgotten_with_the_local_aws_that_is_gone_not_with_one_that_is_busy()
      throws IOException {
    project.program("scripts/check-tools", "");
    project.program("scripts/with-data-plane", "");
    String journal = "test -e .rehearsal/local/journal";
    write(".rehearsal/local/journal", "2026-01-01T00:00:00Z began\n");

    project.program("emulator/local-aws", "echo 'local-aws: no answer' >&2\nexit 1\n");
    shell.sh(LIMIT, "scripts/rehearse local && " + journal).expect(0);
    project.program(
        "emulator/local-aws", "[ $1 != status ] || echo stopped\necho 'not running' >&2\nexit 1\n");
    shell.sh(LIMIT, "scripts/rehearse local && " + journal).expect(1);
  }

  @Test
  void steps_pass_values_on_by_files() throws IOException {
    Shell github =
        shell
            .with("GITHUB_OUTPUT", folder.resolve("output").toString())
            .with("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    Files.writeString(folder.resolve("review.md"), "# Plan\n");

    github.sh(LIMIT, "scripts/ci/output status scripts/ci/status sh -c 'exit 3'").expect(0);
    github.sh(LIMIT, "scripts/ci/summary review.md").expect(0);
    github.sh(LIMIT, "scripts/ci/summary missing.md").expect(1);

    assertEquals("status=3\n", Files.readString(folder.resolve("output")));
    assertEquals("# Plan\n", Files.readString(folder.resolve("summary")));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 0", "3, 3", "4, 1"})
  void verdict_stops_what_is_refused_or_failed(String review, int status) {
    shell.sh(LIMIT, "scripts/ci/verdict " + review).expect(status);
  }

  @Test
  void export_overwrites_nothing_but_an_earlier_one() throws IOException {
    Files.createDirectories(folder.resolve("mine"));
    Files.writeString(folder.resolve("mine/notes.txt"), "keep");
    project.stack("payments-dr-local", "{\"local\": {}}");

    String said = shell.sh(LIMIT, "scripts/export prod mine").expect(1).err();
    String local = shell.sh(LIMIT, "scripts/export local out").expect(1).err();
    shell.sh(LIMIT, "scripts/export prod out").expect(0);
    shell.sh(LIMIT, "scripts/export prod out").expect(0);

    assertEquals(
        "export: folder must be new, empty or an earlier export of payments-dr-prod, got"
            + " \"mine\"\n",
        said);
    assertEquals(
        "export: main/environments/local.yaml: state.kind must be s3 or terraform-cloud, got"
            + " local\n",
        local);
  }

  private void stack(String environment, String backend) throws IOException {
    project.stack("payments-dr-" + environment, backend);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** What the scripts could have changed, with its content. */
  private Map<Path, String> files() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(folder.resolve(".git"))) {
          files.put(folder.relativize(file), Files.readString(file));
        }
      }
    }
    return files;
  }

  private String head() {
    return shell.sh(LIMIT, "git rev-parse HEAD").expect(0).out();
  }
}
