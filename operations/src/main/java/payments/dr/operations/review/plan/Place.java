package payments.dr.operations.review.plan;

import java.util.Map;

/**
 * Where in the system a resource belongs, as its address says: our constructs' addresses begin with
 * the Region's role and the id of a construct.
 *
 * @param capability package of the project's modules, or {@value #UNKNOWN}
 * @param region {@code primary}, {@code dr} or {@value #UNKNOWN}
 */
public record Place(String capability, String region) {

  public static final String UNKNOWN = "unknown";

  /** Capability of each construct that a stack makes, by the construct's id. */
  private static final Map<String, String> CAPABILITIES =
      Map.ofEntries(
          Map.entry("access-logs", "storage"),
          Map.entry("alerts", "notification"),
          Map.entry("application", "compute"),
          Map.entry("backup", "backup"),
          Map.entry("backup-alarms", "monitoring"),
          Map.entry("backup-plan", "backup"),
          Map.entry("certificate", "compute"),
          Map.entry("dashboard", "monitoring"),
          Map.entry("database-alarms-v1", "monitoring"),
          Map.entry("database-alarms-v2", "monitoring"),
          Map.entry("database-v1", "database"),
          Map.entry("database-v2", "database"),
          Map.entry("encryption", "encryption"),
          Map.entry("fleet", "compute"),
          Map.entry("latch", "failover"),
          Map.entry("ledger", "failover"),
          Map.entry("load-balancer", "compute"),
          Map.entry("load-balancer-alarms", "monitoring"),
          Map.entry("metrics", "monitoring"),
          Map.entry("metrics-replication", "monitoring"),
          Map.entry("network", "network"),
          Map.entry("peering", "network"),
          Map.entry("pointer", "database"),
          Map.entry("routing", "failover"),
          Map.entry("state", "state"),
          Map.entry("state-replication", "state"),
          Map.entry("zone", "failover"));

  /**
   * @param name of the resource, such as {@code primary_network_vpc_1A2B3C4D}
   */
  public static Place of(String name) {
    String[] path = name.split("_");
    boolean ours = path.length > 2 && (path[0].equals("primary") || path[0].equals("dr"));
    return ours
        ? new Place(CAPABILITIES.getOrDefault(path[1], UNKNOWN), path[0])
        : new Place(UNKNOWN, UNKNOWN);
  }
}
