package payments.dr.operations.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterResponse;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeResponse;

/**
 * RDS of one Region, as far as its documents say: a cluster becomes available some looks after it
 * was restored, has no instance, and takes none before that.
 */
final class FakeRds implements RdsClient {

  static final String RUNNING = "primary-db-cluster-v2-local";
  static final String RESOURCE = "cluster-RUNNING";

  final Map<String, DBCluster> clusters = new TreeMap<>();
  final Map<String, DBInstance> instances = new TreeMap<>();
  final List<DBClusterSnapshot> snapshots = new ArrayList<>();
  final List<DBClusterAutomatedBackup> automated = new ArrayList<>();
  final List<RestoreDbClusterFromSnapshotRequest> restores = new ArrayList<>();
  final List<RestoreDbClusterToPointInTimeRequest> timeRestores = new ArrayList<>();

  /** Global clusters with the name of their member. */
  final Map<String, String> globals = new TreeMap<>();

  private final Consumer<String> calls;

  /** Looks until something that is made or deleted is so. */
  private final Map<String, Integer> looks = new TreeMap<>();

  FakeRds(Consumer<String> calls) {
    this.calls = calls;
    clusters.put(
        RUNNING, DBCluster.builder().dbClusterIdentifier(RUNNING).status("available").build());
    globals.put("a-global-db-of-others", RUNNING);
  }

  void keep(String arn, Instant taken) {
    snapshots.add(
        DBClusterSnapshot.builder()
            .dbClusterSnapshotArn(arn)
            .snapshotType("awsbackup")
            .engine("aurora-postgresql")
            .engineVersion("17.7")
            .port(6432)
            .snapshotCreateTime(taken)
            .build());
  }

  void keepContinuously(String status, Instant earliest, Instant latest) {
    automated.add(
        DBClusterAutomatedBackup.builder()
            .dbClusterIdentifier(RUNNING)
            .dbClusterResourceId(RESOURCE)
            .status(status)
            .restoreWindow(window -> window.earliestTime(earliest).latestTime(latest))
            .build());
  }

