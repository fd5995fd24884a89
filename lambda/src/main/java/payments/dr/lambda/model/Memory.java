package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What earlier looks saw and later decisions need. {@link Instant#EPOCH} stands for never.
 *
 * @param lastUpAt when customers were last known to reach the primary Region
 * @param upSince since when they reach it without a known break
 * @param lastReplicatedAt everything committed until then is known to be in the DR Region
 */
public record Memory(Instant lastUpAt, Instant upSince, Instant lastReplicatedAt) {

  public static final Memory EMPTY = new Memory(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  public Memory after(Observation seen, Instant now) {
    Instant heartbeat = seen.database().heartbeatAt();
    Instant replicated = heartbeat == null ? lastReplicatedAt : later(heartbeat, lastReplicatedAt);
    return switch (seen.external()) {
      case UP -> new Memory(now, upSince.equals(Instant.EPOCH) ? now : upSince, replicated);
      case DOWN -> new Memory(lastUpAt, Instant.EPOCH, replicated);
      case UNKNOWN -> new Memory(lastUpAt, upSince, replicated);
    };
  }

  /** Returns how long the primary Region has been reachable; zero when it is not. */
  public Duration stableFor(Instant now) {
    return upSince.equals(Instant.EPOCH) ? Duration.ZERO : Duration.between(upSince, now);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
