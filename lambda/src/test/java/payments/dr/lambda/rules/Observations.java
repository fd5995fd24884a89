package payments.dr.lambda.rules;

import java.time.Duration;
import java.time.Instant;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;

/** Looks at a world in which all is well, and what to change about them. */
final class Observations {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static final Observation.Traffic TO_PRIMARY =
      new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false);
  static final Observation.Traffic TO_DR =
      new Observation.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, true);
  static final LeaseReading NO_LEASE = new LeaseReading.Unproven(false);
  static final LeaseReading FENCED = new LeaseReading.Unproven(true);

  static final Observation WELL = primary(Health.UP, Health.UP);
  static final Observation DOWN = primary(Health.DOWN, Health.DOWN);
  static final Observation NOTHING =
      new Observation(
          Health.UNKNOWN,
          Health.UNKNOWN,
          Health.UNKNOWN,
          "v1",
          new Observation.Database(
              Site.UNKNOWN, Activity.UNKNOWN, null, false, null, EngineVersions.UNSEEN),
          new Observation.Traffic(Presence.UNKNOWN, Presence.UNKNOWN, Site.UNKNOWN, false),
          NO_LEASE);

  private Observations() {}

  static Observation primary(Health external, Health peer) {
    return new Observation(
        external,
        peer,
        Health.UP,
        "v1",
        database(Site.PRIMARY, Activity.IDLE),
        TO_PRIMARY,
        NO_LEASE);
  }

  static Observation.Database database(Site writer, Activity activity) {
    return new Observation.Database(
        writer, activity, NOW.minusSeconds(3), true, Duration.ofSeconds(1), EngineVersions.UNSEEN);
  }

  static Observation with(Observation seen, Observation.Database database) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        database,
        seen.traffic(),
        seen.lease());
  }

  static Observation with(Observation seen, Observation.Traffic traffic) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        traffic,
        seen.lease());
  }

  static Observation with(Observation seen, LeaseReading lease) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        seen.traffic(),
        lease);
  }

  static Observation ready(Observation seen, Health readiness) {
    return new Observation(
        seen.external(),
        seen.peer(),
        readiness,
        seen.generation(),
        seen.database(),
        seen.traffic(),
        seen.lease());
  }

  static Observation versions(Observation seen, EngineVersions versions) {
    Observation.Database database = seen.database();
    return with(
        seen,
        new Observation.Database(
            database.writer(),
            database.activity(),
            database.heartbeatAt(),
            database.otherIsReplica(),
            database.replicaLag(),
            versions));
  }

  static Observation dr(Observation seen, Observation.Traffic traffic) {
    return with(with(seen, database(Site.DR, Activity.IDLE)), traffic);
  }
}
