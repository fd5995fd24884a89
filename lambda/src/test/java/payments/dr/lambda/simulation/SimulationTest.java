package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many schedules, each drawn from its seed: {@code -Dseeds=N} says how many of each kind, {@code
 * -Dseed=N} has one told instead.
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("seeds", 5000);

  /** So many schedules reach whatever is rare, too. */
  private static final int REACHING_ALL = 5000;

  private static final Long SEED = Long.getLong("seed");

  @Test
  void one_hard_fault_is_served_again_in_time() {
    check(Scenario.Kind.HARD, Grade.BEST_EFFORT, SEEDS / 2);
  }

  @Test
  void harmless_faults_move_nothing() {
    check(Scenario.Kind.HARMLESS, Grade.BEST_EFFORT, SEEDS - SEEDS / 2);
  }

  @Test
  void chaos_breaks_no_invariant() {
    Optional<Batch> batch = check(Scenario.Kind.CHAOS, Grade.BEST_EFFORT, SEEDS);

    if (SEEDS >= REACHING_ALL) {
      // Nobody has to follow with a lease, or to force one, where there is none.
      batch.ifPresent(
          all -> assertEquals(Set.of("Follow", "Force"), Reached.missing(all.reached())));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DIRECTED", "DR_LOST"})
  void majority_lease_keeps_every_invariant(Scenario.Kind kind) {
    check(kind, Grade.MAJORITY, SEEDS / 5);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEST_EFFORT", "MAJORITY"})
  void dr_region_that_is_lost_while_it_serves_breaks_no_invariant(Grade grade) {
    check(Scenario.Kind.DR_LOST, grade, SEEDS / 5)
        .ifPresent(batch -> assertTrue(batch.promotionsHome() > SEEDS / 10, batch::toString));
  }

  /** The figures of no lease at all, to compare with. */
  @Test
  void chaos_without_a_lease() {
    check(Scenario.Kind.CHAOS, Grade.NONE, SEEDS / 10);
  }

  /** Empty when it told one seed only. */
  private static Optional<Batch> check(Scenario.Kind kind, Grade grade, int seeds) {
    if (SEED != null) {
      Outcome told = Simulation.outcome(kind.of(SEED, grade), Mutant.UNHARMED, true);
      System.out.println(told.told());
      assertEquals(Map.of(), told.violations());
      return Optional.empty();
    }
    Batch batch = Batch.of(kind + " " + grade, seeds, seed -> kind.of(seed, grade));
    System.out.println(batch);
    assertEquals(List.of(), batch.violations());
    assertTrue(batch.ticks() > seeds, batch::toString);
    return Optional.of(batch);
  }
}
