package payments.dr.lambda.failover.loop;

import java.time.Instant;
import java.util.Map;
import payments.dr.lambda.failover.Phase;
import payments.dr.lambda.failover.Seen;
import payments.dr.lambda.failover.State;

/**
 * What one tick left in the ledger, for whoever only reads it.
 *
 * @param from the phase before
 * @param act what it was about to do, as the audit trail shows it
 * @param seen what it decided upon
 * @param at when it began
 */
public record Recorded(State state, Phase from, String act, Seen seen, Instant at) {

  static Recorded of(long version, Map<String, String> values) {
    return new Recorded(
        StateValues.of(version, values),
        Phase.valueOf(values.get("from")),
        values.get("act"),
        SeenValues.of(values),
        StateValues.moment(values, "tickedAt"));
  }
}
