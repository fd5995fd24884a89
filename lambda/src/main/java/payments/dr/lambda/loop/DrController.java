package payments.dr.lambda.loop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import payments.dr.ledger.Ledger;

/**
 * The controller that decides, as the DR Region's ledger shows it. Its own alarms may be lost
 * together with it.
 *
 * @param ledger of that Region
 */
public record DrController(Ledger ledger, InstantSource clock) {

  /**
   * Returns how long ago it ticked; empty when it never did.
   *
   * @throws RuntimeException when its ledger does not answer
   */
  public Optional<Duration> tickAge() {
    return StateStore.read(ledger).map(newest -> Duration.between(newest.at(), clock.instant()));
  }
}
