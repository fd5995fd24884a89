package payments.dr.operations.reconcile;

import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;

/**
 * A reconciliation, but for the former primary's cluster.
 *
 * @param told what the terminal shows
 */
record Work(
    Environment environment,
    ReconciledEnvironment place,
    PromotedPoint point,
    PaymentTable table,
    ReportFolder folder,
    Consumer<String> told) {

  /**
   * Compares, and writes every file: what comes later, such as the removal of a cluster, may fail.
   *
   * @param what the former primary's cluster is, for the reports
   * @return the command's exit status
   */
  int look(Cluster old, String what) {
    told.accept("former primary  " + what);
    told.accept("looked at       since %s, by %s".formatted(point.since(), point.source()));
    Reconciled reconciled = compare(old, what);
    folder.write(ReportFolder.JSON, file -> ReconciliationJson.write(reconciled, file));
    folder.write(ReportFolder.REPORT, file -> ReconciliationMarkdown.write(reconciled, file));
    told.accept(ReconciliationText.of(reconciled, folder.path()).stripTrailing());
    return reconciled.found().isClean() && reconciled.found().oldRows() > 0
        ? ExitCode.DONE
        : ExitCode.OBJECTION;
  }

  private Reconciled compare(Cluster old, String what) {
    Cluster now = place.newPrimary(point.generation());
    try (ClusterComparison comparison = ClusterComparison.open(old, now, table)) {
      Reconciliation found = comparison.since(point.since());
      folder.write(ReportFolder.REPLAY, file -> comparison.replay(found.missing(), file));
      return new Reconciled(
          environment.name(),
          what,
          table,
          point,
          found,
          comparison.uncompared(),
          place.now().truncatedTo(ChronoUnit.SECONDS));
    }
  }
}
