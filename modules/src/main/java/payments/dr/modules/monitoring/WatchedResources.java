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
 * @param securityGroupIds of load balancer and fleet
 * @param routeTableIds of all tiers
 * @param moverRoles names of the roles that may move traffic and data: the controllers' roles
 */
public record WatchedResources(
    List<String> keyArns,
    String environment,
    String latchBucket,
    List<String> guardedBuckets,
    String ledgerArn,
    List<String> securityGroupIds,
    List<String> routeTableIds,
    List<String> moverRoles) {

  public WatchedResources {
    keyArns = List.copyOf(keyArns);
    guardedBuckets = List.copyOf(guardedBuckets);
    securityGroupIds = List.copyOf(securityGroupIds);
    routeTableIds = List.copyOf(routeTableIds);
    moverRoles = List.copyOf(moverRoles);
  }
}
