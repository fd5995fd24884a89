package payments.dr.operations.drill;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.reconcile.Comparison;
import payments.dr.operations.reconcile.OldWriter;
import payments.dr.operations.reconcile.PaymentTable;
import payments.dr.operations.reconcile.Row;
import payments.dr.operations.reconcile.TemporaryCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/**
 * What the old writer had committed and the new one has not: Aurora keeps a snapshot after an
 * unplanned failover, which is restored for a look.
 *
 * @param writer that writes now
 */
record LeftBehind(OldWriter old, Cluster writer) {

  /**
   * The keys of these payments; empty when there is no such snapshot.
   *
   * @param began when the first payment of the drill was sent
   */
  Set<String> keys(Instant began) {
    return old.newest().map(snapshot -> keys(snapshot, began)).orElse(Set.of());
  }

  @SuppressWarnings("ClosingStandardOutputStreams") // what closes is the cluster, not the stream
  private Set<String> keys(DBClusterSnapshot snapshot, Instant began) {
    try (TemporaryCluster restored =
            old.restore(snapshot, "drill-" + old.identifier(), System.err::println);
        Comparison comparison =
            Comparison.open(restored.cluster(), writer, PaymentTable.REFERENCE)) {
      return comparison.since(began).missing().stream().map(Row::key).collect(Collectors.toSet());
    }
  }
}
