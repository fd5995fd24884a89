package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotResponse;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** One Region's RDS: the former primary, its snapshots, and what a reconciliation makes of them. */
public class FakeRds implements RdsClient {

  public static final String OLD_WRITER = "primary-db-cluster-v2-local";
  public static final String KEPT = "rds:unplanned-global-failover-" + OLD_WRITER + "-";

  final Set<String> clusters = new TreeSet<>(Set.of(OLD_WRITER));
  final Set<String> instances = new TreeSet<>();
  final List<DBClusterSnapshot> snapshots = new ArrayList<>();
  final List<RestoreDbClusterFromSnapshotRequest> restores = new ArrayList<>();

  /** Told of each call that changes something, before it does; may throw instead. */
  Consumer<String> before = call -> {};

  /** Instead of an answer to what was done. */
  Runnable afterRestore = () -> {};

  /** Of instances. */
  String status = "available";

  /** How often a cluster that was restored is seen before it is available. */
  int looks = 2;

  public FakeRds keep(String stamp, Instant taken) {
    snapshots.add(snapshot(KEPT + stamp, OLD_WRITER, taken));
    return this;
  }

  static DBClusterSnapshot snapshot(String name, String cluster, Instant taken) {
    return DBClusterSnapshot.builder()
        .dbClusterSnapshotIdentifier(name)
        .dbClusterIdentifier(cluster)
        .engine("aurora-postgresql")
        .engineVersion("17.7")
        .port(6432)
        .status("available")
        .snapshotCreateTime(taken)
        .build();
  }

  /** Whether nothing is left of what was made. */
  public boolean isTidy() {
    return clusters.equals(Set.of(OLD_WRITER)) && instances.isEmpty();
  }

  @Override
  public DescribeDbClusterSnapshotsResponse describeDBClusterSnapshots(
      DescribeDbClusterSnapshotsRequest request) {
    List<DBClusterSnapshot> found =
        snapshots.stream()
            .filter(
                one ->
                    one.dbClusterIdentifier().equals(request.dbClusterIdentifier())
                        || one.dbClusterSnapshotIdentifier()
                            .equals(request.dbClusterSnapshotIdentifier()))
            .toList();
    if (found.isEmpty() && request.dbClusterSnapshotIdentifier() != null) {
      throw DbClusterSnapshotNotFoundException.builder().message("no such snapshot").build();
    }
    return DescribeDbClusterSnapshotsResponse.builder().dbClusterSnapshots(found).build();
  }

  @Override
  public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
    requireCluster(request.dbClusterIdentifier());
    return DescribeDbClustersResponse.builder()
        .dbClusters(
            DBCluster.builder()
                .dbClusterIdentifier(request.dbClusterIdentifier())
                .status(look(request.dbClusterIdentifier()))
                .dbSubnetGroup("primary-db-subnets-local")
                .dbClusterParameterGroup("primary-db-parameters-local")
                .vpcSecurityGroups(
                    VpcSecurityGroupMembership.builder().vpcSecurityGroupId("sg-1").build())
                .build())
        .build();
  }

  @Override
  public RestoreDbClusterFromSnapshotResponse restoreDBClusterFromSnapshot(
      RestoreDbClusterFromSnapshotRequest request) {
    before.accept("restore");
    restores.add(request);
    clusters.add(request.dbClusterIdentifier());
    afterRestore.run();
    return RestoreDbClusterFromSnapshotResponse.builder().build();
  }

  @Override
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
    before.accept("create");
    requireCluster(request.dbClusterIdentifier());
    if (looks > 0) {
      throw InvalidDbClusterStateException.builder().message("creating").build();
    }
    instances.add(request.dbInstanceIdentifier());
    return CreateDbInstanceResponse.builder().build();
  }

  @Override
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
    requireInstance(request.dbInstanceIdentifier());
    return DescribeDbInstancesResponse.builder()
        .dbInstances(DBInstance.builder().dbInstanceStatus(status).build())
        .build();
  }

  @Override
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
    before.accept("delete instance");
    requireInstance(request.dbInstanceIdentifier());
    instances.remove(request.dbInstanceIdentifier());
    return DeleteDbInstanceResponse.builder().build();
  }

  @Override
  public DeleteDbClusterResponse deleteDBCluster(DeleteDbClusterRequest request) {
    before.accept("delete cluster");
    requireCluster(request.dbClusterIdentifier());
    clusters.remove(request.dbClusterIdentifier());
    return DeleteDbClusterResponse.builder().build();
  }

  private String look(String cluster) {
    return cluster.equals(OLD_WRITER) || looks-- <= 0 ? "available" : "creating";
  }

  private void requireCluster(String identifier) {
    if (!clusters.contains(identifier)) {
      throw DbClusterNotFoundException.builder().message("no such cluster").build();
    }
  }

  private void requireInstance(String identifier) {
    if (!instances.contains(identifier)) {
      throw DbInstanceNotFoundException.builder().message("no such instance").build();
    }
  }

  @Override
  public String serviceName() {
    return "rds";
  }

  @Override
  public void close() {}
}
