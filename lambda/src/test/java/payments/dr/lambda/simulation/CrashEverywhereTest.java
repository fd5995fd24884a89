package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Phase;

/** One crash before and after every single call that a failover makes. */
class CrashEverywhereTest {

  private static final int FAULT = 150;
  private static final int END = 520;
  private static final Scenario SCENARIO =
      Scenario.directed(Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, FAULT, 2000))
          .until(END);

  /** Until the scheduler starts another invocation, should no other one be alive. */
  private static final int NEXT_START = 125;

  @Test
  void a_crash_at_any_call_neither_stops_nor_repeats_a_failover() {
    int points = pointsUntil(Phase.FAILED_OVER);
    assertTrue(points > 500, "points: " + points);

    IntStream.range(0, points).parallel().forEach(CrashEverywhereTest::survives);
  }

  private static void survives(int point) {
    Simulation simulation = new Simulation(SCENARIO, Mutant.UNHARMED, false);
    simulation.eachSecond(
        now -> {
          if (now.world().now() == FAULT) {
            now.interruptions().crashAt(point);
          }
        });
    simulation.invariants().expectCrashes();
    simulation.run();
    Outcome outcome = simulation.outcome();

    String where = "crash at point " + point;
    assertEquals(Map.of(), outcome.violations(), where);
    assertEquals(1, outcome.promotions(), where);
    assertEquals(1, outcome.crashes(), where);
    assertEquals(Phase.FAILED_OVER, outcome.phase(), where);
    assertTrue(outcome.longestOutage() <= outcome.scenario().promisedSeconds() + NEXT_START, where);
  }

  private static int pointsUntil(Phase phase) {
    Simulation simulation = new Simulation(SCENARIO, Mutant.UNHARMED, false);
    int[] points = new int[2];
    simulation.eachSecond(
        now -> {
          if (now.world().now() == FAULT) {
            points[0] = now.interruptions().points();
          }
          if (points[1] == 0 && now.invariants().phase() == phase) {
            points[1] = now.interruptions().points();
          }
        });
    simulation.run();
    return points[1] - points[0];
  }
}
