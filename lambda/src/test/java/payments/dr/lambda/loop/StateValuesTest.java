package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;

class StateValuesTest {

  @Test
  void every_authority_is_read_back() {
    for (Authority authority : Authority.values()) {
      Map<String, String> values = written();
      values.put("authority", authority.name());

      assertEquals(authority, StateValues.of(7, values).incident().authority());
    }
  }

  /** What a later release writes is no guess of this one: nothing is decided, and it says why. */
  @Test
  void name_that_only_a_later_release_knows_is_refused() {
    refused("authority", "[MACHINE, HUMAN, FORCED]");
    refused("promotion", List.of(Promotion.values()).toString());
    refused("phase", List.of(Phase.values()).toString());
  }

  private static void refused(String name, String allowed) {
    Map<String, String> values = written();
    values.put(name, "LATER");

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> StateValues.of(7, values));

    assertEquals(
        name
            + " of the ledger's entry FAILOVER must be one of "
            + allowed
            + ", got LATER: if a later release wrote it, that one must read it",
        refused.getMessage());
  }

  private static Map<String, String> written() {
    State state = State.INITIAL.with(Incident.NONE);
    return new HashMap<>(
        StateValues.of(
            new Decision(state, new Act.Nothing()),
            state.phase(),
            ObservationValuesTest.SEEN,
            ObservationValuesTest.AT));
  }
}
