package payments.dr.operations.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;

/**
 * One recovery point of a vault, of a cluster or a session table of the environment.
 *
 * @param source Region of what it is of, such as {@code us-east-1}: of a copy the other one
 * @param bytes its size; AWS tells none of some
 * @param until when AWS Backup deletes it; empty: never
 */
record RecoveryPoint(
    String arn,
    Kind kind,
    DatabaseGeneration generation,
    String source,
    Instant created,
    long bytes,
    String status,
    Optional<Instant> until) {

  private static final List<String> COMPLETE = List.of("COMPLETED", "AVAILABLE");

  boolean isComplete() {
    return COMPLETE.contains(status);
  }
}
