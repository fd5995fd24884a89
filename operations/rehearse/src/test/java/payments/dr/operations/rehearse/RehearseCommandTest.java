package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** What is refused, and what is told before anybody consents, on copies of environments' files. */
class RehearseCommandTest {

  private static final String FILE = "main/environments/rehearsal.yaml";

  private final Steps steps = new Steps();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final InputStream stdin = System.in;

  @TempDir Path root;

  @BeforeEach
  void copyFiles() throws IOException {
    for (String file :
        List.of(
            Prices.FILE,
            "main/environments/staging.yaml",
            "main/environments/dev.yaml",
            "main/environments/local.yaml",
            "main/accounts/local.yaml",
            "main/accounts/nonprod.yaml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(ProjectCopy.PROJECT.resolve(file), root.resolve(file));
    }
    Files.writeString(root.resolve(FILE), exampleOfPage());
  }

  @AfterEach
  void restoreInput() {
    System.setIn(stdin);
  }

  @Test
  void protected_data_is_refused() {
    refused(
        "protectData in main/environments/staging.yaml must be false for a rehearsal, which ends with a destroy, got true",
        "staging");
  }

  @Test
  void an_environment_without_a_bound_is_refused() {
    refused(
        "rehearsal in main/environments/dev.yaml must bound what a rehearsal may spend, in maxDollars and maxHours, got none",
        "dev");
  }

  @Test
  void half_a_bound_is_refused() throws IOException {
    replace(", maxHours: 8", "");

    refused(FILE + ": rehearsal.maxHours is required", "rehearsal");
  }

  @Test
  void a_bound_that_its_hours_exceed_is_refused() throws IOException {
    replace("maxDollars: 20", "maxDollars: 15");

    refused(
        "rehearsal.maxDollars in main/environments/rehearsal.yaml must be at least 20, which 8 hours cost, got 15",
        "rehearsal");
  }

  @Test
  void fewer_hours_than_the_steps_may_take_are_refused() throws IOException {
    replace("maxHours: 8", "maxHours: 2");

    refused(
        "rehearsal.maxHours in main/environments/rehearsal.yaml must be at least 3, which the steps may take, got 2",
        "rehearsal");
  }

  @Test
  void what_has_no_price_is_refused() throws IOException {
    replace("network:", "compute: {instanceType: t3.small}\nnetwork:");

    refused(
        "main/prices.yaml must have a price at hourly instance t3.small, got none", "rehearsal");
  }

  @Test
  void price_and_time_are_told_before_consent_and_nothing_happens_without() {
    typed("staging\n");

    assertEquals(1, run("rehearsal"), err::toString);

    String said = out.toString();
    assertTrue(said.contains("Rehearses rehearsal, a throw-away environment:"), said);
    assertTrue(said.contains("deploy         30 min  does deploy"), said);
    assertTrue(
        said.contains(
            "2.41 dollars an hour on AWS by list prices of 2025-12-31, also while nobody goes on; all steps 3.0 hours and 7.24 dollars at most."),
        said);
    assertTrue(said.contains("8 hours, 20 dollars"), said);
    assertTrue(err.toString().contains("confirmation must be \"rehearsal\""), err.toString());
    assertEquals(List.of(), steps.ran);
  }

  @Test
  void bound_of_the_pages_example_is_enough_for_all_steps_on_aws() {
    typed("\n");

    assertEquals(1, run(AwsLife::of, "rehearsal"), err::toString);

    assertTrue(out.toString().contains("unstate"), out.toString());
    assertTrue(err.toString().contains("confirmation must be \"rehearsal\""), err.toString());
  }

  @Test
  void consent_is_the_name_of_the_environment() {
    typed("rehearsal\n");

    assertEquals(0, run("rehearsal"), err::toString);

    assertEquals(Steps.NAMES, steps.ran);
  }

  @Test
  void cleaning_up_asks_too_and_does_nothing_else() {
    typed("\n");
    assertEquals(1, run("rehearsal", "--clean"));
    assertEquals(List.of(), steps.ran);
    assertTrue(out.toString().contains("all steps 1.0 hours"), out.toString());

    typed("rehearsal\n");
    assertEquals(0, run("rehearsal", "--clean"), err::toString);

    assertEquals(List.of("home", "destroy"), steps.ran);
  }

  @Test
  void local_aws_costs_nothing_and_asks_nobody() {
    typed("");

    assertEquals(0, run("local"), err::toString);

    assertTrue(out.toString().contains("The local AWS costs nothing."), out.toString());
    assertEquals(Steps.NAMES, steps.ran);
  }

  /** The file of an environment on AWS, as the page shows it. */
  private static String exampleOfPage() throws IOException {
    String page = Files.readString(ProjectCopy.PROJECT.resolve("docs/operate/rehearsal.md"));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  private void refused(String message, String... words) {
    typed("rehearsal\n");
    assertEquals(1, run(words), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
    assertEquals(List.of(), steps.ran);
  }

  private void typed(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void replace(String part, String by) throws IOException {
    String text = Files.readString(root.resolve(FILE));
    assertTrue(text.contains(part), text);
    Files.writeString(root.resolve(FILE), text.replace(part, by));
  }

  private int run(String... words) {
    return run((project, environment, told) -> steps.steps(), words);
  }

  private int run(RehearseCommand.Life life, String... words) {
    CommandLine line = SomeCommands.of(new RehearseCommand(new Project(root), life, steps));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] command = new String[words.length + 1];
    command[0] = "rehearse";
    System.arraycopy(words, 0, command, 1, words.length);
    return line.execute(command);
  }
}
