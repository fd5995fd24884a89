package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectedTest {

  @ParameterizedTest
  @EnumSource
  void production_keeps_every_invariant(Directed directed) {
    Outcome outcome = directed.run(Mutant.UNHARMED);

    assertEquals(Map.of(), outcome.violations(), outcome::story);
  }
}
