package payments.dr.operations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.record.DrillRecord.Step;

/**
 * What a scenario breaks, without what a drill does around it: nothing is watched or repaired.
 *
 * @param scenario that has faults
 */
record Breakage(DrillScenario scenario, DrillEnvironment stage, DrillLimits limits) {

  private static final Duration PACE = Duration.ofSeconds(1);

  /**
   * Breaks it, and returns when all is broken.
   *
   * @param told each fault as it comes
   * @throws CommandFailedException when the controller does not promote, so that it cannot be
   *     killed while it does
   */
  void happen(Consumer<Step> told) {
    for (InjectedFault fault : scenario.before()) {
      inject(fault, told);
    }
    if (!scenario.before().isEmpty()) {
      stage.sleepUntil(stage.instant().plus(limits.before()));
    }
    for (InjectedFault fault : scenario.faults()) {
      inject(fault, told);
    }
    if (scenario == DrillScenario.KILLED_MID_PROMOTION) {
      killWhilePromoting(told);
    }
  }

  private void inject(InjectedFault fault, Consumer<Step> told) {
    stage.inject(fault);
    told.accept(new Step(stage.instant(), "broken: " + fault.kind()));
  }

  private void killWhilePromoting(Consumer<Step> told) {
    Instant end = stage.instant().plus(limits.recovery());
    while (!stage.look().phase().equals("PROMOTING")) {
      if (stage.instant().isAfter(end)) {
        throw new CommandFailedException(
            "controller must promote within %d s to be killed while it does, got phase %s"
                .formatted(limits.recovery().toSeconds(), stage.look().phase()));
      }
      stage.sleepUntil(stage.instant().plus(PACE));
    }
    stage.killController();
    told.accept(new Step(stage.instant(), "killed the controller's process"));
  }
}
