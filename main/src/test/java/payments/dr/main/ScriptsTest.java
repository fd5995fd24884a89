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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.main.testing.Shell;

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

  @Test
  void status_of_the_command_is_passed_on_and_no_mark_is_left() {
    local("scripts/with-aws --apply local sh -c 'exit 7'").expect(7);

    assertFalse(Files.exists(folder.resolve("applying")));
  }

  @Test
  void a_killed_apply_leaves_its_mark() throws IOException {
    local("scripts/with-aws --apply local sh -c 'kill -9 $PPID'");

    String mark = Files.readString(folder.resolve("applying")).strip();
    assertTrue(mark.matches("\\d+"), mark);
    assertTrue(ProcessHandle.of(Long.parseLong(mark)).isEmpty(), "process " + mark + " is gone");
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
