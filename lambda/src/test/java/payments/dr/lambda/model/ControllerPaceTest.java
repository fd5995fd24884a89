package payments.dr.lambda.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.lambda.loop.Invocation;

/** The recovery budget reckons with the controller as it is. */
class ControllerPaceTest {

  @Test
  void controller_keeps_the_pace_that_the_budget_reckons_with() {
    Policy policy = Policy.recommended("test", Mode.AUTO);

    assertEquals(Duration.ofSeconds(ControllerPace.TICK_SECONDS), Invocation.PACE);
    assertEquals(Duration.ofSeconds(ControllerPace.PREPARE_CAP_SECONDS), policy.prepareCap());
    assertEquals(Duration.ofSeconds(ControllerPace.LOSS_GUARD_SECONDS), policy.lossGuard());
  }
}
