package payments.dr.operations.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import payments.dr.configuration.database.ClusterSettings;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;

/**
 * The cluster that wrote before an unplanned failover, and what Aurora kept of it: a snapshot,
 * taken when its Region was back and before it was filled anew from the new primary.
 *
 * @param rds client in its Region
 * @param region such as {@code us-east-1}
 * @param identifier such as {@code primary-db-cluster-v2-prod}
 * @param instanceClass of the instance that a restored cluster gets
 * @param restored how a restored cluster is reached, by its identifier
 * @param detached how a cluster outside the global database is reached, by its identifier
 */
public record FormerPrimary(
    RdsClient rds,
    String region,
    String identifier,
    String instanceClass,
    Function<String, Cluster> restored,
    Function<String, Cluster> detached,
    Clock clock)
    implements AutoCloseable {

  private static final String SNAPSHOT = "rds:unplanned-global-failover-";
  private static final String AVAILABLE = "available";

  /** Longer than AWS takes to accept a restore. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  /**
   * Returns the former primary of a generation.
   *
   * @param role Region that wrote
   */
  public static FormerPrimary of(
      Project project, Environment environment, RegionRole role, DatabaseGeneration generation) {
    ClusterSettings settings = environment.config().databases().of(generation).clusters().get(role);
    String region = environment.config().regions().get(role).name();
    Clusters clusters = Clusters.of(project, environment);
    return new FormerPrimary(
        AwsAccess.of(project, environment)
            .client(
                RdsClient.builder()
                    .region(Region.of(region))
                    .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(CALL_LIMIT))
                    .overrideConfiguration(limits -> limits.apiCallTimeout(CALL_LIMIT))),
        region,
        environment
            .names()
            .regional(role, "db-cluster" + generation.nameSuffix() + settings.nameSuffix()),
        settings.instanceClass(),
        cluster -> clusters.restored(generation, region, cluster),
        cluster -> clusters.detached(generation, region, cluster),
        new SystemClock());
  }

  /** Returns the newest snapshot that Aurora took of it after an unplanned failover. */
  public Optional<DBClusterSnapshot> newest() {
    return rds
        .describeDBClusterSnapshotsPaginator(request -> request.dbClusterIdentifier(identifier))
        .dbClusterSnapshots()
        .stream()
        .filter(one -> one.dbClusterSnapshotIdentifier().startsWith(SNAPSHOT + identifier + "-"))
        .max(Comparator.comparing(DBClusterSnapshot::dbClusterSnapshotIdentifier));
  }

  /**
   * The newest one, of a failover that came later than a moment.
   *
   * @throws BadInputException when there is none yet, or it is not complete
   */
  DBClusterSnapshot newestSince(Instant moment) {
    DBClusterSnapshot snapshot =
        newest()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "snapshot %s%s-* must be in %s, found none: Aurora takes it once the Region is back; name what else there is by --snapshot or --cluster"
                            .formatted(SNAPSHOT, identifier, region)));
    Instant taken = snapshot.snapshotCreateTime();
    if (taken != null && taken.isBefore(moment)) {
      throw new BadInputException(
          "snapshot of this failover must be younger than %s, the newest is %s of %s: Aurora takes it once the Region is back; name what else there is by --snapshot or --cluster"
              .formatted(moment, snapshot.dbClusterSnapshotIdentifier(), taken));
    }
    return complete(snapshot);
  }

  /**
   * @throws BadInputException when there is none of that name, or it is not complete
   */
  DBClusterSnapshot snapshot(String name) {
    try {
      List<DBClusterSnapshot> found =
          rds.describeDBClusterSnapshots(request -> request.dbClusterSnapshotIdentifier(name))
              .dbClusterSnapshots();
      return complete(found.get(0));
    } catch (DbClusterSnapshotNotFoundException e) {
      throw new BadInputException(
          "--snapshot must name a snapshot of a cluster in %s, got \"%s\"".formatted(region, name));
    }
  }

  private static DBClusterSnapshot complete(DBClusterSnapshot snapshot) {
    if (snapshot.status() != null && !snapshot.status().equals(AVAILABLE)) {
      throw new BadInputException(
          "snapshot %s must be available, got %s"
              .formatted(snapshot.dbClusterSnapshotIdentifier(), snapshot.status()));
    }
    return snapshot;
  }

  /**
   * Returns a cluster with the snapshot's data, in the network of the former primary. The caller
   * closes it.
   *
   * @param prefix of its identifier, such as {@code reconcile-v2-prod}
   * @param told what goes on, a line each
   * @throws BadInputException when the former primary itself is gone, whose network it would take
   * @throws payments.dr.operations.console.CommandFailedException when it does not come up; it is
   *     removed
   */
  public TemporaryCluster restore(
      DBClusterSnapshot snapshot, String prefix, Consumer<String> told) {
    // Nobody else's: what has this name is this run's to remove.
    String temporary = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    return TemporaryCluster.restore(this, snapshot, temporary, told);
  }

  /** Itself, as AWS describes it. */
  DBCluster described() {
    try {
      return rds.describeDBClusters(request -> request.dbClusterIdentifier(identifier))
          .dbClusters()
          .get(0);
    } catch (DbClusterNotFoundException e) {
      throw new BadInputException(
          "cluster %s must be in %s, since a restored one takes its subnet group and security groups, found none: restore the snapshot by hand, and name that cluster by --cluster"
              .formatted(identifier, region));
    }
  }

  @Override
  public void close() {
    rds.close();
  }
}
