package payments.dr.lambda.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when everything that the primary Region committed is in the DR Region, by what the database
 * says of itself: it needs no heartbeat, and so no function in the primary Region.
 *
 * <p>A lag alone proves nothing, since a replica that is cut off may go on saying what it was. So
 * its log must also have grown since the look before.
 */
final class ReplicationProof {

  /** Growth since an earlier look may be older than the cut: a look comes every 5 s. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  private String generation;
  private Replica.Follower last;

  /**
   * Returns the moment; empty unless this look proves one.
   *
   * @param seen null: the DR Region's database was not seen, or does not follow
   */
  synchronized Optional<Instant> after(String seenGeneration, Replica.Follower seen) {
    if (seen == null) {
      return Optional.empty();
    }
    Replica.Follower before = seenGeneration.equals(generation) ? last : null;
    generation = seenGeneration;
    last = seen;
    boolean grew =
        before != null
            && seen.position() > before.position()
            && Duration.between(before.at(), seen.at()).compareTo(RECENT) <= 0;
    return grew ? Optional.of(seen.at().minus(seen.behind())) : Optional.empty();
  }
}
