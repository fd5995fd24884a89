package payments.dr.operations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionPair;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Step;

/**
 * Ends what a drill that was killed has begun: repairs every fault that any drill injects, waits
 * for what is ordered, and orders the writer back where it is elsewhere.
 */
final class WayHome {

  private static final Duration PACE = Duration.ofSeconds(1);

  private final RegionPair<String> regions;
  private final DrillEnvironment stage;
  private final Duration limit;
  private final Consumer<Step> told;

  /**
   * @param limit until the original primary Region must be back
   */
  WayHome(RegionPair<String> regions, DrillEnvironment stage, Duration limit, Consumer<Step> told) {
    this.regions = regions;
    this.stage = stage;
    this.limit = limit;
    this.told = told;
  }

  /**
   * @throws CommandFailedException when it does not come back in time
   */
  void go() {
    faults().forEach(stage::repair);
    tell("nothing is broken any more");
    Instant end = stage.instant().plus(limit);
    boolean ordered = stage.isOrdered(); // before the look: an order is read at any moment
    Sample seen = stage.look();
    while (ordered || !isAtHome(seen)) {
      if (stage.instant().isAfter(end)) {
        throw new CommandFailedException(
            "%s must write and serve, got %s, writer %s, DNS %s after %s; see ./dr status"
                .formatted(regions.primary(), seen.phase(), seen.writer(), seen.answers(), limit));
      }
      if (stage.takes(Order.Kind.FAILBACK)) {
        stage.order(Order.Kind.FAILBACK);
        tell("ordered FAILBACK");
      }
      stage.sleepUntil(stage.instant().plus(PACE));
      ordered = stage.isOrdered();
      seen = stage.look();
    }
    tell(regions.primary() + " writes and serves");
  }

  static List<InjectedFault> faults() {
    return Stream.of(DrillScenario.values())
        .flatMap(scenario -> Stream.of(scenario.before(), scenario.faults()))
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** A controller that never ran has moved nothing. */
  private boolean isAtHome(Sample sample) {
    return sample.phase().equals(DeployedEnvironment.NEVER)
        || (sample.phase().equals("STEADY")
            && sample.writer().equals(regions.primary())
            && sample.answers().equals(regions.primary()));
  }

  private void tell(String what) {
    told.accept(new Step(stage.instant(), what));
  }
}
