package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/** What is broken for a person who tries things, and in which order. */
class BreakageTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Stage stage = new Stage();

  @Test
  void faults_of_the_scenario_are_there_at_once_and_stay() {
    breakIt(DrillScenario.REGION_LOST);

    assertEquals(List.of("00 region-lost"), stage.done);
  }

  @Test
  void what_is_wrong_before_has_its_time() {
    assertEquals(List.of("broken: lag", "broken: region-lost"), breakIt(DrillScenario.LAGGING));

    assertEquals(List.of("00 lag", "20 region-lost"), stage.done);
  }

  @Test
  void controller_is_killed_while_it_promotes_and_not_before() {
    stage.promotesAt = BEGAN.plusSeconds(40);

    breakIt(DrillScenario.KILLED_MID_PROMOTION);

    assertEquals(List.of("00 region-lost", "40 killed"), stage.done);
  }

  @Test
  void controller_that_does_not_promote_is_not_waited_for_without_end() {
    assertEquals(
        "controller must promote within 60 s to be killed while it does, got phase STEADY",
        assertThrows(
                CommandFailedException.class, () -> breakIt(DrillScenario.KILLED_MID_PROMOTION))
            .getMessage());

    assertEquals(List.of("00 region-lost"), stage.done);
  }

  private List<String> breakIt(DrillScenario scenario) {
    List<String> told = new ArrayList<>();
    new Breakage(
            scenario,
            stage,
            new DrillLimits(MINUTE, Duration.ofSeconds(20), MINUTE, MINUTE, MINUTE))
        .happen(step -> told.add(step.what()));
    return told;
  }

  /** Notes with its second what is done to it; nothing else may be. */
  private static final class Stage implements DrillEnvironment {

    private final List<String> done = new ArrayList<>();
    private Instant now = BEGAN;
    private Instant promotesAt = Instant.MAX;

    @Override
    public void inject(InjectedFault fault) {
      note(fault.kind());
    }

    @Override
    public void killController() {
      note("killed");
    }

    private void note(String what) {
      done.add("%02d %s".formatted(Duration.between(BEGAN, now).toSeconds(), what));
    }

    @Override
    public Sample look() {
      String phase = now.isBefore(promotesAt) ? "STEADY" : "PROMOTING";
      return new Sample(now, phase, "", "", Optional.empty());
    }

    @Override
    public void repair(InjectedFault fault) {
      throw new AssertionError("nothing is repaired");
    }

    @Override
    public void order(Order.Kind kind) {
      throw new AssertionError("nothing is ordered");
    }

    @Override
    public boolean isCoolingDown() {
      return false;
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public boolean takes(Order.Kind kind) {
      return true;
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
    }
  }
}
