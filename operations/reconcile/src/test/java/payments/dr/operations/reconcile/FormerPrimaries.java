package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.function.Function;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.postgres.Cluster;

/** Former primaries of tests. */
public final class FormerPrimaries {

  private FormerPrimaries() {}

  /** Every cluster is reached in the same way, and no time passes while one waits. */
  public static FormerPrimary of(FakeRds rds, Function<String, Cluster> clusters) {
    return of(rds, clusters, new Leaping());
  }

  static FormerPrimary of(FakeRds rds, Function<String, Cluster> clusters, Clock clock) {
    return new FormerPrimary(
        rds, "us-east-1", FakeRds.OLD_WRITER, "db.r6g.large", clusters, clusters, clock);
  }

  /** Its sleepers wake at once, later. */
  private static final class Leaping implements Clock {

    private Instant now = Instant.parse("2026-11-25T04:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake;
    }
  }
}
