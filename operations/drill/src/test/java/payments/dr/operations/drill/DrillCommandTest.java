package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** What is refused before anything is asked of AWS, on copies of the environments' files. */
class DrillCommandTest {

  private static final String ROOT = "payments.dr.root";
  private static final String LOCAL = "main/environments/local.yaml";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path root;
  private String rootBefore;

  @BeforeEach
  void copyEnvironments() throws IOException {
    rootBefore = System.setProperty(ROOT, root.toString());
    for (String file :
        List.of(
            "main/environments/prod.yaml",
            "main/accounts/prod.yaml",
            "main/environments/dev.yaml",
            "main/accounts/nonprod.yaml",
            LOCAL,
            "main/accounts/local.yaml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(ProjectCopy.PROJECT.resolve(file), root.resolve(file));
    }
  }

  @AfterEach
  void restoreRoot() {
    if (rootBefore == null) {
      System.clearProperty(ROOT);
    } else {
      System.setProperty(ROOT, rootBefore);
    }
  }

  @ParameterizedTest
  @EnumSource(value = DrillScenario.class, names = "SWITCHOVER", mode = EnumSource.Mode.EXCLUDE)
  void nothing_is_broken_in_a_real_environment(DrillScenario scenario) {
    refused(
        "--scenario must be switchover for prod, got \"%s\"".formatted(scenario.word()),
        "prod",
        "--scenario",
        scenario.word());
  }

  @ParameterizedTest
  @EnumSource(
      value = DrillScenario.class,
      names = {"SWITCHOVER", "FRONT_DOOR"},
      mode = EnumSource.Mode.EXCLUDE)
  void where_no_data_is_protected_aws_breaks_the_fleet_alone(DrillScenario scenario) {
    refused(
        "--scenario must be switchover or front-door for dev, got \"%s\""
            .formatted(scenario.word()),
        "dev",
        "--scenario",
        scenario.word());
  }

  @Test
  void unknown_scenario_is_refused_with_the_known_ones() {
    refused(
        "--scenario must be one of region-lost, lagging, database-lost, front-door, killed-mid-promotion,"
            + " switchover, control-plane, gray, partition, checkers-wrong, got \"volcano\"",
        "local",
        "--scenario",
        "volcano");
  }

  @Test
  void rate_is_bounded() {
    refused("--rate must be 1 to 100, got 0", "local", "--rate", "0");
    refused("--rate must be 1 to 100, got 101", "local", "--rate", "101");
  }

  @Test
  void failover_without_a_controller_that_decides_is_refused() throws IOException {
    Path file = root.resolve(LOCAL);
    Files.writeString(file, Files.readString(file).replace("mode: auto", "mode: observe"));

    refused(
        "failover.mode in main/environments/local.yaml must be auto for region-lost, got observe",
        "local",
        "--scenario",
        "region-lost");
  }

  /** The help names what there is. */
  @ParameterizedTest
  @EnumSource(DrillScenario.class)
  void help_names_each_scenario(DrillScenario scenario) {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains(scenario.word()), out::toString);
  }

  @Test
  void script_that_plays_scenarios_knows_all_of_them() throws IOException {
    String script = Files.readString(ProjectCopy.PROJECT.resolve("scripts/drill"));
    Matcher list = Pattern.compile("^scenarios=\"([^\"]+)\"", Pattern.MULTILINE).matcher(script);
    assertTrue(list.find(), script);

    List<String> known = List.of(list.group(1).split("[\\s\\\\]+"));

    assertEquals(DrillScenario.values().length, known.size(), known::toString);
    known.forEach(DrillScenario::of);
    assertEquals(known.size(), Set.copyOf(known).size(), known::toString);
  }

  private void refused(String message, String... words) {
    assertEquals(1, run(words), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
    assertFalse(Files.exists(root.resolve("evidence")), "nothing was drilled");
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> command = new ArrayList<>(List.of("drill"));
    command.addAll(List.of(words));
    CommandLine line =
        SomeCommands.of(new DrillCommand((project, environment, writer, since) -> Set.of()));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(command.toArray(String[]::new));
  }
}
