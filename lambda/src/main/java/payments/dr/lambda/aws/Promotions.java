package payments.dr.lambda.aws;

import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidGlobalClusterStateException;

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
   * @throws RefusedException when RDS will not
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
   * @throws RefusedException when RDS will not
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

  /** A throttled call, and one that AWS could not serve, may be taken the next time. */
  private static boolean refused(AwsServiceException e) {
    return e.statusCode() / 100 == 4 && !e.isThrottlingException();
  }

  private String target(String generation, Site site) {
    try {
      return clusters.view(generation).memberArn(site);
    } catch (SdkException | IllegalStateException e) {
      throw new PortException("global cluster of " + generation + " could not be seen", e);
    }
  }

  private static void call(String what, Runnable call) {
    try {
      call.run();
    } catch (InvalidGlobalClusterStateException | InvalidDbClusterStateException e) {
      throw new PortException(what + " must wait for an operation that is under way", e);
    } catch (AwsServiceException e) {
      throw refused(e)
          ? new RefusedException(
              "RDS refused the %s: %s".formatted(what, e.awsErrorDetails().errorMessage()), e)
          : new PortException(what + " could not be asked for", e);
    } catch (SdkException e) {
      throw new PortException(what + " was refused or not answered", e);
    }
  }
}
