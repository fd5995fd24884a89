package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;

/** What a switchover there and the way back cost customers, where nothing fails. */
class PlannedMoveTest {

  private static final int SEEDS = Math.max(20, Integer.getInteger("seeds", 5000) / 10);

  private static final int ORDERED = 200;
  private static final int BACK_ORDERED = 1100;
  private static final int END = 2000;

  /** A tick sees that RDS has begun, the latch is written, and DNS turns. */
  private static final int TURNED = 10 + 5 + 5 + 15;

  /** A tick between the fence and RDS, or from the new writer to the fence that falls; a poll. */
  private static final int FENCE = 5 + 5;

  /** The same tick, and until the fleet of the new writer has renewed the lease. */
  private static final int LEASE = 5 + 6 + 5;

  /**
   * One move, in seconds.
   *
   * @param promotion what RDS took
   * @param first without payments for customers whose resolver asks again at once
   * @param last the same for those who keep an old connection for as long as they can
   */
  private record Outage(int promotion, int first, int last) {}

  private record There(Outage there, Outage back, Map<String, String> violations, Phase phase) {}

  @ParameterizedTest
  @EnumSource
  void customers_leave_while_the_writer_moves_in_both_directions(Grade grade) {
    List<There> moves =
        LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(seed -> move(seed, grade)).toList();
    print(grade + " switchover", moves.stream().map(There::there).toList());
    print(grade + " fail-back ", moves.stream().map(There::back).toList());

    for (There move : moves) {
      assertEquals(Map.of(), move.violations());
      assertEquals(Phase.STEADY, move.phase());
      within(move.there(), grade);
      within(move.back(), grade);
    }
  }

  private static void within(Outage outage, Grade grade) {
    int written =
        outage.promotion()
            + switch (grade) {
              case NONE -> 0;
              case BEST_EFFORT -> FENCE;
              case MAJORITY -> LEASE;
            };
    Timing timing = Timing.recommended(outage.promotion());
    int lastLeft = TURNED + timing.dnsTtl() + timing.keepAlive();
    assertTrue(outage.first() <= Math.max(written, TURNED) + 2, outage::toString);
    assertTrue(outage.last() <= Math.max(written, lastLeft) + 2, outage::toString);
  }

  private static There move(long seed, Grade grade) {
    int promotion = 30 + (int) (seed * 37 % 91);
    Scenario scenario =
        Scenario.directed(grade, promotion, true, new Window(SimulatedFault.LAG, 1, 2))
            .seeded(seed)
            .until(END);
    int[] gap = new int[2];
    int[][] longest = new int[2][2];
    Simulation simulation = new Simulation(scenario, Mutant.UNHARMED, false);
    simulation.eachSecond(
        now -> {
          World world = now.world();
          if (world.now() == ORDERED) {
            now.humans().order(Order.Kind.SWITCHOVER);
          } else if (world.now() == BACK_ORDERED) {
            now.humans().order(Order.Kind.FAILBACK);
          }
          boolean first = world.accepts(world.route.answers());
          boolean last = first && world.route.settled(world.now());
          int[] most = longest[world.now() < BACK_ORDERED ? 0 : 1];
          gap[0] = first ? 0 : gap[0] + 1;
          gap[1] = last ? 0 : gap[1] + 1;
          most[0] = Math.max(most[0], gap[0]);
          most[1] = Math.max(most[1], gap[1]);
        });
    Outcome outcome = simulation.run().outcome();
    return new There(
        new Outage(promotion, longest[0][0], longest[0][1]),
        new Outage(promotion, longest[1][0], longest[1][1]),
        outcome.violations(),
        outcome.phase());
  }

  private static void print(String what, List<Outage> outages) {
    System.out.printf(
        "%s: %d moves; beyond what RDS takes, for the first customers %s s, for the last %s s; in"
            + " all %s and %s s%n",
        what,
        outages.size(),
        quantiles(outages.stream().map(one -> one.first() - one.promotion()).toList()),
        quantiles(outages.stream().map(one -> one.last() - one.promotion()).toList()),
        quantiles(outages.stream().map(Outage::first).toList()),
        quantiles(outages.stream().map(Outage::last).toList()));
  }

  private static String quantiles(List<Integer> seconds) {
    List<Integer> sorted = seconds.stream().sorted().toList();
    int last = sorted.size() - 1;
    return "p50 %d p99 %d max %d"
        .formatted(sorted.get(last / 2), sorted.get(last * 99 / 100), Collections.max(sorted));
  }
}
