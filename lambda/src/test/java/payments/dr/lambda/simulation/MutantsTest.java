package payments.dr.lambda.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each sown fault breaks an invariant in a schedule that production survives. */
class MutantsTest {

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_IS_DOWN, NO_ADDRESS, I5",
    "OPTIMISTIC_LOSS, BLIND_BEFORE_THE_FAULT, I6",
    "FENCE_LEFT_ON, ABORT_WHILE_PREPARING, I10",
    "NO_COOL_DOWN, SECOND_FAULT_IN_THE_COOL_DOWN, I4",
    "ONE_COPY_LEFT, PARTITION_WHILE_CLEARING, I10",
    "ROUTING_BEFORE_PROMOTION, ABORTED_SWITCHOVER, I2",
    "CAP_BEFORE_ATTEMPT, PARTITION_WHILE_CLEARING, I1",
    "EDGE_TRIGGERED_LATCH, CUTOVER_DURING_SUSPICION, I10",
    "AUTOMATIC_ROUTE_BACK, CUTOVER_DURING_SUSPICION, I3",
    "GENERATION_OF_THE_FILE, CUTOVER_DURING_SUSPICION, I12",
    "LEASE_EXPIRY_ONLY, LEASE_RUNS_OUT_BUT_IS_NOT_TAKEN, I14",
    "NO_STALE_ACT_GUARD, PAUSE_WHILE_FROZEN, I9",
    "LATCH_BEFORE_RDS_BEGINS, FALSE_ALARM_AND_REFUSED_FAILOVER, I2",
    "LEFT_AHEAD, FALSE_ALARM_AND_CANCELLED_FAILOVERS, I10",
    "NO_GUARD, PAUSE_WHILE_FROZEN_BEFORE_THE_ORDER, I9",
  })
  void directed_schedule_catches(Mutant mutant, Directed directed, String invariant) {
    Outcome production = directed.run(Mutant.UNHARMED);
    assertEquals(Map.of(), production.violations(), production::story);

    Outcome mutated = directed.run(mutant);
    assertTrue(mutated.violations().containsKey(invariant), mutated::story);
  }

  @Test
  void every_mutant_is_in_the_corpus_or_the_table() throws NoSuchMethodException {
    Set<Mutant> caught = EnumSet.of(Mutant.UNHARMED);
    SeedCorpus.read().forEach(line -> caught.add(line.mutant()));
    String[] table =
        MutantsTest.class
            .getDeclaredMethod(
                "directed_schedule_catches", Mutant.class, Directed.class, String.class)
            .getAnnotation(CsvSource.class)
            .value();
    caught.addAll(
        Arrays.stream(table)
            .map(line -> Mutant.valueOf(line.split(",")[0]))
            .collect(Collectors.toSet()));

    assertEquals(EnumSet.allOf(Mutant.class), caught);
  }
}
