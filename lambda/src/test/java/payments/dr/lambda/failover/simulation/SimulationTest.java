package payments.dr.lambda.failover.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Many schedules drawn from seeds: {@code -Dseeds=N} says how many, {@code -Dseed=N} tells one. */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("seeds", 5000);

  @Test
  void one_hard_fault_is_served_again_in_time() {
    Batch batch =
        Batch.of("hard", SEEDS / 2, seed -> Scenario.Kind.HARD.of(seed, Grade.BEST_EFFORT));
    System.out.println(batch);
    assertEquals(List.of(), batch.violations());
  }

  @Test
  void harmless_faults_move_nothing() {
    Batch batch =
        Batch.of(
            "harmless",
            SEEDS - SEEDS / 2,
            seed -> Scenario.Kind.HARMLESS.of(seed, Grade.BEST_EFFORT));
    System.out.println(batch);
    assertEquals(List.of(), batch.violations());
  }

  @Test
  void chaos_breaks_no_invariant() {
    Batch batch = Batch.of("chaos", SEEDS, seed -> Scenario.Kind.CHAOS.of(seed, Grade.BEST_EFFORT));
    System.out.println(batch);
    assertEquals(List.of(), batch.violations());
  }
}
