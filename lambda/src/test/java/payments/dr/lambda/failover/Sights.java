package payments.dr.lambda.failover;

import java.time.Duration;
import java.time.Instant;

/** Looks at a world in which all is well, and what to change about them. */
final class Sights {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static final Seen.Traffic TO_PRIMARY =
      new Seen.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false);
  static final Seen.Traffic TO_DR =
      new Seen.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, true);
  static final LeaseReading NO_LEASE = new LeaseReading.Unproven(false);
  static final LeaseReading FENCED = new LeaseReading.Unproven(true);

  static final Seen WELL = primary(Vote.UP, Vote.UP);
  static final Seen DOWN = primary(Vote.DOWN, Vote.DOWN);
  static final Seen NOTHING =
      new Seen(
          Vote.UNKNOWN,
          Vote.UNKNOWN,
          Vote.UNKNOWN,
          "v1",
          new Seen.Database(Site.UNKNOWN, Activity.UNKNOWN, null, false, null),
          new Seen.Traffic(Presence.UNKNOWN, Presence.UNKNOWN, Site.UNKNOWN, false),
          NO_LEASE);

  private Sights() {}

  static Seen primary(Vote external, Vote peer) {
    return new Seen(
        external, peer, Vote.UP, "v1", database(Site.PRIMARY, Activity.IDLE), TO_PRIMARY, NO_LEASE);
  }

  static Seen.Database database(Site writer, Activity activity) {
    return new Seen.Database(writer, activity, NOW.minusSeconds(3), true, Duration.ofSeconds(1));
  }

  static Seen with(Seen seen, Seen.Database database) {
    return new Seen(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        database,
        seen.traffic(),
        seen.lease());
  }

  static Seen with(Seen seen, Seen.Traffic traffic) {
    return new Seen(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        traffic,
        seen.lease());
  }

  static Seen with(Seen seen, LeaseReading lease) {
    return new Seen(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        seen.traffic(),
        lease);
  }

  static Seen ready(Seen seen, Vote readiness) {
    return new Seen(
        seen.external(),
        seen.peer(),
        readiness,
        seen.generation(),
        seen.database(),
        seen.traffic(),
        seen.lease());
  }

  static Seen dr(Seen seen, Seen.Traffic traffic) {
    return with(with(seen, database(Site.DR, Activity.IDLE)), traffic);
  }
}
