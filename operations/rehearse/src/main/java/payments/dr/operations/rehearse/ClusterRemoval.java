package payments.dr.operations.rehearse;

import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;

/**
 * Deletes a cluster without instances, and waits until it is gone. It asks until AWS knows the
 * cluster no more: what is being made, or goes already, refuses.
 *
 * @param pause between two tries
 */
record ClusterRemoval(RdsClient rds, String identifier, Runnable pause) {

  /** An hour on AWS, with its half minute between two tries. */
  private static final int MOST_TRIES = 120;

  /**
   * @throws CommandFailedException when it is still there after all tries
   */
  void run() {
    String said = "no answer";
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        rds.deleteDBCluster(
            request -> request.dbClusterIdentifier(identifier).skipFinalSnapshot(true));
      } catch (DbClusterNotFoundException e) {
        return;
      } catch (InvalidDbClusterStateException e) {
        said = e.getMessage();
      }
      pause.run();
    }
    throw new CommandFailedException(
        "cluster %s must be gone after %d tries to delete it, got \"%s\""
            .formatted(identifier, MOST_TRIES, said));
  }
}
