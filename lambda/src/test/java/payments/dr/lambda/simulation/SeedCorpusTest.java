package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeedCorpusTest {

  static List<SeedCorpus.Line> lines() {
    return SeedCorpus.read();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void production_survives_what_the_mutant_does_not(SeedCorpus.Line line) {
    Outcome production = Simulation.outcome(line.scenario(), Mutant.UNHARMED, true);
    assertEquals(Map.of(), production.violations(), production::story);

    Outcome mutated = Simulation.outcome(line.scenario(), line.mutant(), true);
    assertTrue(mutated.violations().containsKey(line.invariant()), mutated::story);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void same_seed_tells_the_same_story(SeedCorpus.Line line) {
    assertEquals(
        Simulation.outcome(line.scenario(), line.mutant(), true).story(),
        Simulation.outcome(line.scenario(), line.mutant(), true).story());
  }
}
