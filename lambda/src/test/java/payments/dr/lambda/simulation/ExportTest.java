package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The export of the audit trail, beside a controller with much to do. */
class ExportTest {

  private static final int SEEDS = 200;

  @Test
  void archive_that_takes_nothing_changes_no_decision() {
    LongStream.rangeClosed(1, SEEDS)
        .parallel()
        .mapToObj(seed -> Scenario.Kind.CHAOS.of(seed, Grade.BEST_EFFORT))
        .forEach(
            scenario -> {
              Simulation dark = new Simulation(scenario, Mutant.UNHARMED, true);
              dark.export().darken();
              assertEquals(
                  new Simulation(scenario, Mutant.UNHARMED, true).run().outcome(),
                  dark.run().outcome());
            });
  }

  @Test
  void archive_that_was_dark_is_noticed() {
    Simulation simulation =
        new Simulation(Scenario.Kind.HARD.of(1, Grade.BEST_EFFORT), Mutant.UNHARMED, false);
    simulation.export().darken();

    Map<String, Map<String, String>> archive = simulation.run().export().finish();
    simulation.invariants().archived(archive);

    assertEquals(Map.of(), archive);
    assertFalse(simulation.invariants().violations().isEmpty(), "I13 must bite");
  }
}
