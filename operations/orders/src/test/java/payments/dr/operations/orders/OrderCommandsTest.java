package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.operations.controller.Trail;

/** Orders from the command through the ledger to the real controller. */
class OrderCommandsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CommandedRegions world = new CommandedRegions().pass(Duration.ofSeconds(1));

  @Test
  void force_is_taken_by_the_next_tick_and_only_once() {
    assertEquals(0, world.run("staging\n", "force", "staging", "--reason", "payments fail"));
    assertTrue(world.out.contains("taken      STEADY -> PREPARING"), world.out);
    assertTrue(world.out.contains("payments of about 2 s are LOST, by the estimate"), world.out);

    world.pass(MINUTE.multipliedBy(5));

    assertEquals(Phase.FAILED_OVER, world.phase());
    assertEquals(1, world.done.stream().filter("promote DR"::equals).count());
    assertEquals(0, world.run("", "audit", "staging"), world.out);
    assertEquals(
        List.of(
            "human FORCE: payments fail",
            "controller STEADY -> PREPARING",
            "controller PREPARING -> PREPARING",
            "controller PREPARING -> PROMOTING",
            "controller PROMOTING -> ROUTING",
            "controller ROUTING -> VERIFYING",
            "controller VERIFYING -> FAILED_OVER"),
        told());
  }

  @Test
  void switchover_and_failback_lead_there_and_back() {
    assertEquals(0, world.run("staging\n", "switchover", "staging", "--reason", "drill"));
    world.pass(MINUTE);
    assertEquals(Phase.FAILED_OVER, world.phase());
    assertEquals(1, world.run("", "failback", "staging", "--reason", "drill is over"));
    assertTrue(
        world.err.startsWith("dr: FAILBACK refused: EXTERNAL must be UP for 600 s, got "),
        world.err);

    world.pass(MINUTE.multipliedBy(10));
    assertEquals(0, world.run("staging\n", "failback", "staging", "--reason", "drill is over"));
    world.pass(MINUTE);
    assertEquals(Phase.LOOSENING, world.phase());
    world.pass(MINUTE.multipliedBy(2));

    assertEquals(Phase.STEADY, world.phase());
    assertEquals(
        List.of("raise capacity", "promote DR", "latch", "loosen", "promote primary", "unlatch"),
        world.done.stream().distinct().toList());
  }

  @Test
  void order_that_does_not_fit_is_refused_at_once_with_those_that_do() {
    assertEquals(1, world.run("", "approve", "staging", "--reason", "go"));

    assertEquals(
        "dr: APPROVE refused: no order for STEADY; allowed now: ./dr force staging,"
            + " ./dr switchover staging; nothing was changed",
        world.err.strip());
    assertEquals(0, ControlRecord.read(world.ledger).version());
  }

  @Test
  void force_yields_to_a_region_that_is_not_ready() {
    world.ready = Health.DOWN;
    world.pass(MINUTE);

    assertEquals(1, world.run("staging\n", "force", "staging", "--reason", "payments fail"));

    assertTrue(
        world.err.startsWith("dr: FORCE refused: the DR Region must be ready, got DOWN"),
        world.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "prod\n", ""})
  void writer_is_not_moved_without_the_environments_name(String typed) {
    for (String order : List.of("force", "switchover")) {
      assertEquals(1, world.run(typed, order, "staging", "--reason", "payments fail"));
      assertTrue(world.err.startsWith("dr: confirmation must be \"staging\", got"), world.err);
    }
    world.pass(MINUTE);

    assertEquals(Phase.STEADY, world.phase());
    assertEquals(0, ControlRecord.read(world.ledger).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"force", "switchover", "pause"})
  void nothing_is_ordered_without_a_reason(String order) {
    assertEquals(1, world.run("staging\n", order, "staging"));

    assertEquals("dr: --reason must say why, got none; nothing was changed", world.err.strip());
    assertEquals(0, ControlRecord.read(world.ledger).version());
  }

  @Test
  void paused_controller_takes_no_order_until_it_resumes() {
    assertEquals(0, world.run("", "pause", "staging", "--reason", "hands off"));
    assertTrue(
        world.out.contains("PAUSED since 2026-11-25T03:00:01Z by " + CommandedRegions.ALICE),
        world.out);
    assertEquals(0, world.run("", "pause", "staging", "--reason", "again"), "is paused already");
    world.external = Health.DOWN;
    world.pass(MINUTE.multipliedBy(5));
    assertEquals(Phase.STEADY, world.phase());
    assertEquals(1, world.run("", "force", "staging", "--reason", "payments fail"));
    assertTrue(world.err.startsWith("dr: FORCE refused: paused; "), world.err);

    assertEquals(0, world.run("", "resume", "staging", "--reason", "done"));

    assertTrue(world.out.contains("pause      none"), world.out);
    world.pass(Duration.ofSeconds(5));
    assertEquals(Phase.SUSPECT, world.phase());
    assertEquals(1, world.run("", "resume", "staging", "--reason", "again"));
    assertEquals(
        "dr: controller must be paused or HALTED to resume, got SUSPECT, not paused; nothing was"
            + " changed",
        world.err.strip());
  }

  @Test
  void resume_leaves_halted_and_lifts_the_pause_in_one_write() {
    world.databaseMoves = false;
    world.run("staging\n", "force", "staging", "--reason", "payments fail");
    world.pass(MINUTE.multipliedBy(6));
    assertEquals(Phase.HALTED, world.phase());
    world.run("", "pause", "staging", "--reason", "looking at the database");

    assertEquals(0, world.run("", "resume", "staging", "--reason", "database looked at"));

    assertTrue(world.out.contains("taken      HALTED -> STEADY"), world.out);
    assertEquals(3, ControlRecord.read(world.ledger).version());
    assertTrue(ControlRecord.read(world.ledger).pause().isEmpty());
  }

  @Test
  void abort_ends_a_suspicion() {
    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(10));

    assertEquals(0, world.run("", "abort", "staging", "--reason", "false alarm"));

    assertTrue(world.out.contains("taken      SUSPECT -> STEADY"), world.out);
  }

  @Test
  void order_to_a_silent_controller_is_given_with_a_warning() {
    world.controllerLives = false;
    world.pass(MINUTE.multipliedBy(4));

    assertEquals(3, world.run("staging\n", "force", "staging", "--reason", "payments fail"));

    assertTrue(world.out.contains("CONTROLLER SILENT for 4 min 1 s"), world.out);
    assertTrue(world.out.contains("NOT TAKEN  no tick has read it for 30 s"), world.out);
    world.controllerLives = true;
    world.pass(MINUTE);
    assertEquals(1, world.done.stream().filter("promote DR"::equals).count());
  }

  @Test
  void order_that_nobody_read_for_ten_minutes_comes_true_no_more() {
    world.controllerLives = false;
    world.run("staging\n", "force", "staging", "--reason", "payments fail");
    world.pass(MINUTE.multipliedBy(10));
    world.controllerLives = true;
    world.pass(MINUTE);

    assertEquals(Phase.STEADY, world.phase());
    assertEquals(0, world.run("", "status", "staging"), world.out);
    assertTrue(
        world.out.contains("refused, FORCE refused: ordered more than 10 minutes ago"), world.out);
  }

  @Test
  void abort_takes_back_what_nobody_has_read() {
    world.controllerLives = false;
    world.run("staging\n", "force", "staging", "--reason", "payments fail");
    assertEquals(1, world.run("", "switchover", "staging", "--reason", "no, gently"));
    assertTrue(
        world.err.startsWith(
            "dr: order-1 FORCE by " + CommandedRegions.ALICE + ", 30 s ago must be answered first"),
        world.err);

    assertEquals(3, world.run("", "abort", "staging", "--reason", "wrong environment"));
    assertTrue(world.out.contains("ABORT: takes back the order that no tick has read"), world.out);
    world.controllerLives = true;
    world.pass(MINUTE);

    assertEquals(Phase.STEADY, world.phase());
    assertEquals(List.of(), world.done);
  }

  @Test
  void somebody_elses_order_of_the_same_moment_is_not_overridden_unseen() {
    InputStream whileTyping =
        new ByteArrayInputStream("staging\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            ControlRecord control = ControlRecord.read(world.ledger);
            if (control.version() == 0) {
              world.ledger.write(control.pause(new Request("bob", "hands off", world.instant())));
            }
            return super.read(bytes, offset, length);
          }
        };

    assertEquals(2, world.run(whileTyping, "force", "staging", "--reason", "payments fail"));

    assertEquals("dr: CONTROL must not exist yet, but somebody else changed it", world.err.strip());
    assertTrue(ControlRecord.read(world.ledger).pause().isPresent());
    assertTrue(ControlRecord.read(world.ledger).order().isEmpty());
  }

  @Test
  void controller_refuses_what_changed_since_the_look() {
    world.ready = Health.DOWN;

    assertEquals(3, world.run("staging\n", "force", "staging", "--reason", "payments fail"));

    assertTrue(
        world.out.contains("REFUSED    FORCE refused: the DR Region must be ready, got DOWN"),
        world.out);
    assertFalse(world.done.contains("promote DR"));
  }

  private List<String> told() {
    return Trail.read(world.ledger).lines().stream()
        .map(line -> line.source() + " " + (line.change().isEmpty() ? line.what() : line.change()))
        .toList();
  }
}
