package payments.dr.modules.monitoring;

import java.util.List;

/**
 * What nobody changes in one Region without being noticed.
 *
 * @param keyArns of its keys
 * @param environment what the names of its global clusters end in, whichever generation they are of
 * @param latchBucket name of the bucket with the latch object
 * @param guardedBuckets names of those whose settings matter: latch, audit rows, access logs, and
 *     states where they are kept in S3
 * @param ledgerArn of its ledger table
 * @param loadBalancerArn of the public entrance
 * @param securityGroupIds of load balancer, fleet, controller and databases
 * @param routeTableIds of all tiers
 * @param functionName of its controller
 * @param zoneId of the zone that customers' records stand in
 * @param recordNames of those records, without the dot at the end
 * @param healthCheckIds of the endpoints' health checks, the latch's, and those that it is made of
 * @param moverRoles names of the roles that may move traffic and data: the controllers' roles
 * @param renewerRoles names of the roles that may write the ledger's item LEASE, and no other: the
 *     fleets' roles, where they renew a lease
 */
public record WatchedResources(
    List<String> keyArns,
    String environment,
    String latchBucket,
    List<String> guardedBuckets,
    String ledgerArn,
    String loadBalancerArn,
    List<String> securityGroupIds,
    List<String> routeTableIds,
    String functionName,
    String zoneId,
    List<String> recordNames,
    List<String> healthCheckIds,
    List<String> moverRoles,
    List<String> renewerRoles) {

  public WatchedResources {
    keyArns = List.copyOf(keyArns);
    guardedBuckets = List.copyOf(guardedBuckets);
    securityGroupIds = List.copyOf(securityGroupIds);
    routeTableIds = List.copyOf(routeTableIds);
    recordNames = List.copyOf(recordNames);
    healthCheckIds = List.copyOf(healthCheckIds);
    moverRoles = List.copyOf(moverRoles);
    renewerRoles = List.copyOf(renewerRoles);
  }
}
