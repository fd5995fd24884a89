package payments.dr.lambda.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Site;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.FailoverState;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;
import software.amazon.awssdk.services.rds.model.GlobalClusterMemberSynchronizationStatus;

/**
 * The global clusters of the deployed generations, as this Region's control plane shows them.
 *
 * @param identifiers by generation
 * @param primaryRegion such as {@code us-east-1}
 * @param drRegion such as {@code us-east-2}
 */
public record GlobalClusters(
    RdsClient client, Map<String, String> identifiers, String primaryRegion, String drRegion) {

  private static final String AVAILABLE = "available";

  /** The SDK's enumeration lacks what RDS documents of a switchover. */
  private static final Set<String> BEGUN = Set.of("failing-over", "switching-over");

  /** One global cluster, seen once. */
  record View(GlobalCluster cluster, String primaryRegion, String drRegion) {

    Site writer() {
      List<Site> writers =
          cluster.globalClusterMembers().stream()
              .filter(GlobalClusterMember::isWriter)
              .map(member -> site(member.dbClusterArn()))
              .toList();
      return writers.size() == 1 ? writers.get(0) : Site.UNKNOWN;
    }

    Activity activity() {
      if (cluster.failoverState() != null && cluster.failoverState().status() != null) {
        return Activity.BUSY;
      }
      if (cluster.status() == null) {
        return Activity.UNKNOWN;
      }
      return cluster.status().equals(AVAILABLE) ? Activity.IDLE : Activity.BUSY;
    }

    /** Only once RDS has begun: one that is pending may still be refused. */
    Site movingTo() {
      FailoverState move = cluster.failoverState();
      return move != null && BEGUN.contains(move.statusAsString())
          ? site(move.toDbClusterArn())
          : Site.UNKNOWN;
    }

    /** Whether the Region that does not write follows; after a failover it is filled anew first. */
    boolean otherIsReplica() {
      return cluster.globalClusterMembers().stream()
          .filter(member -> !member.isWriter())
          .anyMatch(
              member ->
                  site(member.dbClusterArn()) != Site.UNKNOWN
                      && member.synchronizationStatus()
                          != GlobalClusterMemberSynchronizationStatus.PENDING_RESYNC);
    }

    /**
     * @throws IllegalStateException when that Region has no cluster of it, hence nothing to promote
     */
    String memberArn(Site site) {
      return cluster.globalClusterMembers().stream()
          .map(GlobalClusterMember::dbClusterArn)
          .filter(arn -> site(arn) == site)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "global cluster %s must have a cluster in the %s Region, got %s"
                          .formatted(
                              cluster.globalClusterIdentifier(),
                              site,
                              cluster.globalClusterMembers().stream()
                                  .map(GlobalClusterMember::dbClusterArn)
                                  .toList())));
    }

    /** Such as {@code arn:aws:rds:us-east-1:123456789012:cluster:name}. */
    private Site site(String arn) {
      String region = arn.split(":")[3];
      if (region.equals(primaryRegion)) {
        return Site.PRIMARY;
      }
      return region.equals(drRegion) ? Site.DR : Site.UNKNOWN;
    }
  }

  /**
   * @throws IllegalArgumentException for a generation that is not deployed
   */
  String identifier(String generation) {
    String identifier = identifiers.get(generation);
    if (identifier == null) {
      throw new IllegalArgumentException(
          "generation must be deployed (%s), got \"%s\""
              .formatted(String.join(", ", identifiers.keySet()), generation));
    }
    return identifier;
  }

  /**
   * @throws software.amazon.awssdk.core.exception.SdkException when AWS does not say
   */
  View view(String generation) {
    String identifier = identifier(generation);
    return new View(
        client
            .describeGlobalClusters(request -> request.globalClusterIdentifier(identifier))
            .globalClusters()
            .get(0),
        primaryRegion,
        drRegion);
  }
}
