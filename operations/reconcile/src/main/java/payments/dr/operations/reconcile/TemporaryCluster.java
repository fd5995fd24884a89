package payments.dr.operations.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * A cluster restored from a snapshot for one look, with one instance. It is removed when it is
 * closed, also when it did not come up, and when the program is asked to end meanwhile.
 */
public final class TemporaryCluster implements AutoCloseable {

  /** More than restoring and an instance should take. */
  private static final Duration PATIENCE = Duration.ofMinutes(45);

  /** Of AWS, or on the way to it. */
  private static final Duration FAULT = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final FormerPrimary origin;
  private final RdsClient rds;
  private final String identifier;
  private final Consumer<String> told;
  private final Thread interrupted = new Thread(this::removeQuietly);

  /** Held around each call that makes or removes something: neither may overtake the other. */
  private final Object turn = new Object();

  private boolean ending;
  private boolean removed;

  private TemporaryCluster(FormerPrimary origin, String identifier, Consumer<String> told) {
    this.origin = origin;
    this.rds = origin.rds();
    this.identifier = identifier;
    this.told = told;
  }

  static TemporaryCluster restore(
      FormerPrimary origin, DBClusterSnapshot snapshot, String identifier, Consumer<String> told) {
    DBCluster network = origin.described();
    TemporaryCluster cluster = new TemporaryCluster(origin, identifier, told);
    Runtime.getRuntime().addShutdownHook(cluster.interrupted);
    try {
      told.accept(
          "restoring   %s in %s; it is removed at the end, also after Ctrl-C"
              .formatted(identifier, origin.region()));
      cluster.make(snapshot, network);
      return cluster;
    } catch (RuntimeException e) {
      cluster.removeQuietly();
      cluster.forget();
      throw e;
    }
  }

  /** Returns how the cluster is reached. */
  public Cluster cluster() {
    return origin.restored().apply(identifier);
  }

  /**
   * Has AWS remove the cluster, which takes it some minutes more.
   *
   * @throws CommandFailedException when it could not be removed
   */
  @Override
  public void close() {
    boolean gone = removeQuietly();
    forget();
    if (!gone) {
      throw new CommandFailedException(
          "temporary cluster %s must be removed, see above".formatted(identifier));
    }
  }

  private void make(DBClusterSnapshot snapshot, DBCluster network) {
    inTurn(
        DbClusterAlreadyExistsException.class,
        () ->
            rds.restoreDBClusterFromSnapshot(
                request ->
                    request
                        .dbClusterIdentifier(identifier)
                        .snapshotIdentifier(snapshot.dbClusterSnapshotIdentifier())
                        .engine(snapshot.engine())
                        // Without it, AWS takes its default version and not the snapshot's.
                        .engineVersion(snapshot.engineVersion())
                        .port(snapshot.port())
                        .dbSubnetGroupName(network.dbSubnetGroup())
                        .vpcSecurityGroupIds(groups(network))
                        .dbClusterParameterGroupName(network.dbClusterParameterGroup())));
    // AWS makes no instance in a cluster that is not available yet.
    await(identifier, this::clusterStatus);
    inTurn(
        DbInstanceAlreadyExistsException.class,
        () ->
            rds.createDBInstance(
                request ->
                    request
                        .dbInstanceIdentifier(instance())
                        .dbClusterIdentifier(identifier)
                        .dbInstanceClass(origin.instanceClass())
                        .engine(snapshot.engine())
                        .publiclyAccessible(false)));
    await(instance(), this::instanceStatus);
  }

  private static List<String> groups(DBCluster network) {
    return network.vpcSecurityGroups().stream()
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .toList();
  }

  private void await(String what, Supplier<String> state) {
    Instant limit = origin.clock().instant().plus(PATIENCE);
    String status = state.get();
    while (!status.equals("available")) {
      if (origin.clock().instant().isAfter(limit)) {
        throw new CommandFailedException(
            "%s must be available within %d minutes, got \"%s\""
                .formatted(what, PATIENCE.toMinutes(), status));
      }
      pause();
      status = state.get();
    }
  }

  private String clusterStatus() {
    return rds.describeDBClusters(request -> request.dbClusterIdentifier(identifier))
        .dbClusters()
        .get(0)
        .status();
  }

  private String instanceStatus() {
    List<DBInstance> found =
        rds.describeDBInstances(request -> request.dbInstanceIdentifier(instance())).dbInstances();
    return found.get(0).dbInstanceStatus();
  }

  /**
   * @param accepted told by AWS when an earlier attempt of the call had come through: nobody else
   *     uses this identifier
   */
  private void inTurn(Class<? extends RdsException> accepted, Runnable call) {
    synchronized (turn) {
      if (ending) {
        throw new CommandFailedException("interrupted while %s was made".formatted(identifier));
      }
      try {
        call.run();
      } catch (RdsException e) {
        if (!accepted.isInstance(e)) {
          throw e;
        }
      }
    }
  }

  /** Says what to do when that fails, and does not throw: it must not hide what failed before. */
  private boolean removeQuietly() {
    synchronized (turn) {
      ending = true;
      if (removed) {
        return true;
      }
      try {
        remove();
        removed = true;
        told.accept("removed     " + identifier);
      } catch (RuntimeException e) {
        told.accept(
            """
            NOT REMOVED %1$s, got "%2$s". It holds payments and costs money; remove it:
              aws rds delete-db-instance --region %3$s --db-instance-identifier %4$s
              aws rds delete-db-cluster --region %3$s --db-cluster-identifier %1$s --skip-final-snapshot"""
                .formatted(identifier, said(e), origin.region(), instance()));
      }
      return removed;
    }
  }

  private static String said(RuntimeException e) {
    return e instanceof SdkException failed ? AwsCallException.said(failed) : e.getMessage();
  }

  /** What is being made may refuse to be deleted for a while; another fault may pass soon. */
  private void remove() {
    Instant began = origin.clock().instant();
    while (true) {
      try {
        delete();
        return;
      } catch (SdkException e) {
        Duration patience = e instanceof InvalidDbClusterStateException ? PATIENCE : FAULT;
        if (origin.clock().instant().isAfter(began.plus(patience))) {
          throw e;
        }
        pause();
      }
    }
  }

  private void delete() {
    try {
      rds.deleteDBInstance(
          request -> request.dbInstanceIdentifier(instance()).skipFinalSnapshot(true));
    } catch (DbInstanceNotFoundException e) {
      // It was not made yet, or an earlier try has deleted it.
    } catch (InvalidDbInstanceStateException e) {
      // It may be on its way out already; while it is not, its cluster refuses.
    }
    try {
      rds.deleteDBCluster(
          request -> request.dbClusterIdentifier(identifier).skipFinalSnapshot(true));
    } catch (DbClusterNotFoundException e) {
      // It was refused, or an earlier try has deleted it.
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook at work.
    }
  }

  private void pause() {
    origin.clock().sleepUntil(origin.clock().instant().plus(PAUSE));
  }

  private String instance() {
    return identifier + "-0";
  }
}
