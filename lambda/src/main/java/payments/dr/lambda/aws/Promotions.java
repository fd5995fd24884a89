package payments.dr.lambda.aws;

import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.DroppedException;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * Moves the writer of a global cluster. Membership is kept: no cluster is ever detached.
 *
 * @param clusters where to look up who is where
 * @param primary client in the primary Region, bounded by {@link Bounds#PROMOTE} as the next
 */
public record Promotions(GlobalClusters clusters, RdsClient primary, RdsClient dr) {

  /**
   * Fails the global database over, which loses what was not replicated. The call goes to the
   * Region that is to write, because the other one may not answer.
   *
   * @throws DroppedException when RDS was not asked
   * @throws RefusedException when RDS did not take it
   * @throws PortException when not answered; it may have been accepted nevertheless
   */
  void failover(String generation, Site to, Guard guard) {
    String target = target(generation, to);
    guard.check();
    call(
        "failover",
        () ->
            (to == Site.DR ? dr : primary)
                .failoverGlobalCluster(
                    request ->
                        request
                            .globalClusterIdentifier(clusters.identifier(generation))
                            .targetDbClusterIdentifier(target)
                            .allowDataLoss(true)));
  }

  /**
   * Without loss; AWS takes this order in the Region that writes.
   *
   * @throws DroppedException when RDS was not asked
   * @throws RefusedException when RDS did not take it
   * @throws PortException when not answered; it may have been accepted nevertheless
   */
  void switchover(String generation, Site to, Guard guard) {
    String target = target(generation, to);
    RdsClient writer = to == Site.DR ? primary : dr;
    guard.check();
    call(
        "switchover",
        () ->
            writer.switchoverGlobalCluster(
                request ->
                    request
                        .globalClusterIdentifier(clusters.identifier(generation))
                        .targetDbClusterIdentifier(target)));
  }

  /** Whether RDS answered that it did not take the call; after its own faults nobody knows. */
  private static boolean refused(AwsServiceException e) {
    return e.statusCode() / 100 == 4;
  }

  private static String words(AwsServiceException e) {
    return e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
  }

  private String target(String generation, Site site) {
    try {
      return clusters.view(generation).memberArn(site);
    } catch (SdkException | IllegalStateException e) {
      throw new DroppedException("global cluster of " + generation + " could not be seen", e);
    }
  }

  private static void call(String what, Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      throw refused(e)
          ? new RefusedException("RDS refused the %s: %s".formatted(what, words(e)), e)
          : new PortException(what + " was not answered", e);
    } catch (SdkException e) {
      throw new PortException(what + " was not answered", e);
    }
  }
}
