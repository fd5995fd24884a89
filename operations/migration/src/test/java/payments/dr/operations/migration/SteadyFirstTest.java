package payments.dr.operations.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.controller.SimulatedRegions;
import payments.dr.operations.migration.cutover.Pointer;

/** A cutover asks for the Regions first, then for the plan. */
class SteadyFirstTest {

  private final SimulatedRegions world = new SimulatedRegions().pass(Duration.ofSeconds(1));
  private final List<String> asked = new ArrayList<>();

  @Test
  void steady_controller_lets_a_cutover_begin() {
    steadyFirst().requireReady("v2");

    assertEquals(List.of("v2"), asked);
  }

  @Test
  void so_does_an_environment_without_one() {
    new SteadyFirst(new InMemoryLedger(), plan()).requireReady("v2");

    assertEquals(List.of("v2"), asked);
  }

  @Test
  void suspicion_is_enough_to_refuse() {
    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(5));

    assertRefused(
        "failover controller must be STEADY, got SUSPECT since 2026-11-25T03:00:05Z: see ./dr"
            + " status");
  }

  @Test
  void so_is_a_failover_that_is_done() {
    world.order(Order.Kind.SWITCHOVER, "drill");
    world.pass(Duration.ofMinutes(1));

    assertRefused(
        "failover controller must be STEADY, got FAILED_OVER since 2026-11-25T03:00:25Z: see ./dr"
            + " status");
  }

  @Test
  void so_is_a_pause() {
    world.pause("hands off");

    assertRefused(
        "failover controller must not be paused, got a pause since 2026-11-25T03:00:01Z by"
            + " arn:aws:iam::123456789012:user/alice, \"hands off\": see ./dr resume");
  }

  private void assertRefused(String message) {
    assertEquals(
        message,
        assertThrows(BadInputException.class, () -> steadyFirst().requireReady("v2")).getMessage());
    assertEquals(List.of(), asked);
  }

  private SteadyFirst steadyFirst() {
    return new SteadyFirst(world.ledger, plan());
  }

  private Pointer plan() {
    return new Pointer() {
      @Override
      public void requireReady(String generation) {
        asked.add(generation);
      }

      @Override
      public void pointTo(String generation) {
        throw new AssertionError("nothing moves yet");
      }
    };
  }
}
