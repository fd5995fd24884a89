package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Health;
import payments.dr.operations.controller.ControllerView;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A watch ends by an interrupt only. */
class WatchTest {

  private static final String STEADY =
      "; v2 written in PRIMARY; EXTERNAL UP, PEER UP, DR ready UP; DNS answers PRIMARY";

  private final CommandedRegions world = new CommandedRegions().pass(Duration.ofSeconds(61));
  private final StringWriter out = new StringWriter();
  private int waits;

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void elsewhere_than_on_a_terminal_each_change_is_a_line() {
    world.looks = 8;
    world.beforeLook =
        () -> {
          if (world.looks == 5) {
            world.external = Health.DOWN;
          }
        };

    assertEquals(0, world.run("", "status", "staging", "--watch"));

    List<String> lines = world.out.lines().map(line -> line.substring(22)).toList();
    assertEquals(
        List.of("STEADY" + STEADY, "SUSPECT" + STEADY.replaceAll("(EXTERNAL|PEER) UP", "$1 DOWN")),
        lines);
  }

  @Test
  void a_terminal_shows_the_whole_status_in_place() {
    watch(true, 2, this::view);

    String[] pictures = out.toString().split("\033\\[H");
    assertEquals(4, pictures.length, out.toString());
    assertEquals("\033[J", pictures[1]);
    for (int picture = 2; picture < 4; picture++) {
      assertTrue(pictures[picture].startsWith("staging at 2026-11-25T03:01:0"), out.toString());
      assertTrue(pictures[picture].endsWith("a word\033[K\n\033[J"), out.toString());
    }
  }

  @Test
  void a_look_that_fails_is_told_and_repeated() {
    watch(
        false,
        4,
        () -> {
          if (waits == 1 || waits == 2) {
            throw SdkClientException.create("ledger did not answer");
          }
          return view();
        });

    List<String> lines = out.toString().lines().toList();
    assertEquals(3, lines.size(), out.toString());
    assertTrue(
        lines
            .get(1)
            .endsWith(
                "no answer since 2026-11-25T03:01:01Z, asked again every 2 s: ledger did not answer"),
        out.toString());
    assertTrue(lines.get(2).endsWith(STEADY), "that it answers again is a change");
  }

  @Test
  void a_status_that_needs_one_more_answer_ends_no_watch() {
    new Watch(new PrintWriter(out), true, this::waitTwice)
        .run(
            this::view,
            view -> {
              if (waits == 0) {
                throw SdkClientException.create("ledger did not answer");
              }
              return "a word\n";
            });

    assertTrue(out.toString().contains("s: ledger did not answer\033[K"), out.toString());
    assertTrue(out.toString().contains("a word\033[K"), out.toString());
  }

  private void waitTwice(Duration time) throws InterruptedException {
    if (++waits == 2) {
      throw new InterruptedException("Ctrl-C");
    }
    world.pass(time);
  }

  @Test
  void programs_get_one_answer() {
    assertEquals(1, world.run("", "status", "staging", "--watch", "--format", "json"));

    assertEquals("dr: --watch must be used with --format text, got json\n", world.err);
  }

  @Test
  void a_failover_under_way_counts_its_seconds() {
    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(10));
    world.run("", "status", "staging");
    String budget =
        world.out.lines().filter(line -> line.startsWith("budget")).findFirst().orElseThrow();

    assertTrue(budget.matches("budget     \\d+ s have passed; 210 s of 300 s .*"), budget);

    world.external = Health.UP;
    world.pass(Duration.ofSeconds(60));
    world.run("", "status", "staging");
    assertFalse(world.out.contains("have passed"), world.out);
  }

  private ControllerView view() {
    return world.client("staging", Optional.empty()).view();
  }

  private void watch(boolean terminal, int looks, Supplier<ControllerView> look) {
    new Watch(
            new PrintWriter(out),
            terminal,
            time -> {
              if (++waits == looks) {
                throw new InterruptedException("Ctrl-C");
              }
              world.pass(time);
            })
        .run(look, view -> "a word\n");
  }
}
