package payments.dr.operations.controller;

import java.util.Optional;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.Ledger;

/** Tells whether the failover controller is steady and not paused, so that data may move. */
public final class SteadyController {

  private SteadyController() {}

  /**
   * Returns why nobody may move data between generations now; empty when they may. Where no
   * controller ever ran there is nothing to wait for.
   */
  public static Optional<String> objection(Ledger ledger) {
    return StateStore.read(ledger)
        .map(last -> last.state())
        .filter(state -> state.phase() != Phase.STEADY)
        .map(
            state ->
                "failover controller must be STEADY, got %s since %s: see ./dr status"
                    .formatted(state.phase(), state.since()))
        .or(() -> paused(ledger));
  }

  /** Somebody has their hands on the Regions, or does not trust them. */
  private static Optional<String> paused(Ledger ledger) {
    return ControlRecord.read(ledger)
        .pause()
        .map(
            by ->
                "failover controller must not be paused, got a pause since %s by %s, \"%s\": see ./dr resume"
                    .formatted(by.at(), by.principal(), by.reason()));
  }
}