  @Override
  public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
    calls.accept("DescribeDBClusters");
    if (request.dbClusterIdentifier() == null) {
      return DescribeDbClustersResponse.builder().dbClusters(clusters.values()).build();
    }
    look(request.dbClusterIdentifier());
    return DescribeDbClustersResponse.builder()
        .dbClusters(cluster(request.dbClusterIdentifier()))
        .build();
  }

  @Override
  public DescribeDbClusterSnapshotsResponse describeDBClusterSnapshots(
      DescribeDbClusterSnapshotsRequest request) {
    calls.accept("DescribeDBClusterSnapshots");
    return DescribeDbClusterSnapshotsResponse.builder()
        .dbClusterSnapshots(
            snapshots.stream()
                .filter(one -> one.snapshotType().equals(request.snapshotType()))
                .filter(
                    one -> one.dbClusterSnapshotArn().equals(request.dbClusterSnapshotIdentifier()))
                .findFirst()
                .orElseThrow(
                    () ->
                        DbClusterSnapshotNotFoundException.builder()
                            .message("no such snapshot")
                            .build()))
        .build();
  }

  @Override
  public DescribeDbClusterAutomatedBackupsResponse describeDBClusterAutomatedBackups(
      DescribeDbClusterAutomatedBackupsRequest request) {
    calls.accept("DescribeDBClusterAutomatedBackups");
    return DescribeDbClusterAutomatedBackupsResponse.builder()
        .dbClusterAutomatedBackups(automated)
        .build();
  }

  @Override
  public RestoreDbClusterFromSnapshotResponse restoreDBClusterFromSnapshot(
      RestoreDbClusterFromSnapshotRequest request) {
    calls.accept("RestoreDBClusterFromSnapshot");
    make(
        DBCluster.builder()
            .dbClusterIdentifier(request.dbClusterIdentifier())
            .tagList(request.tags())
            .deletionProtection(request.deletionProtection()));
    restores.add(request);
    calls.accept("after RestoreDBClusterFromSnapshot");
    return RestoreDbClusterFromSnapshotResponse.builder().build();
  }

  @Override
  public RestoreDbClusterToPointInTimeResponse restoreDBClusterToPointInTime(
      RestoreDbClusterToPointInTimeRequest request) {
    calls.accept("RestoreDBClusterToPointInTime");
    make(
        DBCluster.builder()
            .dbClusterIdentifier(request.dbClusterIdentifier())
            .tagList(request.tags())
            .deletionProtection(request.deletionProtection()));
    timeRestores.add(request);
    return RestoreDbClusterToPointInTimeResponse.builder().build();
  }

  private void make(DBCluster.Builder cluster) {
    DBCluster made = cluster.status("creating").build();
    if (clusters.containsKey(made.dbClusterIdentifier())) {
      throw DbClusterAlreadyExistsException.builder().message("exists").build();
    }
    clusters.put(
        made.dbClusterIdentifier(),
        made.toBuilder().dbClusterArn(arn(made.dbClusterIdentifier())).build());
    looks.put(made.dbClusterIdentifier(), 2);
  }

  @Override
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
    calls.accept("CreateDBInstance");
    DBCluster cluster = cluster(request.dbClusterIdentifier());
    require(cluster.status().equals("available"), cluster);
    if (instances.containsKey(request.dbInstanceIdentifier())) {
      throw DbInstanceAlreadyExistsException.builder().message("exists").build();
    }
    instances.put(
        request.dbInstanceIdentifier(),
        DBInstance.builder()
            .dbInstanceIdentifier(request.dbInstanceIdentifier())
            .dbClusterIdentifier(request.dbClusterIdentifier())
            .dbInstanceClass(request.dbInstanceClass())
            .publiclyAccessible(request.publiclyAccessible())
            .dbInstanceStatus("creating")
            .build());
    addMember(request.dbClusterIdentifier(), request.dbInstanceIdentifier());
    looks.put(request.dbInstanceIdentifier(), 2);
    calls.accept("after CreateDBInstance");
    return CreateDbInstanceResponse.builder().build();
  }

  void addMember(String cluster, String instance) {
    List<DBClusterMember> members = new ArrayList<>(cluster(cluster).dbClusterMembers());
    members.add(DBClusterMember.builder().dbInstanceIdentifier(instance).build());
    clusters.put(cluster, cluster(cluster).toBuilder().dbClusterMembers(members).build());
  }

  @Override
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
    calls.accept("DescribeDBInstances");
    look(request.dbInstanceIdentifier());
    return DescribeDbInstancesResponse.builder()
        .dbInstances(instance(request.dbInstanceIdentifier()))
        .build();
  }

  @Override
  public ModifyDbClusterResponse modifyDBCluster(ModifyDbClusterRequest request) {
    calls.accept("ModifyDBCluster");
    DBCluster cluster = cluster(request.dbClusterIdentifier());
    require(cluster.status().equals("available"), cluster);
    clusters.put(
        cluster.dbClusterIdentifier(),
        cluster.toBuilder().deletionProtection(request.deletionProtection()).build());
    calls.accept("after ModifyDBCluster");
    return ModifyDbClusterResponse.builder().build();
  }

  @Override
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
    calls.accept("DeleteDBInstance");
    DBInstance instance = instance(request.dbInstanceIdentifier());
    instances.put(
        instance.dbInstanceIdentifier(), instance.toBuilder().dbInstanceStatus("deleting").build());
    looks.put(instance.dbInstanceIdentifier(), 1);
    calls.accept("after DeleteDBInstance");
    return DeleteDbInstanceResponse.builder().build();
  }

  @Override
  public DeleteDbClusterResponse deleteDBCluster(DeleteDbClusterRequest request) {
    calls.accept("DeleteDBCluster");
    DBCluster cluster = cluster(request.dbClusterIdentifier());
    require(
        !cluster.deletionProtection()
            && instances.values().stream()
                .filter(one -> one.dbClusterIdentifier().equals(cluster.dbClusterIdentifier()))
                .allMatch(one -> one.dbInstanceStatus().equals("deleting")),
        cluster);
    clusters.put(cluster.dbClusterIdentifier(), cluster.toBuilder().status("deleting").build());
    looks.put(cluster.dbClusterIdentifier(), 1);
    calls.accept("after DeleteDBCluster");
    return DeleteDbClusterResponse.builder().build();
  }

  /** One a page; the filter that AWS documents is by Regions alone. */
  @Override
  public DescribeGlobalClustersResponse describeGlobalClusters(
      DescribeGlobalClustersRequest request) {
    calls.accept("DescribeGlobalClusters");
    if (!request.filters().isEmpty()) {
      throw RdsException.builder().message("unrecognized filter name").build();
    }
    String last = request.marker() == null ? "" : request.marker();
    List<String> left = globals.keySet().stream().filter(name -> name.compareTo(last) > 0).toList();
    return DescribeGlobalClustersResponse.builder()
        .globalClusters(left.stream().limit(1).map(this::global).toList())
        .marker(left.size() > 1 ? left.get(0) : null)
        .build();
  }

  private GlobalCluster global(String name) {
    return GlobalCluster.builder()
        .globalClusterIdentifier(name)
        .globalClusterMembers(
            GlobalClusterMember.builder().dbClusterArn(arn(globals.get(name))).build())
        .build();
  }

  private static String arn(String cluster) {
    return "arn:aws:rds:us-east-1:123456789012:cluster:" + cluster;
  }

  void stop(String cluster) {
    clusters.put(cluster, cluster(cluster).toBuilder().status("stopped").build());
  }

  /** Lets something that is on its way come closer. */
  private void look(String name) {
    if (looks.merge(name, -1, Integer::sum) != 0) {
      return;
    }
    if (clusters.containsKey(name)) {
      DBCluster cluster = clusters.remove(name);
      if (cluster.status().equals("creating")) {
        clusters.put(name, cluster.toBuilder().status("available").build());
      } else {
        instances.values().removeIf(one -> one.dbClusterIdentifier().equals(name));
      }
    } else if (instances.containsKey(name)) {
      DBInstance instance = instances.remove(name);
      if (instance.dbInstanceStatus().equals("creating")) {
        instances.put(name, instance.toBuilder().dbInstanceStatus("available").build());
      }
    }
  }

  private static void require(boolean allowed, DBCluster cluster) {
    if (!allowed) {
      throw InvalidDbClusterStateException.builder()
          .message("cluster %s is %s".formatted(cluster.dbClusterIdentifier(), cluster.status()))
          .build();
    }
  }

  private DBCluster cluster(String identifier) {
    if (!clusters.containsKey(identifier)) {
      throw DbClusterNotFoundException.builder().message("no such cluster").build();
    }
    return clusters.get(identifier);
  }

  private DBInstance instance(String identifier) {
    if (!instances.containsKey(identifier)) {
      throw DbInstanceNotFoundException.builder().message("no such instance").build();
    }
    return instances.get(identifier);
  }

  @Override
  public String serviceName() {
    return "rds";
  }

  @Override
  public void close() {}
}
