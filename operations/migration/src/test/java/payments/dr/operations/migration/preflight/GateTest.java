package payments.dr.operations.migration.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.BadInputException;

class GateTest {

  @Test
  void what_must_be_mended_stops_every_command_whatever_was_decided() {
    Preflight found = found(PreflightSeverity.REFUSE, "long-transaction");
    for (Gate gate : Gate.values()) {
      BadInputException stopped =
          assertThrows(
              BadInputException.class,
              () -> gate.require(found, Map.of("long-transaction", "it ends soon")));
      assertTrue(stopped.getMessage().contains("REFUSE long-transaction: v1 it"), "" + stopped);
    }
  }

  @Test
  void what_must_be_decided_stops_until_it_is() {
    Preflight found = found(PreflightSeverity.DECIDE, "large-object", "unlogged-table");
    BadInputException stopped =
        assertThrows(
            BadInputException.class,
            () -> Gate.START.require(found, Map.of("large-object", "copied by hand")));
    assertTrue(stopped.getMessage().contains("DECIDE unlogged-table"), stopped.getMessage());
    assertFalse(stopped.getMessage().contains("large-object"), stopped.getMessage());
    Gate.START.require(
        found, Map.of("large-object", "copied by hand", "unlogged-table", "a cache"));
  }

  @Test
  void what_is_worth_knowing_stops_nothing() {
    Gate.PREPARE.require(found(PreflightSeverity.NOTE, "sequences"), Map.of());
  }

  @Test
  void what_the_migration_itself_made_stops_nothing() {
    Gate.START.require(found(PreflightSeverity.DECIDE, "migration-names"), Map.of());
    Gate.REPLICATING.require(
        found(PreflightSeverity.REFUSE, "target-rows", "wal-senders"), Map.of());
    assertThrows(
        BadInputException.class,
        () -> Gate.START.require(found(PreflightSeverity.REFUSE, "wal-senders"), Map.of()));
  }

  @Test
  void decision_names_a_check_and_a_reason() {
    Gate.requireKnown(Map.of("large-object", "copied by hand"));
    assertThrows(BadInputException.class, () -> Gate.requireKnown(Map.of("large-objekt", "why")));
    assertThrows(BadInputException.class, () -> Gate.requireKnown(Map.of("large-object", " ")));
  }

  @Test
  void every_check_that_a_gate_lets_pass_exists() {
    Set<String> stopping =
        Preflight.checks().keySet().stream()
            .filter(check -> stops(Gate.REPLICATING, check))
            .collect(Collectors.toSet());
    assertEquals(6, Preflight.checks().size() - stopping.size());
  }

  private static boolean stops(Gate gate, String check) {
    try {
      gate.require(found(PreflightSeverity.REFUSE, check), Map.of());
      return false;
    } catch (BadInputException e) {
      return true;
    }
  }

  private static Preflight found(PreflightSeverity severity, String... checks) {
    return new Preflight(
        Stream.of(checks)
            .map(check -> new PreflightFinding(check, severity, "v1", "it", "is", "why", "fix"))
            .collect(Collectors.collectingAndThen(Collectors.toList(), List::copyOf)));
  }
}
