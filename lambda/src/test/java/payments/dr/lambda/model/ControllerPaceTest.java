package payments.dr.lambda.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.lambda.loop.Invocation;
import payments.dr.ledger.lease.LeaseTiming;

/** The recovery budget reckons with the controller as it is. */
class ControllerPaceTest {

  @Test
  void controller_keeps_the_pace_that_the_budget_reckons_with() {
    Policy policy = Policy.recommended("test", Mode.AUTO);

    assertEquals(Duration.ofSeconds(ControllerPace.TICK_SECONDS), Invocation.PACE);
    assertEquals(Duration.ofSeconds(ControllerPace.PREPARE_CAP_SECONDS), policy.prepareCap());
    assertEquals(Duration.ofSeconds(ControllerPace.LOSS_GUARD_SECONDS), policy.lossGuard());
  }

  /**
   * A writer that lives renews until the lease is taken, a call later than that was decided: then
   * its renewal, the margin, and what the two clocks may differ must pass. The new writer's fleet
   * finds itself the writer at its next turn, and then renews.
   */
  @Test
  void lease_lasts_as_long_as_the_budget_reckons_with() {
    assertEquals(
        Duration.ofSeconds(ControllerPace.LEASE_WAIT_SECONDS),
        LeaseTiming.TTL
            .plus(LeaseTiming.MARGIN)
            .plus(LeaseTiming.CLOCK_ERROR.multipliedBy(2))
            .plus(LeaseTiming.CALL));
    assertEquals(LeaseTiming.MARGIN, Policy.recommended("test", Mode.AUTO).leaseMargin());
    assertEquals(
        Duration.ofSeconds(ControllerPace.LEASE_GRANT_SECONDS),
        LeaseTiming.RENEW_EVERY.plus(LeaseTiming.CALL));
  }
}
