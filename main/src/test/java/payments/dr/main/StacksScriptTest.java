package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.Shell;
import payments.dr.testing.StandIns;

/** {@code scripts/stacks}, with a stand-in for Terraform. */
class StacksScriptTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String DEPLOY =
      "scripts/stacks deploy --auto-approve prod account-prod payments-dr-prod";

  @TempDir Path folder;

  private StandIns project;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    project = new StandIns(folder);
    project.scripts("stacks", "with-aws", "terraform-config");
    project.stack("account-prod", "{\"s3\": {}}");
    project.stack("payments-dr-prod", "{\"s3\": {}}");
    // Notes what it does to which stack. Its command $WHEN sends $SIGNAL to everything in the
    // foreground, itself included, and takes a second to end in order.
    project.program(
        "bin/terraform",
        """
        stack=${1##*/}
        command=$2
        for word in "$@"; do
          case $word in
            -destroy) command="$command -destroy" ;;
            -out=*) echo "plan of $stack" > "${word#-out=}" ;;
            /*) command="$command $(cat "$word")" ;;
          esac
        done
        echo "$stack: $command" >> "$CALLS"
        if [ "$2" = "${WHEN:-}" ]; then
          trap : INT
          kill -"$SIGNAL" 0
          sleep 1
          echo "$stack: ended in order" >> "$CALLS"
          exit 1
        fi
        case "$2 $3" in
          plan*) exit "${PLAN_STATUS:-2}" ;;
          "show -json") echo "{}" ;;
          "output -json") echo "${OUTPUTS-{\\}}" ;;
          output*) echo "outputs of $stack" ;;
        esac
        """);
    project.program(
        "dr",
        """
        echo "review of ${3##*/}: refused"
        exit "${REVIEW_STATUS:-0}"
        """);
    shell = project.shell();
  }

  @Test
  void plan_of_each_stack_is_applied_before_the_next_is_made() throws IOException {
    shell.sh(LIMIT, DEPLOY).expect(0);

    assertEquals(
        """
        account-prod: init
        account-prod: plan
        account-prod: apply plan of account-prod
        payments-dr-prod: init
        payments-dr-prod: plan
        payments-dr-prod: apply plan of payments-dr-prod
        """,
        project.calls());
  }

  @Test
  void stacks_are_destroyed_from_the_last_to_the_first() throws IOException {
    shell
        .sh(LIMIT, "scripts/stacks destroy --auto-approve prod account-prod payments-dr-prod")
        .expect(0);

    assertEquals(
        """
        payments-dr-prod: init
        payments-dr-prod: plan -destroy
        payments-dr-prod: show plan of payments-dr-prod
        payments-dr-prod: apply plan of payments-dr-prod
        account-prod: init
        account-prod: plan -destroy
        account-prod: show plan of account-prod
        account-prod: apply plan of account-prod
        """,
        project.calls());
  }

  @Test
  void nothing_is_destroyed_that_aws_would_refuse_half_way() throws IOException {
    String said =
        shell
            .with("REVIEW_STATUS", "3")
            .sh(LIMIT, "scripts/stacks destroy --auto-approve prod account-prod payments-dr-prod")
            .expect(1)
            .err();

    assertTrue(said.contains("review of payments-dr-prod.json: refused"), said);
    assertTrue(said.contains("half-way, see above; payments-dr-prod is unchanged"), said);
    assertFalse(project.calls().contains("apply"), project.calls());
  }

  @Test
  void nothing_is_destroyed_whose_plan_could_not_be_reviewed() throws IOException {
    String said =
        shell
            .with("REVIEW_STATUS", "1")
            .sh(LIMIT, "scripts/stacks destroy --auto-approve prod payments-dr-prod")
            .expect(1)
            .err();

    assertTrue(said.contains("must be reviewed first, got status 1"), said);
    assertFalse(project.calls().contains("apply"), project.calls());
  }

  @Test
  void nobody_is_asked_when_there_is_nothing_to_change_and_outputs_are_printed()
      throws IOException {
    String said =
        shell
            .with("PLAN_STATUS", "0")
            .with("OUTPUTS", "{\"a\": 1}")
            .sh(LIMIT, onTerminal("scripts/stacks deploy prod payments-dr-prod"))
            .expect(0)
            .out();

    assertTrue(said.contains("outputs of payments-dr-prod"), said);
    assertFalse(said.contains("Do you want"), said);
    assertFalse(project.calls().contains("apply"), project.calls());
  }

  @Test
  void nothing_is_applied_when_a_plan_fails() throws IOException {
    shell.with("PLAN_STATUS", "1").sh(LIMIT, DEPLOY).expect(1);

    assertEquals("account-prod: init\naccount-prod: plan\n", project.calls());
  }

  @Test
  void a_person_approves_each_plan_on_a_terminal() throws IOException {
    String said =
        shell
            .sh(LIMIT, "echo yes | " + onTerminal("scripts/stacks destroy prod payments-dr-prod"))
            .expect(0)
            .out();

    assertTrue(said.contains("Do you want to destroy payments-dr-prod as planned above?"), said);
    assertTrue(project.calls().endsWith("apply plan of payments-dr-prod\n"), project.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "y", "YES", ""})
  void nothing_but_yes_approves(String answer) throws IOException {
    String said =
        shell
            .sh(
                LIMIT,
                "echo '%s' | %s"
                    .formatted(answer, onTerminal("scripts/stacks deploy prod payments-dr-prod")))
            .expect(1)
            .out();

    assertTrue(
        said.contains(
            "deploy: answer must be \"yes\", got \"%s\"; payments-dr-prod is unchanged"
                .formatted(answer)),
        said);
    assertFalse(project.calls().contains("apply"), project.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "destroy"})
  void without_a_terminal_nobody_can_approve(String action) throws IOException {
    String said =
        shell
            .sh(LIMIT, "echo yes | scripts/stacks " + action + " prod payments-dr-prod")
            .expect(1)
            .err();

    assertEquals(
        action
            + ": a person must approve on a terminal, got none; pipelines use scripts/ci/plan and"
            + " scripts/ci/apply\n",
        said);
    assertEquals("", project.calls());
  }

  /** The end of a terminal is a hangup. */
  @ParameterizedTest
  @CsvSource({"plan, INT", "apply, INT", "apply, HUP"})
  void interrupted_run_ends_after_terraform_and_leaves_the_next_stack_alone(
      String when, String signal) throws IOException {
    String said =
        shell
            .with("WHEN", when)
            .with("SIGNAL", signal)
            .sh(LIMIT, "env --default-signal=INT,HUP setsid --wait " + DEPLOY)
            .expect(130)
            .err();

    assertEquals("deploy: interrupted; run it again to go on\n", said);
    assertTrue(project.calls().endsWith("account-prod: ended in order\n"), project.calls());
  }

  @Test
  void saved_plans_do_not_stay() {
    shell
        .with("TMPDIR", folder.toString())
        .sh(LIMIT, "scripts/stacks deploy --auto-approve prod payments-dr-prod && ls -d tmp.*")
        .expect(2);
  }

  @Test
  void differences_are_only_planned_and_told_of_each_stack() throws IOException {
    String told =
        shell
            .with("PLAN_STATUS", "0")
            .sh(LIMIT, "scripts/stacks diff prod account-prod payments-dr-prod")
            .expect(0)
            .out();

    assertEquals("account-prod:\npayments-dr-prod:\n", told);
    assertEquals(
        "account-prod: init\naccount-prod: plan\npayments-dr-prod: init\npayments-dr-prod: plan\n",
        project.calls());
  }

  @Test
  void outputs_are_json_and_a_stack_without_any_is_not_deployed() {
    String outputs = "scripts/stacks output prod payments-dr-prod";

    assertEquals(
        "{\"a\": 1}\n", shell.with("OUTPUTS", "{\"a\": 1}").sh(LIMIT, outputs).expect(0).out());
    assertEquals(
        "output: payments-dr-prod is not deployed\n", shell.sh(LIMIT, outputs).expect(1).err());
  }

  @Test
  void stack_must_be_synthesized() {
    assertEquals(
        "diff: cdktf.out/stacks/payments-dr-dev/cdk.tf.json must exist: run make synth\n",
        shell.sh(LIMIT, "scripts/stacks diff dev payments-dr-dev").expect(1).err());
  }

  private static String onTerminal(String command) {
    return "script --quiet --return --command '" + command + "' /dev/null";
  }
}
