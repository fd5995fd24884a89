package payments.dr.operations.review.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the system a resource belongs, as its address says: our constructs' addresses begin with
 * the Region's role and the id of a construct.
 *
 * @param capability package of the project's modules, or {@value #UNKNOWN}
 * @param region {@code primary}, {@code dr}, {@code witness} or {@value #UNKNOWN}
 * @param generations of the database that it needs, such as {@code v1}: it goes with the first
 */
public record ResourceLocation(String capability, String region, Set<String> generations) {

  public static final String UNKNOWN = "unknown";

  private static final Set<String> ROLES = Set.of("primary", "dr", "witness");

  /** Capability of each construct that a stack makes, by the construct's id. */
  private static final Map<String, String> CAPABILITIES =
      Map.ofEntries(
          Map.entry("access-analyzer", "baseline"),
          Map.entry("access-logs", "storage"),
          Map.entry("alerts", "notification"),
          Map.entry("application", "compute"),
          Map.entry("audit", "baseline"),
          Map.entry("audit-archive", "failover"),
          Map.entry("backup", "backup"),
          Map.entry("backup-alarms", "monitoring"),
          Map.entry("backup-plan", "backup"),
          Map.entry("certificate", "compute"),
          Map.entry("certificate-alarms", "monitoring"),
          Map.entry("change-alarms", "monitoring"),
          Map.entry("config", "baseline"),
          Map.entry("config-role", "baseline"),
          Map.entry("controller", "failover"),
          Map.entry("controller-alarms", "monitoring"),
          Map.entry("dashboard", "monitoring"),
          Map.entry("database-alarms-v1", "monitoring"),
          Map.entry("database-alarms-v2", "monitoring"),
          Map.entry("database-v1", "database"),
          Map.entry("database-v2", "database"),
          Map.entry("encryption", "encryption"),
          Map.entry("firewall", "firewall"),
          Map.entry("firewall-alarms", "monitoring"),
          Map.entry("fleet", "compute"),
          Map.entry("guardduty", "baseline"),
          Map.entry("latch", "failover"),
          Map.entry("ledger", "failover"),
          Map.entry("load-balancer", "compute"),
          Map.entry("load-balancer-alarms", "monitoring"),
          Map.entry("log-delivery", "monitoring"),
          Map.entry("metrics", "monitoring"),
          Map.entry("metrics-replication", "monitoring"),
          Map.entry("network", "network"),
          Map.entry("peering", "network"),
          Map.entry("pointer", "database"),
          Map.entry("query-log", "failover"),
          Map.entry("replication-access", "database"),
          Map.entry("restore-test-alarms", "monitoring"),
          Map.entry("restore-tests", "backup"),
          Map.entry("routing", "failover"),
          Map.entry("security-hub", "baseline"),
          Map.entry("state", "state"),
          Map.entry("state-replication", "state"),
          Map.entry("test-alarm", "monitoring"),
          Map.entry("trail", "baseline"),
          Map.entry("volume-encryption", "baseline"),
          Map.entry("zone", "failover"));

  /**
   * What a construct that belongs to one generation is called, a backup selection or a test of
   * restores below one, and a rule between two.
   */
  private static final Pattern OF_GENERATIONS =
      Pattern.compile(
          "[^_]+_(?:(?:database|database-alarms|backup-plan_[a-z-]+|restore-tests_[a-z]+|restore-test-alarms_[a-z]+"
              + "|controller_security-group_[a-z]+)"
              + "-(v\\d+)|replication-access_(v\\d+)-to-(v\\d+)-[a-z]+)_.+");

  public ResourceLocation {
    generations = Set.copyOf(generations);
  }

  /**
   * Returns the location that a resource's name says.
   *
   * @param name of the resource, such as {@code primary_network_vpc_1A2B3C4D}
   */
  public static ResourceLocation of(String name) {
    String[] path = name.split("_");
    boolean ours = path.length > 2 && ROLES.contains(path[0]);
    return ours
        ? new ResourceLocation(
            CAPABILITIES.getOrDefault(path[1], UNKNOWN), path[0], generations(name))
        : new ResourceLocation(UNKNOWN, UNKNOWN, Set.of());
  }

  /** Returns the generation that the resource belongs to. */
  public Optional<String> generation() {
    return generations.size() == 1 ? generations.stream().findFirst() : Optional.empty();
  }

  private static Set<String> generations(String name) {
    Set<String> generations = new TreeSet<>();
    Matcher matcher = OF_GENERATIONS.matcher(name);
    if (matcher.matches()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          generations.add(matcher.group(group));
        }
      }
    }
    return generations;
  }
}
