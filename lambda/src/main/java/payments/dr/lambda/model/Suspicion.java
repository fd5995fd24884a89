package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How long looks have agreed that the primary Region is down. A look that says so counts the time
 * since the look before it. A look that says the opposite takes half of that time off again: a
 * Region that fails most of its requests is confirmed later than one that fails all, instead of
 * never. A look that says neither counts for nothing; but after a minute of such looks, or of none,
 * nothing is left of what earlier ones said.
 *
 * @param held the time that counts; never negative, and never more than is asked for
 * @param lookedAt when the newest look was that said either
 * @param since when the looks began to agree; {@link Instant#EPOCH}: they do not
 */
public record Suspicion(Duration held, Instant lookedAt, Instant since) {

  /** Two looks' time: nobody knows what was between looks that are further apart. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

  /** After which nothing is left of what earlier looks said. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(1);

  /** Returns the suspicion of a look at {@code now} that says so. */
  public static Suspicion since(Instant now) {
    return new Suspicion(Duration.ZERO, now, now);
  }

  /** Returns what there is before any look says so. */
  public static Suspicion none(Instant now) {
    return new Suspicion(Duration.ZERO, now, Instant.EPOCH);
  }

  /**
   * Returns the suspicion after one more look.
   *
   * @param primary what the look says of the primary Region
   * @param now when it was; a look from before the newest one counts no time
   * @param enough the time that is asked for
   */
  public Suspicion after(Health primary, Instant now, Duration enough) {
    Duration gap = Duration.between(lookedAt, now);
    if (gap.compareTo(FORGOTTEN) > 0) {
      return primary == Health.DOWN ? since(now) : none(now);
    }
    Duration time = shorter(gap.isNegative() ? Duration.ZERO : gap, LONGEST_GAP);
    Instant newest = gap.isNegative() ? lookedAt : now;
    return switch (primary) {
      case DOWN ->
          new Suspicion(
              shorter(held.plus(time), enough), newest, since.equals(Instant.EPOCH) ? now : since);
      case UP -> less(time.dividedBy(2), newest);
      case UNKNOWN -> this;
    };
  }

  /** Returns this with all of the time asked for anew: what counted may have been a fence. */
  public Suspicion unconfirmed() {
    return new Suspicion(Duration.ZERO, lookedAt, since);
  }

  /** Returns until when nobody doubted that the primary Region serves. */
  public Instant undoubtedUntil() {
    return since.equals(Instant.EPOCH) ? lookedAt : since;
  }

  private Suspicion less(Duration time, Instant now) {
    return held.compareTo(time) > 0 ? new Suspicion(held.minus(time), now, since) : none(now);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
