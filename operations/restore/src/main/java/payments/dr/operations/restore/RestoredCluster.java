package payments.dr.operations.restore;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * The cluster of a restore, with one instance. Each step can be asked for again: it looks first at
 * what is there.
 *
 * <p>AWS restores a cluster alone, outside of every global database, with the administrator and the
 * password of the time of the backup; an instance can be made once the cluster is available.
 */
record RestoredCluster(Site site, Restoration restoration, Consumer<String> told) {

  static final String ENGINE = "aurora-postgresql";

  /** AWS Backup's snapshots are none of the types that are shown to those who name none. */
  private static final String OF_AWS_BACKUP = "awsbackup";

  private static final String GONE = "removed";
  private static final Set<String> STOPPED = Set.of("stopped", "stopping");
  private static final Set<String> AVAILABLE = Set.of("available");
  private static final Set<String> LEAVING = Set.of("deleting", GONE);

  private static final Set<String> FAILED =
      Set.of(
          "deleting",
          "failed",
          "inaccessible-encryption-credentials",
          "inaccessible-encryption-credentials-recoverable",
          "incompatible-network",
          "incompatible-option-group",
          "incompatible-parameters",
          "incompatible-restore",
          "storage-failure",
          "storage-full");

  /** States of which a removal need not wait for the end. */
  private static final Set<String> SETTLED =
      Stream.of(AVAILABLE, LEAVING, FAILED)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  Optional<DBCluster> find() {
    return find(site.rds(), restoration.cluster());
  }

