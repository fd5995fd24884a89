package payments.dr.lambda.aws;

import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.PortException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
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
   * @throws PortException when refused or not answered; it may have been accepted nevertheless
   */
  void failover(String generation, Site to) {
    String target = target(generation, to);
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
   * @throws PortException when refused or not answered; it may have been accepted nevertheless
   */
  void switchover(String generation, Site to) {
    String target = target(generation, to);
    RdsClient writer = to == Site.DR ? primary : dr;
    call(
        "switchover",
        () ->
            writer.switchoverGlobalCluster(
                request ->
                    request
                        .globalClusterIdentifier(clusters.identifier(generation))
                        .targetDbClusterIdentifier(target)));
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
    } catch (InvalidGlobalClusterStateException e) {
      throw new PortException(what + " must wait for an operation that is under way", e);
    } catch (SdkException e) {
      throw new PortException(what + " was refused or not answered", e);
    }
  }
}
