package payments.dr.operations.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.postgres.PaymentTable;

/**
 * One reconciliation, as its reports tell it.
 *
 * @param formerPrimary what was read of it, such as a snapshot's name and its age
 * @param uncompared columns that only one side has
 * @param at when it was made
 */
record Reconciled(
    String environment,
    String formerPrimary,
    PaymentTable table,
    PromotedPoint point,
    Reconciliation found,
    List<String> uncompared,
    Instant at) {

  /** What whoever reads the figures has to know besides. */
  List<String> attentions() {
    List<String> attentions = new ArrayList<>();
    if (found.oldRows() == 0) {
      attentions.add(
          "the former primary has no payment since %s: nothing was compared; look again with an earlier --since"
              .formatted(point.since()));
    } else if (!found.reachesBack()) {
      attentions.add(
          "no payment before the first missing one is known to have arrived: others may be missing from before %s; look again with an earlier --since"
              .formatted(point.since()));
    }
    if (!uncompared.isEmpty()) {
      attentions.add("columns that only one of the two has were not compared: " + uncompared);
    }
    return List.copyOf(attentions);
  }
}
