package payments.dr.modules.failover.controller;

import payments.dr.configuration.region.RegionPair;

/**
 * One deployed generation of the database, as the controllers look at it and move it.
 *
 * @param generation such as {@code v2}
 * @param globalClusterName plain text, such as {@code global-db-v2-prod}
 * @param clusterNames plain texts, such as {@code dr-db-cluster-v2-prod}
 * @param writerHosts take writes while their Region writes
 * @param securityGroupIds who may open connections is decided there
 * @param heartbeatUserArns what {@code rds-db:connect} is granted on
 */
public record ControlledDatabase(
    String generation,
    String globalClusterName,
    RegionPair<String> clusterNames,
    RegionPair<String> writerHosts,
    RegionPair<String> readerHosts,
    int port,
    String databaseName,
    RegionPair<String> securityGroupIds,
    RegionPair<String> heartbeatUserArns) {

  /** The role that keeps the heartbeat row; {@code ./dr database init} makes it. */
  public static final String HEARTBEAT_USER = "payments_heartbeat";
}
