package payments.dr.ledger;

import java.time.Instant;

/**
 * That somebody holds the mutex.
 *
 * @param epoch greater than that of every holding before
 * @param until when it runs out unless renewed
 */
public record Holding(long epoch, Holder holder, Instant since, Instant until) {

  @Override
  public String toString() {
    return "%s since %s until %s, epoch %d".formatted(holder, since, until, epoch);
  }
}