  static Optional<DBCluster> find(RdsClient rds, String identifier) {
    try {
      return rds
          .describeDBClusters(request -> request.dbClusterIdentifier(identifier))
          .dbClusters()
          .stream()
          .findFirst();
    } catch (DbClusterNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Has AWS restore it, unless it is there.
   *
   * @param port of the generation: the network lets nobody through to another one
   * @throws BadInputException when what it is restored from or stands on is gone, or another
   *     cluster has its name
   */
  void restore(int port) {
    if (find().isPresent()) {
      requireOwn();
      told.accept("there       cluster " + restoration.cluster());
      return;
    }
    Ground ground = Ground.of(site, restoration);
    try {
      if (restoration.origin().isContinuous()) {
        restoreTime(ground, port);
      } else {
        restoreSnapshot(ground, snapshot(), port);
      }
      told.accept("restoring   cluster " + restoration.cluster());
    } catch (DbClusterAlreadyExistsException e) {
      // An earlier attempt of this call had come through, or somebody else's of the same restore.
      requireOwn();
    } catch (DbSubnetGroupNotFoundException | DbClusterParameterGroupNotFoundException e) {
      throw new BadInputException(
          "subnet group %s and parameter group %s must be in %s, got \"%s\"; `make deploy ENV=%s` makes them"
              .formatted(
                  ground.subnetGroup(),
                  ground.parameterGroup(),
                  site.region(),
                  e.awsErrorDetails().errorMessage(),
                  site.names().environment()));
    }
  }

  private void requireOwn() {
    boolean own =
        find()
            .flatMap(cluster -> Restoration.of(site.names(), site.role(), cluster))
            .filter(found -> found.origin().cluster().equals(restoration.origin().cluster()))
            .isPresent();
    if (!own) {
      throw new BadInputException(
          "cluster %s in %s must carry the tags of this restore, found others: nothing was made; look at whose it is"
              .formatted(restoration.cluster(), site.region()));
    }
  }

  private DBClusterSnapshot snapshot() {
    String arn = restoration.origin().cluster();
    try {
      return site
          .rds()
          .describeDBClusterSnapshots(
              request -> request.dbClusterSnapshotIdentifier(arn).snapshotType(OF_AWS_BACKUP))
          .dbClusterSnapshots()
          .stream()
          .findFirst()
          .orElseThrow(() -> gone(arn));
    } catch (DbClusterSnapshotNotFoundException e) {
      throw gone(arn);
    }
  }

  private BadInputException gone(String arn) {
    return new BadInputException(
        "recovery point %s must be a snapshot of RDS in %s, found none"
            .formatted(arn, site.region()));
  }

  private void restoreSnapshot(Ground ground, DBClusterSnapshot snapshot, int port) {
    site.rds()
        .restoreDBClusterFromSnapshot(
            request ->
                request
                    .dbClusterIdentifier(restoration.cluster())
                    .snapshotIdentifier(restoration.origin().cluster())
                    .engine(snapshot.engine())
                    // Without it, AWS takes its default version and not the snapshot's.
                    .engineVersion(snapshot.engineVersion())
                    .port(port)
                    .dbSubnetGroupName(ground.subnetGroup())
                    .vpcSecurityGroupIds(ground.securityGroup())
                    .dbClusterParameterGroupName(ground.parameterGroup())
                    .kmsKeyId(ground.key())
                    .enableIAMDatabaseAuthentication(true)
                    .copyTagsToSnapshot(true)
                    .deletionProtection(true)
                    .tags(restoration.tags()));
  }

  /** By the resource id, which AWS takes of a cluster that is gone, too. */
  private void restoreTime(Ground ground, int port) {
    site.rds()
        .restoreDBClusterToPointInTime(
            request ->
                request
                    .dbClusterIdentifier(restoration.cluster())
                    .sourceDbClusterResourceId(restoration.origin().cluster())
                    .restoreToTime(restoration.origin().time())
                    // Without it, AWS takes the engine's default port and not the source's.
                    .port(port)
                    .dbSubnetGroupName(ground.subnetGroup())
                    .vpcSecurityGroupIds(ground.securityGroup())
                    .dbClusterParameterGroupName(ground.parameterGroup())
                    .kmsKeyId(ground.key())
                    .enableIAMDatabaseAuthentication(true)
                    .copyTagsToSnapshot(true)
                    .deletionProtection(true)
                    .tags(restoration.tags()));
  }

  void await(Waiting waiting) {
    waiting.until(
        AVAILABLE,
        FAILED,
        "cluster " + restoration.cluster(),
        () -> {
          String status = status();
          if (status.equals(GONE)) {
            throw new CommandFailedException(
                "cluster %s must be in %s, found none: somebody deleted it"
                    .formatted(restoration.cluster(), site.region()));
          }
          return status;
        });
  }

  /** Makes its instance unless it is there, and waits for it. */
  void addInstance(String instanceClass, Waiting waiting) {
    if (instanceStatus().isEmpty()) {
      try {
        site.rds()
            .createDBInstance(
                request ->
                    request
                        .dbInstanceIdentifier(restoration.instance())
                        .dbClusterIdentifier(restoration.cluster())
                        .dbInstanceClass(instanceClass)
                        .engine(ENGINE)
                        .publiclyAccessible(false)
                        .autoMinorVersionUpgrade(false)
                        .tags(environment()));
      } catch (DbInstanceAlreadyExistsException e) {
        // An earlier attempt of this call had come through.
      }
    }
    waiting.until(
        AVAILABLE,
        FAILED,
        "instance " + restoration.instance(),
        () -> instanceStatus().orElse("creating"));
  }

  private Tag environment() {
    return Tag.builder().key("Environment").value(site.names().environment()).build();
  }

  private Optional<String> instanceStatus() {
    try {
      return site
          .rds()
          .describeDBInstances(request -> request.dbInstanceIdentifier(restoration.instance()))
          .dbInstances()
          .stream()
          .map(instance -> String.valueOf(instance.dbInstanceStatus()))
          .findFirst();
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Removes instance and cluster, and waits until they are gone. What is being made cannot go. */
  void remove(Waiting waiting) {
    waiting.until(SETTLED, Set.of(), "cluster " + restoration.cluster(), this::status);
    if (!LEAVING.contains(status())) {
      site.rds()
          .modifyDBCluster(
              request ->
                  request
                      .dbClusterIdentifier(restoration.cluster())
                      .deletionProtection(false)
                      .applyImmediately(true));
    }
    waiting.until(
        SETTLED,
        Set.of(),
        "instance " + restoration.instance(),
        () -> instanceStatus().orElse(GONE));
    if (!LEAVING.contains(instanceStatus().orElse(GONE))) {
      site.rds()
          .deleteDBInstance(
              request ->
                  request.dbInstanceIdentifier(restoration.instance()).skipFinalSnapshot(true));
    }
    if (!LEAVING.contains(status())) {
      site.rds()
          .deleteDBCluster(
              request ->
                  request.dbClusterIdentifier(restoration.cluster()).skipFinalSnapshot(true));
    }
    waiting.until(Set.of(GONE), Set.of(), "cluster " + restoration.cluster(), this::status);
  }

  /** What is stopped neither changes nor goes, and starts again by itself after a week alone. */
  private String status() {
    String status = find().map(DBCluster::status).orElse(GONE);
    if (STOPPED.contains(status)) {
      throw new CommandFailedException(
          "cluster %s must run, got %s: run `aws rds start-db-cluster --db-cluster-identifier %s --region %s`, then this again"
              .formatted(restoration.cluster(), status, restoration.cluster(), site.region()));
    }
    return status;
  }
}
