package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How long looks have agreed that the primary Region is down. A look that says so counts the time
 * since the look before it. A look that says the opposite takes half of that time off again: a
 * Region that fails most of its requests is confirmed later than one that fails all, instead of
 * never. A look that says neither counts nothing.
 *
 * @param held the time that counts; never negative
 * @param lookedAt when the newest look was
 */
public record Suspicion(Duration held, Instant lookedAt) {

  /** Two looks' time: nobody knows what was between looks that are further apart. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

  public static Suspicion since(Instant first) {
    return new Suspicion(Duration.ZERO, first);
  }

  /** Returns the suspicion after a look at {@code now} that calls the primary Region so. */
  public Suspicion after(Health primary, Instant now) {
    Duration gap = Duration.between(lookedAt, now);
    Duration time = gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap;
    return switch (primary) {
      case DOWN -> new Suspicion(held.plus(time), now);
      case UP -> new Suspicion(less(time.dividedBy(2)), now);
      case UNKNOWN -> new Suspicion(held, now);
    };
  }

  private Duration less(Duration time) {
    return held.compareTo(time) > 0 ? held.minus(time) : Duration.ZERO;
  }
}
