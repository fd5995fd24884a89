package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.configuration.measurement.Figure.assumed;
import static payments.dr.configuration.measurement.Figure.configured;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.configuration.measurement.Figure;
import payments.dr.configuration.recovery.Detection;
import payments.dr.configuration.recovery.RecoveryBudget;
import payments.dr.configuration.recovery.RecoveryBudget.Left;
import payments.dr.configuration.recovery.RecoveryFigures;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;

/** The recovery budget's formula is an upper bound of what the simulation measures. */
class FormulaTest {

  private static final int SEEDS = Integer.getInteger("seeds", 5000) / 10;

  private static final SimulatedFault[] HARD = {
    SimulatedFault.REGION, SimulatedFault.DATABASE, SimulatedFault.FRONT_DOOR
  };

  @Test
  void recovery_never_takes_longer_than_the_formula_says() {
    List<Outcome> outcomes =
        LongStream.rangeClosed(1, SEEDS)
            .parallel()
            .mapToObj(FormulaTest::scenario)
            .map(scenario -> Simulation.outcome(scenario, Mutant.UNHARMED, false))
            .toList();
    int closest =
        outcomes.stream()
            .mapToInt(outcome -> outcome.scenario().promisedSeconds() - outcome.longestOutage())
            .min()
            .orElseThrow();
    System.out.printf(
        "formula: %d random settings, never exceeded, closest by %d s%n", SEEDS, closest);

    outcomes.forEach(
        outcome -> assertEquals(Map.of(), outcome.violations(), outcome.scenario()::toString));
    // A formula that promised far too much would be of no use either.
    assertTrue(closest < 20, "closest by " + closest + " s");
  }

  @Test
  void recommended_figures_promise_what_the_simulation_is_held_to() {
    Figures none = recommended(false);
    Figures majority = recommended(true);

    assertEquals(Scenario.DARK_SECONDS, none.promisedSeconds(Left.NOTHING));
    assertEquals(Scenario.ANSWERING_SECONDS, none.promisedSeconds(Left.LOAD_BALANCER));
    assertEquals(Scenario.MAJORITY_SECONDS, majority.promisedSeconds(Left.NOTHING));
    assertEquals(Scenario.MAJORITY_SECONDS, majority.promisedSeconds(Left.LOAD_BALANCER));
  }

  private static Figures recommended(boolean lease) {
    return new Figures(lease, 10, 3, 5, 5, 25, 3, 0, 10, 120, 10, 1, 10, 5, 20, 15, 60);
  }

  /** Seconds, in the order of the budget. */
  private record Figures(
      boolean lease,
      int interval,
      int threshold,
      int aggregation,
      int tick,
      int confirm,
      int start,
      int approval,
      int prepareCap,
      int promote,
      int begin,
      int put,
      int latchInterval,
      int latchAggregation,
      int dnsTtl,
      int reconnect,
      int keepAlive) {

    static Figures random(SplittableRandom random) {
      int interval = random.nextBoolean() ? 10 : 30;
      int threshold = 2 + random.nextInt(3);
      int aggregation = random.nextInt(6);
      int tick = 2 + random.nextInt(9);
      int patience = interval * threshold + aggregation + tick;
      return new Figures(
          random.nextBoolean(),
          interval,
          threshold,
          aggregation,
          tick,
          Math.max(60 - patience, random.nextInt(61)),
          3,
          random.nextInt(4) > 0 ? 0 : 60 + random.nextInt(240),
          random.nextInt(31),
          30 + random.nextInt(211),
          random.nextInt(31),
          1,
          random.nextBoolean() ? 10 : 30,
          random.nextInt(6),
          5 + random.nextInt(56),
          random.nextInt(31),
          60 + random.nextInt(241));
    }

    int promisedSeconds(Left left) {
      Figure pace = assumed(tick, "tick");
      return RecoveryBudget.of(
              new RecoveryFigures(
                  new Detection(
                      configured(interval, "interval"),
                      configured(threshold, "threshold"),
                      assumed(aggregation, "aggregation"),
                      null),
                  pace,
                  configured(confirm, "confirm"),
                  assumed(start, "start"),
                  assumed(approval, "approval"),
                  configured(prepareCap, "prepare"),
                  configured(lease ? ControllerPace.LEASE_WAIT_SECONDS : 0, "lease"),
                  configured(lease ? ControllerPace.LEASE_GRANT_SECONDS : 0, "lease"),
                  assumed(promote, "promote"),
                  assumed(begin, "begin"),
                  assumed(put, "put"),
                  assumed(latchInterval + latchAggregation, "latch"),
                  configured(dnsTtl, "ttl"),
                  assumed(reconnect, "reconnect"),
                  configured(keepAlive, "keep-alive")),
              left)
          .seconds();
    }

    Policy policy() {
      Policy standard = Policy.recommended("simulated", Mode.AUTO);
      // Wide enough for a clean fault: what was last seen up may be as old as the detection takes.
      Duration guard =
          Duration.ofSeconds((long) (interval + 4) * threshold + aggregation + tick + 10);
      return new Policy(
          "simulated",
          approval == 0 ? Mode.AUTO : Mode.APPROVAL,
          Duration.ofSeconds((long) interval * (threshold - 1)),
          Duration.ofSeconds(confirm),
          standard.patience(),
          standard.askAfter(),
          standard.heartbeatSilence(),
          guard,
          standard.lossTarget(),
          standard.leaseMargin(),
          Duration.ofSeconds(prepareCap),
          standard.giveUpAfter(),
          standard.promotionTimeout(),
          standard.coolDown(),
          standard.stableBeforeFailback(),
          standard.failbackLag());
    }

    Timing timing() {
      int probes = interval * threshold;
      return new Timing(
          probes - 2,
          probes + 4 * threshold + aggregation,
          promote,
          begin,
          latchInterval + latchAggregation,
          latchInterval * 10,
          dnsTtl,
          reconnect,
          keepAlive);
    }
  }

  private static Scenario scenario(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Figures figures = Figures.random(random);
    int from = 150 + random.nextInt(120);
    SimulatedFault fault = HARD[random.nextInt(HARD.length)];
    int promised =
        figures.promisedSeconds(
            fault == SimulatedFault.DATABASE ? Left.LOAD_BALANCER : Left.NOTHING);
    return new Scenario(
        Scenario.Kind.HARD,
        seed,
        figures.lease() ? Grade.MAJORITY : Grade.BEST_EFFORT,
        List.of(new Window(fault, from, from + promised + 500)),
        figures.policy(),
        figures.timing(),
        Duration.ofSeconds(figures.tick()),
        0,
        false,
        random.nextInt(10) < 8,
        // The last tick of the term is the controller's, to read the order.
        figures.approval() == 0 ? 0 : figures.approval() - figures.tick(),
        promised,
        from + promised + 200);
  }
}
