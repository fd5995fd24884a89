package payments.dr.main;

import static java.util.concurrent.TimeUnit.SECONDS;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** The shell scripts behind the Makefile, with stand-ins for what they call. */
class ScriptsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void every_missing_or_old_tool_is_named_with_both_versions() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : Set.of("sh", "sed", "sort", "head", "env")) {
      Files.createSymbolicLink(bin.resolve(tool), which(tool));
    }
    standIn(bin, "javac", "echo 'javac 11.0.2'");
    standIn(bin, "mvn", "echo 'Apache Maven 3.9.6'");
    standIn(bin, "terraform", "echo 'Terraform v1.5.7'");
    standIn(bin, "python3", "echo 'Python 3.11.7'");

    String said = project("PATH", bin.toString()).sh(LIMIT, "scripts/check-tools").expect(1).err();

    assertEquals(
        List.of(
            "Java (JDK): required 17 or newer, found 11.0.2; see https://adoptium.net",
            "Node.js: required 20 or newer, found none; see https://nodejs.org",
            "npm: required 9 or newer, found none; see https://nodejs.org",
            "Terraform: required 1.11 or newer, found 1.5.7; see"
                + " https://developer.hashicorp.com/terraform/install"),
        said.lines().toList());
  }

  @Test
  void this_machine_has_the_tools() {
    new Shell(SynthesizedStacks.PROJECT, Map.of()).sh(LIMIT, "scripts/check-tools").expect(0);
  }

  @Test
  void provider_mirror_is_named_to_terraform() throws IOException {
    Files.createDirectories(folder.resolve("mirror/registry.terraform.io/hashicorp/aws"));

    String path =
        project("TF_PLUGIN_MIRROR", folder.resolve("mirror").toString())
            .with("HOME", folder.toString())
            .with("TF_CLI_CONFIG_FILE", "")
            .sh(LIMIT, "scripts/terraform-config")
            .expect(0)
            .out()
            .strip();

    assertTrue(Files.readString(Path.of(path)).contains("\"" + folder.resolve("mirror") + "\""));
  }

  @Test
  void a_terraform_configuration_of_ones_own_is_left_alone() throws IOException {
    Path own = Files.writeString(folder.resolve("own.tfrc"), "");

    assertEquals(
        own.toString(),
        project("TF_CLI_CONFIG_FILE", own.toString())
            .sh(LIMIT, "scripts/terraform-config")
            .expect(0)
            .out()
            .strip());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void apply_that_ends_by_itself_leaves_no_mark_and_its_status(int status) {
    local("scripts/with-aws --apply local sh -c 'exit " + status + "'").expect(status);

    assertFalse(Files.exists(folder.resolve("applying")));
  }

  @Test
  void interrupted_apply_is_waited_for_and_leaves_no_mark() throws IOException {
    local(
            "env --default-signal=INT setsid --wait scripts/with-aws --apply local sh -c"
                + " 'trap : INT; kill -INT 0; sleep 1; touch $LOCAL_AWS_HOME/ended; exit 1'")
        .expect(1);

    assertTrue(Files.exists(folder.resolve("ended")));
    assertFalse(Files.exists(folder.resolve("applying")));
  }

  /** The process that ran it is killed with it, or survives and sees it killed or crashed. */
  @ParameterizedTest
  @ValueSource(strings = {"kill -9 $PPID", "kill -9 $$", "kill -9 $PPID $$", "exit 11"})
  void apply_that_is_killed_or_crashes_leaves_the_mark_of_a_dead_process(String end)
      throws IOException {
    local("scripts/with-aws --apply local sh -c '" + end + "'");

    String mark = Files.readString(folder.resolve("applying")).strip();
    assertTrue(mark.matches("\\d+"), mark);
    // The one that kills its parent ends a moment after it.
    ProcessHandle.of(Long.parseLong(mark))
        .ifPresent(it -> it.onExit().orTimeout(10, SECONDS).join());
  }

  @Test
  void unknown_environment_is_refused_before_anything_is_built() throws IOException {
    Shell clone = ProjectCopy.into(folder).shell();

    for (String target :
        List.of("deploy", "destroy", "diff", "output", "bootstrap", "review", "unlock")) {
      String said = clone.sh(LIMIT, "make " + target + " ENV=typo").expect(2).err();
      assertTrue(
          said.startsWith(
              "ENV must be one of dev, local, prod, staging (files in main/environments) or the"
                  + " value of ENVIRONMENT_SUFFIX, got \"typo\"\n"),
          said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootstrap", "diff", "review", "export", "deploy", "destroy"})
  void what_is_done_to_one_environment_synthesizes_it_alone(String target) {
    List<String> commands =
        new Shell(SynthesizedStacks.PROJECT, Map.of())
            .sh(LIMIT, "make --dry-run " + target + " ENV=prod")
            .expect(0)
            .out()
            .lines()
            .toList();

    assertTrue(commands.contains("scripts/synth prod"), commands::toString);
    assertFalse(commands.contains("scripts/synth"), commands::toString);
  }

  /** A line that fails ends the run: nothing is planned when the account is not ready. */
  @Test
  void deployment_outside_of_the_local_aws_asks_the_account_first() {
    assertEquals(
        List.of(
            "./dr doctor prod --before account-prod --before payments-dr-prod",
            "scripts/stacks deploy  prod account-prod payments-dr-prod"),
        lastTwo(
            "make --no-print-directory --dry-run deploy ENV=prod STACKS='account-prod payments-dr-prod'"));
    assertEquals(
        List.of("scripts/synth prod", "scripts/stacks deploy  prod payments-dr-prod"),
        lastTwo("make --no-print-directory --dry-run deploy ENV=prod DOCTOR="));
    assertEquals(
        List.of(
            "scripts/synth local",
            "scripts/stacks deploy --auto-approve local account-local payments-dr-local"),
        lastTwo("make --no-print-directory --dry-run deploy"));
  }

  /** Made before what leans on it, removed after; only what the last synthesis knows. */
  @Test
  void witness_is_deployed_before_its_environment_when_it_has_one() throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"stacks\": {\"payments-dr-prod\": {}, \"witness-prod\": {}, \"witness-local\": {}}}");

    assertEquals(
        List.of(
            "./dr doctor prod --before witness-prod --before payments-dr-prod",
            "scripts/stacks deploy  prod witness-prod payments-dr-prod"),
        lastTwo("make --no-print-directory --dry-run deploy ENV=prod"));
    assertEquals(
        "scripts/stacks destroy  prod witness-prod payments-dr-prod",
        lastTwo("make --no-print-directory --dry-run destroy ENV=prod").get(1));
    assertEquals(
        "scripts/stacks deploy --auto-approve local account-local witness-local payments-dr-local",
        lastTwo("make --no-print-directory --dry-run deploy").get(1));
    assertEquals(
        "scripts/stacks deploy  dev payments-dr-dev",
        lastTwo("make --no-print-directory --dry-run deploy ENV=dev").get(1));
    assertEquals(
        "scripts/stacks deploy  prod payments-dr-prod",
        lastTwo("make --no-print-directory --dry-run deploy ENV=prod STACKS=payments-dr-prod")
            .get(1));
  }

  /** What a deployment would change, and who holds it up, is told of the witness, too. */
  @Test
  void witness_is_looked_at_with_its_environment() throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"stacks\": {\"payments-dr-prod\": {}, \"witness-prod\": {}, \"payments-dr-dev\": {}}}");

    assertEquals(
        "scripts/stacks diff prod witness-prod payments-dr-prod",
        lastTwo("make --no-print-directory --dry-run diff ENV=prod").get(1));
    assertEquals(
        "scripts/stacks diff dev payments-dr-dev",
        lastTwo("make --no-print-directory --dry-run diff ENV=dev").get(1));
    assertEquals(
        "scripts/stacks diff prod payments-dr-prod",
        lastTwo("make --no-print-directory --dry-run diff ENV=prod STACKS=payments-dr-prod")
            .get(1));
    assertTrue(
        lastTwo("make --no-print-directory --dry-run review ENV=prod")
            .get(1)
            .contains(" for planned in witness-prod prod; "));
    assertTrue(
        lastTwo("make --no-print-directory --dry-run unlock ENV=prod")
            .get(1)
            .contains("for stack in witness-prod payments-dr-prod; "));
  }

  private List<String> lastTwo(String command) {
    List<String> lines =
        new Shell(SynthesizedStacks.PROJECT, Map.of("CDKTF_OUTDIR", folder.toString()))
            .sh(LIMIT, command)
            .expect(0)
            .out()
            .lines()
            .toList();
    return lines.subList(lines.size() - 2, lines.size());
  }

  @Test
  void throw_away_environment_is_known() {
    project("ENVIRONMENT_SUFFIX", "pr123")
        .sh(LIMIT, "scripts/check-environment pr123 deployed")
        .expect(0);
  }

  @Test
  void where_nothing_is_deployed_no_local_aws_is_started_to_say_so() throws IOException {
    Shell clone = ProjectCopy.into(folder).shell();

    for (String target : List.of("diff", "output")) {
      assertTrue(
          clone
              .sh(LIMIT, "make " + target)
              .expect(2)
              .err()
              .startsWith("local is not deployed, no local AWS runs: make deploy starts one\n"));
    }
    assertFalse(Files.exists(folder.resolve(".local-aws")));
  }

  @Test
  void other_environments_get_no_local_credentials() {
    String seen =
        project("AWS_ACCESS_KEY_ID", "mine")
            .sh(LIMIT, "scripts/with-aws prod sh -c 'echo $AWS_ACCESS_KEY_ID-$AWS_ENDPOINT_URL'")
            .expect(0)
            .out();

    assertEquals("mine-\n", seen);
  }

  @ParameterizedTest
  @CsvSource({
    "TF_LOG,DEBUG",
    "TF_LOG,trace",
    "TF_LOG,JSON",
    "TF_LOG,anything",
    "TF_LOG_CORE,TRACE",
    "TF_LOG_PROVIDER,DEBUG",
    "TF_LOG_PROVIDER_AWS,debug"
  })
  void log_that_would_hold_passwords_is_refused(String variable, String level) {
    Shell.Result refused =
        project(variable, level).sh(LIMIT, "scripts/with-aws prod echo ran").expect(1);

    assertEquals("", refused.out());
    assertEquals(
        "with-aws: %s must be INFO, WARN, ERROR or OFF, got \"%s\": it logs passwords; LOG_PASSWORDS=yes allows it\n"
            .formatted(variable, level),
        refused.err());
  }

  @ParameterizedTest
  @CsvSource({
    "prod,TF_LOG,INFO,",
    "prod,TF_LOG,off,",
    "prod,TF_LOG_PATH,DEBUG,",
    "prod,TF_LOG,DEBUG,yes",
  })
  void other_logs_are_written_and_those_that_somebody_answers_for(
      String environment, String variable, String level, String allowed) {
    String out =
        project(variable, level)
            .with("LOG_PASSWORDS", allowed == null ? "" : allowed)
            .sh(LIMIT, "scripts/with-aws " + environment + " echo ran")
            .expect(0)
            .out();

    assertEquals("ran\n", out);
  }

  @Test
  void local_aws_holds_no_password_worth_hiding() {
    project("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .with("TF_LOG", "DEBUG")
        .sh(LIMIT, "scripts/with-aws local echo ran")
        .expect(0);
  }

  /**
   * On a machine without tools: whatever comes after the names fails there, too, with its words.
   */
  @ParameterizedTest
  @ValueSource(strings = {"volcano", "''", "", "'region-lost lagging'", "gray all", "gray volcano"})
  void unknown_scenario_is_refused_before_anything_is_built(String scenarios) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : Set.of("sh", "sed", "sort", "head", "env", "dirname")) {
      Files.createSymbolicLink(bin.resolve(tool), which(tool));
    }

    String said =
        project("PATH", bin.toString()).sh(LIMIT, "scripts/drill " + scenarios).expect(1).err();

    assertTrue(said.startsWith("drill: SCENARIO must be \"all\" or one of region-lost "), said);
    assertEquals(1, said.lines().count(), said);
  }

  /** Against an endpoint that is given, so that nothing is started. */
  private Shell.Result local(String command) {
    return project("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .with("LOCAL_AWS_HOME", folder.toString())
        .sh(LIMIT, command);
  }

  private Shell project(String variable, String value) {
    return new Shell(SynthesizedStacks.PROJECT, Map.of(variable, value));
  }

  private static void standIn(Path bin, String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private static Path which(String tool) {
    return Path.of(
        new Shell(SynthesizedStacks.PROJECT, Map.of())
            .sh(LIMIT, "command -v " + tool)
            .expect(0)
            .out()
            .strip());
  }
}
