package payments.dr.operations.orders;

import java.time.Duration;
import java.util.Optional;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Site;
import payments.dr.operations.controller.ControllerView;

/**
 * The primary Region while the DR Region serves: whether it could take over if that one were lost.
 * After a failover it cannot until Aurora has filled its cluster anew.
 */
final class Standby {

  private Standby() {}

  /**
   * Returns what would keep the primary Region from taking over, by what a look saw; empty: it
   * could, by order.
   *
   * @param lossGuard above which a replica counts as too far behind
   */
  static Optional<String> obstacle(Observation.Database database, Duration lossGuard) {
    if (!database.otherIsReplica()) {
      return Optional.of("it does not follow yet");
    }
    if (database.versions().differ()) {
      return Optional.of(database.versions().difference());
    }
    Duration lag = database.replicaLag();
    if (lag == null) {
      return Optional.of("nobody saw how far it is behind");
    }
    return lag.compareTo(lossGuard) > 0
        ? Optional.of(
            "it must be at most %s behind, got %s".formatted(Ages.text(lossGuard), Ages.text(lag)))
        : Optional.empty();
  }

  /** Returns whether the newest look saw the DR Region write, at rest. */
  static boolean isPrimary(Observation seen) {
    return seen.database().settledIn(Site.DR);
  }

  /** One line for a person. */
  static String text(Observation seen, ControllerView view) {
    return obstacle(seen.database(), view.policy().lossGuard())
        .map(
            why ->
                "%s could NOT take over if %s were lost: %s"
                    .formatted(view.primary(), view.dr(), why))
        .orElseGet(
            () ->
                "%s could take over if %s were lost, by ./dr force %s --region %s"
                    .formatted(
                        view.primary(), view.dr(), view.environment().name(), view.primary()));
  }
}
