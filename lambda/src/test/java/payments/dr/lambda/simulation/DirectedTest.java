package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectedTest {

  /** Of chance, which decides when ticks begin and how long calls take. */
  private static final int SEEDS = 20;

  @ParameterizedTest
  @EnumSource
  void production_keeps_every_invariant(Directed directed) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = directed.run(Mutant.UNHARMED, seed);

      assertEquals(Map.of(), outcome.violations(), outcome::story);
    }
  }
}
