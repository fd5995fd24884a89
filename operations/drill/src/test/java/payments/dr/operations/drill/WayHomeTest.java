package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.region.RegionPair;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/** What a killed drill has left ends well, whenever it was killed. */
class WayHomeTest {

  private final World world = new World();

  @ParameterizedTest
  @CsvSource({
    "STEADY, us-east-1, 0",
    "NONE, '', 0",
    "FAILED_OVER, us-east-2, 1",
    "PROMOTING, '', 1"
  })
  void every_fault_is_repaired_and_a_fail_back_is_ordered_where_it_is_needed(
      String phase, String writer, int orders) {
    world.phase = phase;
    world.writer = writer;

    way().go();

    assertEquals(WayHome.faults(), world.repaired);
    assertEquals(orders, world.orders);
  }

  @Test
  void who_does_not_come_back_in_time_is_told_with_what_is_seen() {
    world.phase = "HALTED";
    world.writer = "us-east-2";

    CommandFailedException failed = assertThrows(CommandFailedException.class, way()::go);

    assertTrue(
        failed
            .getMessage()
            .startsWith("us-east-1 must write and serve, got HALTED, writer us-east-2"),
        failed.getMessage());
    assertEquals(WayHome.faults(), world.repaired);
  }

  /** Killed right after the order: the controller moves the writer at its next tick. */
  @Test
  void an_order_that_waits_is_not_overlooked() {
    world.phase = "STEADY";
    world.writer = "us-east-1";
    world.ordered = true;

    way().go();

    assertEquals("STEADY in us-east-1", world.phase + " in " + world.writer);
    assertEquals(1, world.orders);
  }

  private WayHome way() {
    return new WayHome(
        new RegionPair<>("us-east-1", "us-east-2"), world, Duration.ofMinutes(5), step -> {});
  }

  /** Moves on every ten seconds: an order is taken, a promotion ends, a fail-back leads home. */
  private static final class World implements DrillEnvironment {

    private final List<InjectedFault> repaired = new ArrayList<>();
    private String phase;
    private String writer;
    private int orders;
    private boolean ordered;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public void inject(InjectedFault fault) {
      throw new AssertionError("nothing is broken on the way home");
    }

    @Override
    public void repair(InjectedFault fault) {
      repaired.add(fault);
    }

    @Override
    public void killController() {
      throw new AssertionError("nobody is killed on the way home");
    }

    @Override
    public Sample look() {
      return new Sample(now, phase, writer, writer, Optional.empty());
    }

    @Override
    public boolean isCoolingDown() {
      return false;
    }

    @Override
    public boolean isOrdered() {
      return ordered;
    }

    @Override
    public boolean takes(Order.Kind kind) {
      return kind == Order.Kind.FAILBACK && phase.equals("FAILED_OVER");
    }

    @Override
    public void order(Order.Kind kind) {
      orders++;
      phase = "FAILING_BACK";
    }

    @Override
    public long accepted(String region, Instant since) {
      return 0;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake;
      if (now.getEpochSecond() % 10 == 0) {
        if (ordered) {
          ordered = false;
          move("PROMOTING", "");
          return;
        }
        switch (phase) {
          case "PROMOTING" -> move("FAILED_OVER", "us-east-2");
          case "FAILING_BACK" -> move("STEADY", "us-east-1");
          default -> {}
        }
      }
    }

    private void move(String to, String region) {
      phase = to;
      writer = region;
    }
  }
}
