package payments.dr.operations.reconcile;

import java.util.List;

/**
 * An idempotency key under which money moves more than once.
 *
 * @param oldIds of the former primary's payments; one under the same id at the new primary is one
 *     payment
 * @param newIds of the new primary's payments
 */
public record Doubled(String key, List<String> oldIds, List<String> newIds) {

  public Doubled {
    oldIds = List.copyOf(oldIds);
    newIds = List.copyOf(newIds);
  }
}
