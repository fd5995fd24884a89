package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Health;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.controller.SimulatedRegions;

class LedgerLocationTest {

  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final DataRecord.Cutover TO_V2 = new DataRecord.Cutover("v1-v2", "v2", "abc");

  private final Notebook ledger = new Notebook();

  @Test
  void data_at_rest_is_followed() {
    ledger.write(List.of(DataRecord.first("v1", "us-east-1", NOW)));

    assertEquals(Optional.empty(), objection("v1"));
    assertEquals(
        Optional.of(
            "the data is elsewhere or on its way: v1 in us-east-1, STEADY since"
                + " 2026-11-24T20:00:00Z"),
        objection("v2"));
  }

  @Test
  void cutover_moves_its_own_plan_only_until_the_data_is_there() {
    ledger.write(List.of(DataRecord.first("v1", "us-east-1", NOW)));
    ledger.write(List.of(data().begin(TO_V2, NOW)));

    assertEquals(Optional.empty(), objection("v2", "abc"));
    assertObjection("v1 in us-east-1, CUTTING_OVER to v2", objection("v2", "abd"));
    assertObjection("v1 in us-east-1, CUTTING_OVER to v2", objection("v1", "abc"));
    assertObjection("v1 in us-east-1, CUTTING_OVER to v2", objection("v2"));

    ledger.write(List.of(data().moved(NOW)));
    assertEquals(Optional.empty(), objection("v2", "abc"));
    // Half applied, it is of an older state, and another one has to lead the rest there.
    assertEquals(Optional.empty(), objection("v2", "abd"));
    assertObjection("v2 in us-east-1, CUTTING_OVER to v2", objection("v1", "abc"));

    ledger.write(List.of(data().end(NOW)));
    assertEquals(Optional.empty(), objection("v2"));
  }

  @Test
  void pointer_stays_while_the_regions_are_not_at_rest() {
    SimulatedRegions world = new SimulatedRegions().pass(Duration.ofSeconds(1));
    LedgerLocation location = new LedgerLocation(() -> world.ledger, Optional.empty());
    assertEquals(Optional.empty(), location.objection("v2"));

    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(5));

    assertEquals(
        Optional.of(
            "failover controller must be STEADY, got SUSPECT since 2026-11-25T03:00:05Z: see ./dr"
                + " status"),
        location.objection("v2"));
  }

  @Test
  void empty_ledger_allows_nothing() {
    assertEquals(Optional.of("the ledger does not say where the data is"), objection("v1"));
  }

  @Test
  void ledger_out_of_reach_allows_nothing() {
    LedgerLocation location =
        new LedgerLocation(
            () -> {
              throw new LedgerUnavailableException("no answer", null);
            },
            Optional.empty());

    assertEquals(Optional.of("the ledger cannot be read: no answer"), location.objection("v1"));
  }

  @Test
  void ledger_that_nobody_is_signed_in_to_ask_allows_nothing() {
    LedgerLocation location =
        new LedgerLocation(
            () -> {
              throw new AwsCallException(
                  Obstacle.NOT_SIGNED_IN, Optional.empty(), "no credentials", null, List::of);
            },
            Optional.empty());

    String objection = location.objection("v1").orElseThrow();

    assertTrue(
        objection.startsWith("the ledger cannot be read: not signed in: no credentials; "),
        objection);
  }

  private DataRecord data() {
    return DataRecord.read(ledger).orElseThrow();
  }

  private Optional<String> objection(String generation) {
    return new LedgerLocation(() -> ledger, Optional.empty()).objection(generation);
  }

  private Optional<String> objection(String generation, String planHash) {
    return new LedgerLocation(() -> ledger, Optional.of(planHash)).objection(generation);
  }

  private static void assertObjection(String data, Optional<String> objection) {
    assertEquals(
        Optional.of("the data is elsewhere or on its way: " + data + " since 2026-11-24T20:00:00Z"),
        objection);
  }

  /** A ledger of one process that believes every change. */
  private static final class Notebook implements Ledger {

    private final Map<LedgerKey, LedgerEntry> entries = new HashMap<>();

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return entries.values().stream().filter(it -> it.key().entity().equals(entity)).toList();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      changes.forEach(
          change ->
              entries.put(
                  change.key(),
                  new LedgerEntry(change.key(), change.expectedVersion() + 1, change.values())));
    }
  }
}
