package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Everything that one look saw.
 *
 * @param external what Route 53's checkers say of the primary Region's deep probe
 * @param peer what the DR Region says of it, over the internet
 * @param readiness whether the DR Region has enough healthy targets to serve
 * @param generation the database generation that the ledger says is active
 */
public record Observation(
    Health external,
    Health peer,
    Health readiness,
    String generation,
    Database database,
    Traffic traffic,
    LeaseReading lease) {

  /**
   * The global cluster of the active generation, as the DR Region sees it.
   *
   * @param heartbeatAt when the newest heartbeat row on the DR reader was written, by the clock of
   *     the function that wrote it; null: not seen
   * @param replicatedUntil until when everything that the primary Region committed is in the DR
   *     Region, as its database proves by itself; null: it does not
   * @param movingTo the Region that a failover or switchover under way makes the writer, as RDS
   *     shows it once it has begun; UNKNOWN: none is seen under way
   * @param otherIsReplica whether the Region that does not write follows as a replica
   * @param replicaLag how far that replica is behind; null: not seen
   * @param versions as they were seen last, which may be before a Region went dark
   */
  public record Database(
      Site writer,
      Activity activity,
      Instant heartbeatAt,
      Instant replicatedUntil,
      Site movingTo,
      boolean otherIsReplica,
      Duration replicaLag,
      EngineVersions versions) {

    /**
     * A clock that is further ahead is wrong, and nothing that it says is known: 8 s for a look
     * that began before the row was written, and 2 s for clocks that are right.
     */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** A database that proves nothing by itself, and whose writer does not move. */
    public Database(
        Site writer,
        Activity activity,
        Instant heartbeatAt,
        boolean otherIsReplica,
        Duration replicaLag,
        EngineVersions versions) {
      this(writer, activity, heartbeatAt, null, Site.UNKNOWN, otherIsReplica, replicaLag, versions);
    }

    /** Returns the same with what the database proves. */
    public Database replicatedUntil(Instant proved) {
      return new Database(
          writer, activity, heartbeatAt, proved, movingTo, otherIsReplica, replicaLag, versions);
    }

    /** Returns the same while the writer moves to a Region. */
    public Database movingTo(Site target) {
      return new Database(
          writer,
          activity,
          heartbeatAt,
          replicatedUntil,
          target,
          otherIsReplica,
          replicaLag,
          versions);
    }

    /** Returns {@link #heartbeatAt}; null when not seen, or not possible at {@code now}. */
    public Instant heartbeatBy(Instant now) {
      return possible(heartbeatAt, now);
    }

    /**
     * Returns until when everything committed is known to be in the DR Region, by a heartbeat or by
     * the database itself; null when neither is seen, or possible at {@code now}. A replica that is
     * being filled anew proves nothing.
     */
    public Instant replicatedBy(Instant now) {
      boolean whole = otherIsReplica || writer == Site.UNKNOWN;
      Instant heartbeat = heartbeatBy(now);
      Instant proved = whole ? possible(replicatedUntil, now) : null;
      if (heartbeat == null || proved == null) {
        return heartbeat == null ? proved : heartbeat;
      }
      return Memory.later(heartbeat, proved);
    }

    private static Instant possible(Instant said, Instant now) {
      return said == null || ahead(said, now) ? null : said;
    }

    /** Returns whether only a clock that is wrong can have said so by {@code now}. */
    public static boolean ahead(Instant said, Instant now) {
      return said.isAfter(now.plus(SKEW));
    }

    public boolean settledIn(Site site) {
      return writer == site && activity == Activity.IDLE;
    }
  }

  /**
   * Where customers are sent.
   *
   * @param primaryLatch the copy of the latch in the primary Region, which turns the route
   * @param primaryHold the object beside it, which keeps the route through an outage of S3
   * @param answers the Region that DNS answers with
   * @param paymentCommits whether a test payment through the DR Region was just committed
   */
  public record Traffic(
      Presence primaryLatch,
      Presence drLatch,
      Presence primaryHold,
      Presence drHold,
      Site answers,
      boolean paymentCommits) {

    /** A route whose hold is where the latch is. */
    public Traffic(Presence primaryLatch, Presence drLatch, Site answers, boolean paymentCommits) {
      this(primaryLatch, drLatch, primaryLatch, drLatch, answers, paymentCommits);
    }

    /** Returns whether the latch turns the route to the DR Region. One copy is enough for that. */
    public boolean latched() {
      return drLatch == Presence.PRESENT || primaryLatch == Presence.PRESENT;
    }

    /** Returns whether anything is seen that leads customers to the DR Region, or keeps them. */
    public boolean anyCopySeen() {
      return latched() || held();
    }

    /**
     * Returns whether no copy of the latch, or of what holds it, is missing. The one in the primary
     * Region may be unreadable, because that Region may be dark.
     */
    public boolean noCopyMissing() {
      return drLatch == Presence.PRESENT
          && drHold == Presence.PRESENT
          && primaryLatch != Presence.ABSENT
          && primaryHold != Presence.ABSENT;
    }

    /** Returns whether a copy of the latch is seen to be gone, whatever holds the route. */
    public boolean unlatchedAnywhere() {
      return drLatch == Presence.ABSENT || primaryLatch == Presence.ABSENT;
    }

    /** Returns whether a copy of what holds the route is seen. */
    public boolean held() {
      return drHold == Presence.PRESENT || primaryHold == Presence.PRESENT;
    }

    /** Returns whether nothing holds the route that the latch turned. */
    public boolean loosened() {
      return drHold == Presence.ABSENT && primaryHold == Presence.ABSENT;
    }

    public boolean cleared() {
      return loosened() && drLatch == Presence.ABSENT && primaryLatch == Presence.ABSENT;
    }
  }
}
