package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.main.testing.Shell;
import payments.dr.main.testing.StandIns;

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
        "ci/plan",
        "ci/apply",
        "ci/drift",
        "ci/environments",
        "ci/output",
        "ci/status",
        "ci/summary",
        "ci/verdict",
        "export");
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
    project.program("dr", "echo \"reviewed $*\"; exit ${REVIEW_STATUS:-0}\n");
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
    assertEquals("{\"shown\": true}\n", Files.readString(plans.resolve("plan.json")));
    assertTrue(Files.exists(plans.resolve("plan.bin")));
    assertEquals(head(), Files.readString(plans.resolve("commit")));
    assertEquals("locked\n", Files.readString(plans.resolve("terraform.lock.hcl")));
    assertTrue(project.calls().contains("-lock-timeout=10m"), project.calls());
  }

  @Test
  void plan_that_fails_leaves_no_review_of_an_earlier_one() throws IOException {
    shell.sh(LIMIT, "scripts/ci/plan prod").expect(0);

    shell.with("PLAN_STATUS", "1").sh(LIMIT, "scripts/ci/plan prod").expect(1);

    assertFalse(Files.exists(plans.resolve("review.md")));
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
  void environments_are_those_whose_state_is_not_on_a_disk() throws IOException {
    project.stack("payments-dr-dev", "{\"s3\": {}}");
    project.stack("payments-dr-local", "{\"local\": {}}");
    Files.createDirectories(folder.resolve("cdktf.out/stacks/state-prod"));
    Files.writeString(
        folder.resolve("cdktf.out/stacks/payments-dr-prod/cdk.tf.json"),
        "{\"terraform\": {\"cloud\": {}}}");

    assertEquals(
        "[\"dev\",\"prod\"]\n", shell.sh(LIMIT, "scripts/ci/environments").expect(0).out());
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

  private String head() {
    return shell.sh(LIMIT, "git rev-parse HEAD").expect(0).out();
  }
}
