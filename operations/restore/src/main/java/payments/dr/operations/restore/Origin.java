package payments.dr.operations.restore;

import java.time.Instant;
import java.util.Optional;

/**
 * What is restored.
 *
 * @param cluster ARN of a recovery point, or resource id of a cluster that is restored by its
 *     continuous backup
 * @param time of which the data is: when the recovery point was made, or the one that was asked for
 * @param sessions ARN of the session table's recovery point, or of the table; empty: there was none
 */
record Origin(String cluster, Instant time, Optional<String> sessions) {

  /** A recovery point is an ARN, a resource id is not. */
  boolean isContinuous() {
    return !cluster.startsWith("arn:");
  }
}
