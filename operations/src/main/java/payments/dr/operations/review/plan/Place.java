package payments.dr.operations.review.plan;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the system a resource belongs, as its address says: our constructs' addresses begin with
 * the Region's role and the id of a construct.
 *
 * @param capability package of the project's modules, or {@value #UNKNOWN}
 * @param region {@code primary}, {@code dr} or {@value #UNKNOWN}
 * @param generation of the database that it belongs to and goes with, such as {@code v1}
 */
public record Place(String capability, String region, Optional<String> generation) {

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
          Map.entry("controller", "failover"),
          Map.entry("controller-alarms", "monitoring"),
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
          Map.entry("replication-access", "database"),
          Map.entry("routing", "failover"),
          Map.entry("state", "state"),
          Map.entry("state-replication", "state"),
          Map.entry("zone", "failover"));

  /**
   * What a construct that belongs to one generation is called, and a backup selection below one.
   */
  private static final Pattern OF_GENERATION =
      Pattern.compile("[^_]+_(?:database|database-alarms|backup-plan_[a-z-]+)-(v\\d+)_.+");

  /**
   * @param name of the resource, such as {@code primary_network_vpc_1A2B3C4D}
   */
  public static Place of(String name) {
    String[] path = name.split("_");
    boolean ours = path.length > 2 && (path[0].equals("primary") || path[0].equals("dr"));
    return ours
        ? new Place(CAPABILITIES.getOrDefault(path[1], UNKNOWN), path[0], generation(name))
        : new Place(UNKNOWN, UNKNOWN, Optional.empty());
  }

  private static Optional<String> generation(String name) {
    Matcher matcher = OF_GENERATION.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
