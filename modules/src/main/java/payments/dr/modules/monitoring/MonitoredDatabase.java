package payments.dr.modules.monitoring;

import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;

/**
 * The names under which one database generation reports.
 *
 * @param generation such as {@code v2}; part of construct ids
 * @param nameSuffix what the generation's AWS names end in: {@code -v2}, empty for the first
 * @param clusterIdentifiers of its cluster in each Region
 * @param sessionTableName the same in both Regions
 */
public record MonitoredDatabase(
    String generation,
    String nameSuffix,
    RegionPair<String> clusterIdentifiers,
    String sessionTableName) {

  /**
   * Milliseconds of commits that the cluster of this Region lacks; reported by the one that
   * follows. Of Aurora PostgreSQL's two figures it is the one that AWS's guide looks at before a
   * failover. No document names its dimensions: public code that has data names the cluster alone.
   */
  Metric replicationLag(RegionRole role) {
    return cluster(Metric.maximum("AWS/RDS", "AuroraGlobalDBRPOLag"), role);
  }

  /** Reported where the writer is. */
  Metric writerCpu(RegionRole role) {
    return writer(Metric.average("AWS/RDS", "CPUUtilization"), role);
  }

  /** Reported where the writer is. */
  Metric connections(RegionRole role) {
    return writer(Metric.maximum("AWS/RDS", "DatabaseConnections"), role);
  }

  /** Bytes; reported where the writer is, and below 0 when no replication slot holds a log. */
  Metric transactionLogs(RegionRole role) {
    return writer(Metric.maximum("AWS/RDS", "TransactionLogsDiskUsage"), role);
  }

  Metric sessionReplicationLatency(String receivingRegion) {
    return Metric.average("AWS/DynamoDB", "ReplicationLatency")
        .of("TableName", sessionTableName)
        .of("ReceivingRegion", receivingRegion);
  }

  private Metric writer(Metric metric, RegionRole role) {
    return cluster(metric, role).of("Role", "WRITER");
  }

  private Metric cluster(Metric metric, RegionRole role) {
    return metric.of("DBClusterIdentifier", clusterIdentifiers.get(role));
  }
}
