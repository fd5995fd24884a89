package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/**
 * Payments that the former primary cluster had committed and the one that writes now lacks: Aurora
 * keeps a snapshot after an unplanned failover, which is restored for the comparison.
 *
 * @param writer that writes now
 */
public record UnreplicatedPayments(FormerPrimary old, Cluster writer) {

  /**
   * Returns the keys of these payments, after the DR Region took over from the primary Region.
   *
   * @param writer that writes now
   * @param since when the first payment of interest was sent
   */
  public static Set<String> keys(
      Project project, Environment environment, Cluster writer, Instant since) {
    DatabaseGeneration generation = environment.config().databases().active();
    try (FormerPrimary old =
        FormerPrimary.of(project, environment, RegionRole.PRIMARY, generation)) {
      return new UnreplicatedPayments(old, writer).keys(since);
    }
  }

  /**
   * The keys of these payments; empty when there is no such snapshot.
   *
   * @param since when the first payment of interest was sent
   */
  Set<String> keys(Instant since) {
    return old.newest().map(snapshot -> keys(snapshot, since)).orElse(Set.of());
  }

  @SuppressWarnings("ClosingStandardOutputStreams") // what closes is the cluster, not the stream
  private Set<String> keys(DBClusterSnapshot snapshot, Instant since) {
    try (TemporaryCluster restored =
            old.restore(snapshot, "drill-" + old.identifier(), System.err::println);
        ClusterComparison comparison =
            ClusterComparison.open(restored.cluster(), writer, PaymentTable.REFERENCE)) {
      return comparison.since(since).missing().stream().map(Row::key).collect(Collectors.toSet());
    }
  }
}
