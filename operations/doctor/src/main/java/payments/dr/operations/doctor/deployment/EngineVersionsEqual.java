package payments.dr.operations.doctor.deployment;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;
import software.amazon.awssdk.services.rds.model.GlobalClusterNotFoundException;

/**
 * Whether the clusters of a global database run the same engine version in all Regions: Aurora
 * refuses a managed failover and a switchover otherwise.
 *
 * @param where Region that is asked about the global database
 * @param generation such as {@code v2}
 * @param globalCluster its identifier
 */
public record EngineVersionsEqual(String where, String generation, String globalCluster)
    implements Check {

  private static final int REGION = 3;
  private static final int IDENTIFIER = 6;

  @Override
  public String name() {
    return "engine versions " + generation;
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("rds:DescribeDBClusters"), Permission.of("rds:DescribeGlobalClusters"));
  }

  @Override
  public Result ask(Clients aws) {
    List<String> members;
    try {
      members =
          aws
              .rds(where)
              .describeGlobalClusters(request -> request.globalClusterIdentifier(globalCluster))
              .globalClusters()
              .stream()
              .flatMap(global -> global.globalClusterMembers().stream())
              .map(GlobalClusterMember::dbClusterArn)
              .toList();
    } catch (GlobalClusterNotFoundException e) {
      return Result.fails(
          "global database " + globalCluster + " must be there, got none", "deploy again");
    }
    Map<String, String> versions = new TreeMap<>();
    members.forEach(arn -> versions.put(arn.split(":")[REGION], version(aws, arn)));
    String found =
        versions.entrySet().stream()
            .map(entry -> entry.getValue() + " in " + entry.getKey())
            .collect(joining(", "));
    if (versions.size() < 2) {
      return Result.fails(
          "%s must have a member in both Regions, got %s".formatted(globalCluster, found),
          "see docs/operate/after-failover.md");
    }
    return versions.values().stream().distinct().count() == 1
        ? Result.ok(found)
        : Result.fails(
            "engine versions must be equal for a failover, got " + found,
            "upgrade the cluster that follows first, then the one that writes: see"
                + " docs/operate/database.md#upgrading-postgresql");
  }

  private static String version(Clients aws, String arn) {
    String[] parts = arn.split(":");
    return aws
        .rds(parts[REGION])
        .describeDBClusters(request -> request.dbClusterIdentifier(parts[IDENTIFIER]))
        .dbClusters()
        .stream()
        .findFirst()
        .map(DBCluster::engineVersion)
        .orElseThrow();
  }
}
