package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What earlier looks saw and later decisions need. {@link Instant#EPOCH} stands for never.
 *
 * @param lastUpAt when the checkers or the DR Region's probe last reached payments in the primary
 * @param upSince since when they reach it without a known break
 * @param downSince since when they do not, as far as EXTERNAL says
 * @param lastReplicatedAt everything committed until then is known to be in the DR Region
 * @param turnedAt when the route was last turned to the DR Region before that Region wrote, or left
 *     there where nobody saw the writer; until the controller holds the route there, the latch is
 *     its own to take away
 */
public record Memory(
    Instant lastUpAt,
    Instant upSince,
    Instant downSince,
    Instant lastReplicatedAt,
    Instant turnedAt) {

  public static final Memory EMPTY =
      new Memory(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  /** Within which a tick that was slow may still put the latch that it decided on. */
  private static final Duration LATCH_FOLLOWS = Duration.ofSeconds(30);

  /** A memory of a route that never was ahead of the writer. */
  public Memory(Instant lastUpAt, Instant upSince, Instant downSince, Instant lastReplicatedAt) {
    this(lastUpAt, upSince, downSince, lastReplicatedAt, Instant.EPOCH);
  }

  public Memory after(Observation seen, Instant now) {
    Instant known = seen.database().replicatedBy(now);
    Instant replicated = known == null ? lastReplicatedAt : later(known, lastReplicatedAt);
    boolean paid = seen.peer() == Health.UP && seen.database().writer() != Site.DR;
    Instant up = paid ? now : lastUpAt;
    return switch (seen.external()) {
      case UP -> new Memory(now, orNow(upSince, now), Instant.EPOCH, replicated, turned(seen, now));
      case DOWN ->
          new Memory(up, Instant.EPOCH, orNow(downSince, now), replicated, turned(seen, now));
      case UNKNOWN -> new Memory(up, upSince, downSince, replicated, turned(seen, now));
    };
  }

  /** Returns this after the route was turned ahead of the writer. */
  public Memory turned(Instant now) {
    return new Memory(lastUpAt, upSince, downSince, lastReplicatedAt, now);
  }

  /** Returns this after the writer was found where the route leads, which is held there now. */
  public Memory followed() {
    return turned(Instant.EPOCH);
  }

  /** Returns whether the latch stands, if it does, only because the writer was to follow it. */
  public boolean routeIsAhead() {
    return !turnedAt.equals(Instant.EPOCH);
  }

  private Instant turned(Observation seen, Instant now) {
    boolean back = seen.traffic().cleared() && now.isAfter(turnedAt.plus(LATCH_FOLLOWS));
    return back ? Instant.EPOCH : turnedAt;
  }

  /** Returns how long the primary Region has been reachable; zero when it is not. */
  public Duration stableFor(Instant now) {
    return since(upSince, now);
  }

  /** Returns how long EXTERNAL has called it DOWN; zero when it does not. */
  public Duration downFor(Instant now) {
    return since(downSince, now);
  }

  private static Duration since(Instant moment, Instant now) {
    return moment.equals(Instant.EPOCH) ? Duration.ZERO : Duration.between(moment, now);
  }

  private static Instant orNow(Instant moment, Instant now) {
    return moment.equals(Instant.EPOCH) ? now : moment;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
