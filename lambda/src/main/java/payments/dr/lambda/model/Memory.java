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
 */
public record Memory(
    Instant lastUpAt, Instant upSince, Instant downSince, Instant lastReplicatedAt) {

  public static final Memory EMPTY =
      new Memory(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  public Memory after(Observation seen, Instant now) {
    Instant known = seen.database().replicatedBy(now);
    Instant replicated = known == null ? lastReplicatedAt : later(known, lastReplicatedAt);
    boolean paid = seen.peer() == Health.UP && seen.database().writer() != Site.DR;
    Instant up = paid ? now : lastUpAt;
    return switch (seen.external()) {
      case UP -> new Memory(now, orNow(upSince, now), Instant.EPOCH, replicated);
      case DOWN -> new Memory(up, Instant.EPOCH, orNow(downSince, now), replicated);
      case UNKNOWN -> new Memory(up, upSince, downSince, replicated);
    };
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
