package payments.dr.operations.migration.database;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A database's copy in the other Region, as Aurora's writer tells it. Once the database takes
 * payments, that copy is all that a lost Region leaves.
 */
public final class DrMember {

  /** Other PostgreSQL has no such function. */
  private static final String TOLD = "to_regproc('pg_catalog.aurora_global_db_status') IS NOT NULL";

  /** The writer's own line says -1. What was reckoned a while ago was true then. */
  private static final String FOLLOWERS =
      """
      SELECT aws_region, greatest(durability_lag_in_msec, rpo_lag_in_msec)::bigint
        + greatest(0, 1000 * extract(epoch FROM clock_timestamp() - last_lag_calculation_time))::bigint
      FROM pg_catalog.aurora_global_db_status() WHERE durability_lag_in_msec >= 0 ORDER BY 2""";

  private final Database database;

  public DrMember(Database database) {
    this.database = database;
  }

  private record Follower(String region, Duration behind) {}

  /**
   * Returns why a payment that the database took would be lost with its Region; empty when another
   * Region follows closely, and where nothing tells because the database is not Aurora's.
   *
   * @param limit how far behind the closest copy may be
   */
  public Optional<String> objection(Duration limit) {
    if (!database.holds(TOLD)) {
      return Optional.empty();
    }
    List<Follower> followers =
        database.query(
            FOLLOWERS, row -> new Follower(row.getString(1), Duration.ofMillis(row.getLong(2))));
    if (followers.isEmpty()) {
      return Optional.of(
          "another Region must follow %s, none does: see ./dr status, and \"After an unplanned failover: reconcile\" in README.md"
              .formatted(database.generation()));
    }
    Follower closest = followers.get(0);
    return closest.behind().compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            "%s must follow %s within %d s, it is %.1f s behind: wait, see alarm replication-lag"
                .formatted(
                    closest.region(),
                    database.generation(),
                    limit.toSeconds(),
                    closest.behind().toMillis() / 1000.0));
  }
}
