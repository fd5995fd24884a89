package payments.dr.lambda.loop;

import java.time.Instant;
import java.util.Map;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.State;

/**
 * What one tick left in the ledger, for programs that only read it.
 *
 * @param from the phase before
 * @param act what it was about to do, as the audit trail shows it
 * @param seen what it decided upon
 * @param at when it began
 */
public record Recorded(State state, Phase from, String act, Observation seen, Instant at) {

  static Recorded of(long version, Map<String, String> values) {
    return new Recorded(
        StateValues.of(version, values),
        StateValues.named(Phase.class, values, "from"),
        values.get("act"),
        ObservationValues.of(values),
        StateValues.moment(values, "tickedAt"));
  }
}
