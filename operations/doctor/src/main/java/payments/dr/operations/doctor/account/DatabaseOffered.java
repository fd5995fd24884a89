package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.Optional;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;

/**
 * Whether a Region offers the engine version and the instance class of a database generation. The
 * version of an environment's file is that of a new cluster; AWS upgrades the ones that are there.
 *
 * @param generation such as {@code v2}
 * @param cluster its identifier in that Region
 * @param version of a cluster that is still to be made
 * @param instanceClass such as {@code db.r6g.large}
 * @param settings key of the cluster's settings, such as {@code databases.v2.dr}
 */
public record DatabaseOffered(
    RegionSettings region,
    String generation,
    String cluster,
    String version,
    String instanceClass,
    String settings)
    implements Check {

  private static final String ENGINE = "aurora-postgresql";

  @Override
  public String name() {
    return "database " + generation;
  }

  @Override
  public String where() {
    return region.name();
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("ec2:DescribeAvailabilityZones"),
        Permission.of("rds:DescribeDBClusters"),
        Permission.of("rds:DescribeOrderableDBInstanceOptions"));
  }

  @Override
  public Result ask(Clients aws) {
    RdsClient rds = aws.rds(where());
    Optional<String> running = running(rds);
    String wanted = running.orElse(version);
    List<OrderableDBInstanceOption> options =
        rds
            .describeOrderableDBInstanceOptionsPaginator(
                request ->
                    request.engine(ENGINE).engineVersion(wanted).dbInstanceClass(instanceClass))
            .orderableDBInstanceOptions()
            .stream()
            .filter(option -> Boolean.TRUE.equals(option.supportsGlobalDatabases()))
            .toList();
    String what = "Aurora PostgreSQL " + wanted + " on " + instanceClass;
    List<String> zones =
        options.stream()
            .flatMap(option -> option.availabilityZones().stream())
            .map(AvailabilityZone::name)
            .toList();
    if (!options.isEmpty()) {
      return Offer.of(
          what,
          region,
          region.zonesAreIds() ? ids(zones, aws) : zones,
          settings + ".instanceClass");
    }
    String found = what + " must be offered for global databases, got no offer";
    return running.isPresent()
        ? Result.attention(
            found + " any more; what runs goes on", "upgrade it before it needs another instance")
        : Result.fails(
            found,
            "choose an engineVersion and %s.instanceClass that `aws rds describe-orderable-db-instance-options --engine %s --region %s` lists"
                .formatted(settings, ENGINE, where()));
  }

  /** RDS knows zones by name only. */
  private List<String> ids(List<String> names, Clients aws) {
    return aws.ec2(where()).describeAvailabilityZones().availabilityZones().stream()
        .filter(zone -> names.contains(zone.zoneName()))
        .map(software.amazon.awssdk.services.ec2.model.AvailabilityZone::zoneId)
        .toList();
  }

  /** The version of the cluster that is there, if there is one. */
  private Optional<String> running(RdsClient rds) {
    try {
      return rds
          .describeDBClusters(request -> request.dbClusterIdentifier(cluster))
          .dbClusters()
          .stream()
          .findFirst()
          .map(DBCluster::engineVersion);
    } catch (DbClusterNotFoundException e) {
      return Optional.empty();
    }
  }
}
