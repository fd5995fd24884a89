package payments.dr.lambda.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** The outcomes of many seeds added up. */
final class Batch {

  private static final int SHOWN = 10;

  private final String name;
  private final List<Integer> outages = new ArrayList<>();
  private final List<Integer> losses = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<String> reached = new TreeSet<>();
  private int seeds;
  private int violated;
  private int promotions;
  private int promotionsHome;
  private int splits;
  private int splitSeconds;
  private int splitsByHand;
  private int overTarget;
  private int routesLost;
  private int routesReturned;
  private long ticks;
  private long crashes;
  private long freezes;
  private long millis;

  private Batch(String name) {
    this.name = name;
  }

  /** Runs seeds 1 to {@code seeds}, each in one thread, as many at a time as there are cores. */
  static Batch of(String name, int seeds, LongFunction<Scenario> scenario) {
    Batch batch = new Batch(name);
    long start = System.nanoTime();
    LongStream.rangeClosed(1, seeds)
        .parallel()
        .mapToObj(seed -> Simulation.outcome(scenario.apply(seed), Mutant.UNHARMED, false))
        .forEachOrdered(batch::add);
    batch.millis = (System.nanoTime() - start) / 1_000_000;
    return batch;
  }

  long ticks() {
    return ticks;
  }

  int promotionsHome() {
    return promotionsHome;
  }

  List<String> violations() {
    return violations;
  }

  Set<String> reached() {
    return reached;
  }

  private void add(Outcome outcome) {
    seeds++;
    reached.addAll(outcome.reached());
    promotions += outcome.promotions();
    promotionsHome += outcome.promotionsHome();
    splits += outcome.splitSeconds() > 0 ? 1 : 0;
    splitSeconds += outcome.splitSeconds();
    splitsByHand += outcome.splitSecondsByHand() > 0 ? 1 : 0;
    routesLost += outcome.routesLost();
    routesReturned += outcome.routesReturned();
    ticks += outcome.ticks();
    crashes += outcome.crashes();
    freezes += outcome.freezes();
    outages.add(outcome.longestOutage());
    if (outcome.loss() >= 0) {
      losses.add(outcome.loss());
      overTarget += outcome.loss() > outcome.scenario().policy().lossTarget().toSeconds() ? 1 : 0;
    }
    if (!outcome.violations().isEmpty() && violated++ < SHOWN) {
      violations.add(outcome.seedText());
    }
  }

  @Override
  public String toString() {
    return ("%s: %d schedules in %.1f s, %d broke an invariant; %d ticks, %d crashes, %d freezes;"
            + " %d promotions, %d home from a lost DR Region; split brain in %d schedules (%d s), in %d more"
            + " after a promotion by hand; DNS lost the route %d times,"
            + " and led to a DR Region that had come back %d times;"
            + " outage p50 %d p99 %d max %d s; loss of %d automatic failovers p50 %d p99 %d max %d"
            + " s, %d over target")
        .formatted(
            name,
            seeds,
            millis / 1000.0,
            violated,
            ticks,
            crashes,
            freezes,
            promotions,
            promotionsHome,
            splits,
            splitSeconds,
            splitsByHand,
            routesLost,
            routesReturned,
            quantile(outages, 50),
            quantile(outages, 99),
            quantile(outages, 100),
            losses.size(),
            quantile(losses, 50),
            quantile(losses, 99),
            quantile(losses, 100),
            overTarget);
  }

  private static int quantile(List<Integer> numbers, int percent) {
    if (numbers.isEmpty()) {
      return 0;
    }
    List<Integer> sorted = new ArrayList<>(numbers);
    Collections.sort(sorted);
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
