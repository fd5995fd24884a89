package payments.dr.operations.controller;

import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.rules.Decider;

/** What the controller's own core makes of an order, over what its newest tick saw. */
public record Preview(Order order, Decision decision) {

  static Preview of(Order.Kind kind, Recorded last, boolean paused, Decider decider) {
    Order order = new Order("preview", kind, "preview", "preview", last.at());
    // Lifted by the same write that places the order.
    boolean stays = paused && kind != Order.Kind.RESUME;
    Decision decision =
        decider.decide(last.state(), last.seen(), new ControlState(stays, order), last.at());
    return new Preview(order, decision);
  }

  public boolean taken() {
    return decision.next().why().equals(order.text());
  }

  /** Returns why the order would not be taken, as the audit trail would tell. */
  public String refusal() {
    return decision.next().why();
  }
}
