package payments.dr.operations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import payments.dr.configuration.region.RegionPair;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.DrillScenario.Outcome;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Step;

/**
 * Runs one scenario: waits until all is well, injects a fault or orders a move, observes, repairs,
 * and moves the writer back.
 */
final class Drill {

  private static final Duration PACE = Duration.ofSeconds(1);

  /** So many payments show that a Region serves again. */
  private static final int SERVES = 20;

  private final DrillScenario scenario;
  private final RegionPair<String> regions;
  private final DrillEnvironment stage;
  private final DrillLimits limits;
  private final DrillLog log;
  private final List<InjectedFault> broken = new ArrayList<>();

  Drill(
      DrillScenario scenario,
      RegionPair<String> regions,
      DrillEnvironment stage,
      DrillLimits limits,
      Consumer<Step> told) {
    this.scenario = scenario;
    this.regions = regions;
    this.stage = stage;
    this.limits = limits;
    this.log = new DrillLog(told);
  }

  /**
   * @throws CommandFailedException when it cannot begin, or an order that would be taken is not;
   *     what was broken is repaired
   */
  DrillLog play() {
    try {
      begin();
      disturb();
      if (scenario.movesWriter()) {
        if (awaitFailover()) {
          repair();
          expectNoReturn();
          orderBack();
        }
      } else {
        expectQuiet();
        repair();
        expectServed(regions.primary(), "payments go on in " + regions.primary());
      }
    } finally {
      repair();
    }
    return log;
  }

  /** Also after an interrupt. */
  synchronized void repair() {
    if (!broken.isEmpty()) {
      while (!broken.isEmpty()) {
        stage.repair(broken.get(0));
        broken.remove(0);
      }
      log.step(stage.instant(), "repaired");
    }
  }

  private void begin() {
    log.step(stage.instant(), "waiting until all is well");
    boolean well =
        await(
            limits.begin(),
            sample ->
                isAtHome(sample)
                    && wouldDecide()
                    && stage.takes(Order.Kind.SWITCHOVER)
                    && stage.accepted(regions.primary(), Instant.EPOCH) > 0);
    if (!well) {
      throw new CommandFailedException(
          "drill begins while the controller is STEADY, out of its cool-down unless all is ordered, and would take a SWITCHOVER, and %s writes and serves; got %s after %s"
              .formatted(regions.primary(), log.last(), limits.begin()));
    }
    log.step(stage.instant(), "payments flow");
    inject(scenario.before());
    watch(limits.before());
  }

  /**
   * Orders are taken in the cool-down, too; what the machine does by itself then proves nothing.
   */
  private boolean wouldDecide() {
    return scenario.outcome() == Outcome.SWITCHOVER || !stage.isCoolingDown();
  }

  private synchronized void inject(List<InjectedFault> faults) {
    for (InjectedFault fault : faults) {
      broken.add(fault);
      stage.inject(fault);
    }
  }

  private void disturb() {
    log.fault(stage.instant());
    if (scenario.outcome() == Outcome.SWITCHOVER) {
      log.step(stage.instant(), "ordered SWITCHOVER");
      stage.order(Order.Kind.SWITCHOVER);
      return;
    }
    inject(scenario.faults());
    log.step(stage.instant(), "fault: " + scenario.what());
  }

  private boolean awaitFailover() {
    if (scenario == DrillScenario.KILLED_MID_PROMOTION) {
      boolean promoting = await(limits.recovery(), sample -> sample.phase().equals("PROMOTING"));
      if (promoting) {
        stage.killController();
        log.step(stage.instant(), "killed the controller's process");
      }
      log.expect("the controller dies while it promotes", promoting, log.last().phase());
    }
    boolean moved = await(limits.recovery(), sample -> sample.phase().equals("FAILED_OVER"));
    log.expect("the controller moves payments to " + regions.dr(), moved, describe(log.last()));
    if (moved) {
      expectServed(regions.dr(), "payments are served in " + regions.dr());
    }
    return moved;
  }

  private void expectNoReturn() {
    if (scenario.outcome() != Outcome.FAILOVER) {
      return;
    }
    List<Sample> watched = watch(limits.quiet());
    log.expect(
        "nothing returns by itself", watched.stream().allMatch(this::isAway), describe(log.last()));
  }

  private void orderBack() {
    if (!awaitTaker(Order.Kind.FAILBACK)) {
      log.expect("a fail-back is taken", false, describe(log.last()));
      return;
    }
    log.step(stage.instant(), "ordered FAILBACK");
    Instant ordered = stage.instant();
    stage.order(Order.Kind.FAILBACK);
    boolean back = await(limits.back(), this::isAtHome);
    log.expect("the fail-back leads home", back, describe(log.last()) + since(ordered));
    expectServed(regions.primary(), "payments are served in " + regions.primary());
  }

  private void expectQuiet() {
    List<Sample> watched = watch(limits.quiet());
    log.expect(
        "the writer stays in " + regions.primary(),
        watched.stream()
            .allMatch(
                sample -> sample.writer().isEmpty() || isIn(sample.writer(), regions.primary())),
        describe(log.last()));
    log.expect(
        "nothing is moved",
        watched.stream().allMatch(sample -> List.of("STEADY", "SUSPECT").contains(sample.phase())),
        describe(log.last()));
  }

  private void expectServed(String region, String what) {
    Instant from = stage.instant();
    boolean served = await(limits.recovery(), sample -> stage.accepted(region, from) >= SERVES);
    log.expect(what, served, stage.accepted(region, from) + " payments" + since(from));
  }

  private boolean awaitTaker(Order.Kind kind) {
    return await(limits.back(), sample -> stage.takes(kind));
  }

  private boolean isAtHome(Sample sample) {
    return sample.phase().equals("STEADY")
        && isIn(sample.writer(), regions.primary())
        && isIn(sample.answers(), regions.primary());
  }

  private boolean isAway(Sample sample) {
    return sample.phase().equals("FAILED_OVER")
        && isIn(sample.writer(), regions.dr())
        && isIn(sample.answers(), regions.dr());
  }

  private static boolean isIn(String seen, String region) {
    return seen.equals(region);
  }

  private List<Sample> watch(Duration time) {
    int before = log.samples().size();
    await(time, sample -> false);
    return log.samples().subList(before, log.samples().size());
  }

  private boolean await(Duration limit, Predicate<Sample> wanted) {
    Instant end = stage.instant().plus(limit);
    do {
      log.sample(stage.look());
      if (wanted.test(log.last())) {
        return true;
      }
      stage.sleepUntil(stage.instant().plus(PACE));
    } while (stage.instant().isBefore(end));
    return false;
  }

  private String since(Instant then) {
    return " after " + Duration.between(then, stage.instant()).toSeconds() + " s";
  }

  private static String describe(Sample sample) {
    return "%s, writer %s, DNS %s".formatted(sample.phase(), sample.writer(), sample.answers());
  }
}
