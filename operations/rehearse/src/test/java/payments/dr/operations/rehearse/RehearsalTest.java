package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.operations.console.CommandFailedException;

/** The order of steps, and how a rehearsal goes on after any end. */
class RehearsalTest {

  @TempDir Path folder;

  private final Steps steps = new Steps();
  private final StringWriter said = new StringWriter();

  static Stream<String> names() {
    return Steps.NAMES.stream();
  }

  @Test
  void all_steps_run_once_in_order_and_the_next_rehearsal_begins_anew() {
    rehearsal(8).run();
    rehearsal(8).run();

    assertEquals(Stream.concat(Steps.NAMES.stream(), Steps.NAMES.stream()).toList(), steps.ran);
  }

  @ParameterizedTest
  @MethodSource("names")
  void killed_in_any_step_it_goes_on_with_that_step(String name) {
    steps.killedIn(name);
    assertThrows(Steps.Killed.class, rehearsal(8)::run);
    steps.behaving().ran.clear();

    rehearsal(8).run();

    assertEquals(Steps.NAMES.subList(Steps.NAMES.indexOf(name), Steps.NAMES.size()), steps.ran);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_step_that_fails_ends_the_run_and_is_tried_again(String name) {
    steps.failingIn(name, new CommandFailedException("no"));
    assertThrows(CommandFailedException.class, rehearsal(8)::run);
    assertEquals(name, steps.ran.get(steps.ran.size() - 1));
    steps.behaving().ran.clear();

    rehearsal(8).run();

    assertEquals(name, steps.ran.get(0));
  }

  @ParameterizedTest
  @MethodSource("names")
  void killed_in_any_step_it_can_be_told_to_clean_up_only(String name) {
    steps.killedIn(name);
    assertThrows(Steps.Killed.class, rehearsal(8)::run);
    steps.behaving().ran.clear();

    rehearsal(8).clean();

    assertEquals(List.of("home", "destroy"), steps.ran);
    steps.ran.clear();
    rehearsal(8).run();
    assertEquals(Steps.NAMES, steps.ran);
  }

  @Test
  void cleaning_up_tries_every_step_whatever_fails() {
    steps.failingIn("home", new IllegalStateException("AWS is away"));

    CommandFailedException failed = assertThrows(CommandFailedException.class, rehearsal(8)::clean);

    assertEquals(List.of("home", "destroy"), steps.ran);
    assertTrue(failed.getMessage().contains("failed: home"), failed.getMessage());
    assertTrue(said.toString().contains("AWS is away"), said.toString());
  }

  @Test
  void a_clean_up_that_was_killed_leaves_no_step_finished() {
    steps.killedIn("answers");
    assertThrows(Steps.Killed.class, rehearsal(8)::run);
    steps.killedIn("destroy");
    assertThrows(Steps.Killed.class, rehearsal(8)::clean);
    steps.behaving().ran.clear();

    rehearsal(8).run();

    assertEquals(Steps.NAMES, steps.ran);
  }

  @Test
  void nothing_begins_that_could_end_after_the_hours_but_what_cleans_up() {
    CommandFailedException over = assertThrows(CommandFailedException.class, rehearsal(1)::run);

    assertEquals(List.of("deploy", "drill", "home", "destroy"), steps.ran);
    assertTrue(over.getMessage().contains("rehearsal.maxHours, 1"), over.getMessage());
    assertFalse(Files.exists(folder.resolve("journal")));
  }

  @Test
  void hours_pass_while_nobody_goes_on() {
    steps.killedIn("drill");
    assertThrows(Steps.Killed.class, rehearsal(8)::run);
    steps.behaving().ran.clear();
    steps.pass(Duration.ofHours(9));

    assertThrows(CommandFailedException.class, rehearsal(8)::run);

    assertEquals(List.of("home", "destroy"), steps.ran);
  }

  @Test
  void each_step_says_what_it_does_and_costs_and_how_to_stop() {
    rehearsal(8).run();

    assertTrue(
        said.toString()
            .contains(
                "== drill: does drill%n   up to 30 minutes, up to 1.00 dollars; Ctrl-C once stops it, the same command goes on, CLEAN=1 removes everything%n"
                    .formatted()),
        said.toString());
  }

  /** A power cut leaves half a line. */
  @Test
  void a_line_that_was_cut_off_counts_for_nothing() throws IOException {
    steps.killedIn("drill");
    assertThrows(Steps.Killed.class, rehearsal(8)::run);
    Path journal = folder.resolve("journal");
    Files.writeString(journal, Files.readString(journal) + "2026-01-01T01:00:00Z drill");
    steps.behaving().ran.clear();

    rehearsal(8).run();

    assertEquals("drill", steps.ran.get(0));
  }

  private Rehearsal rehearsal(int hours) {
    return new Rehearsal(
        steps.steps(),
        new Journal(folder.resolve("journal"), steps),
        Duration.ofHours(hours),
        2.0,
        steps,
        new PrintWriter(said, true));
  }
}
