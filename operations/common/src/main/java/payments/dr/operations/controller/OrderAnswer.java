package payments.dr.operations.controller;

import java.util.Optional;
import payments.dr.lambda.loop.AuditTrail;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.Ledger;

/**
 * What the controller made of an order, by the first audit row after it was read.
 *
 * @param taken false: refused
 * @param text why, or what it became
 */
public record OrderAnswer(boolean taken, String text) {

  /** Returns the answer to an order; empty while no tick has read it. */
  public static Optional<OrderAnswer> to(Order order, Ledger ledger) {
    boolean read =
        StateStore.read(ledger)
            .filter(last -> last.state().lastOrder().equals(order.id()))
            .isPresent();
    return read
        ? AuditTrail.read(ledger).rows().stream()
            .filter(row -> row.recorded().state().lastOrder().equals(order.id()))
            .findFirst()
            .map(row -> of(order, row))
        : Optional.empty();
  }

  private static OrderAnswer of(Order order, AuditTrail.Row row) {
    boolean taken = row.what().equals(order.text());
    return new OrderAnswer(
        taken,
        taken
            ? "%s -> %s".formatted(row.recorded().from(), row.recorded().state().phase())
            : row.what());
  }
}
