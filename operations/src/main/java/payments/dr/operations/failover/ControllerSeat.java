package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.operations.CommandFailedException;

/** The DR Region's controller for other commands: what it saw, what it did, and orders to it. */
public final class ControllerSeat {

  private final Desk desk;

  private ControllerSeat(Desk desk) {
    this.desk = desk;
  }

  /**
   * @param environment such as {@code prod}
   */
  public static ControllerSeat of(String environment) {
    return new ControllerSeat(Desk.of(environment, Optional.empty()));
  }

  /** What its newest tick left; empty: none ever ran. */
  public Optional<Recorded> last() {
    return desk.look().last();
  }

  public boolean takes(Order.Kind kind) {
    ControllerView view = desk.look();
    return !view.silent()
        && view.waiting().isEmpty()
        && view.preview(kind).map(Preview::taken).orElse(false);
  }

  /**
   * Gives an order that was confirmed already, and waits until it is taken.
   *
   * @throws CommandFailedException when it is refused, or nobody takes it
   */
  public void order(Order.Kind kind, String reason) {
    ControllerView view = desk.look();
    desk.ledger().write(view.control().order(kind, desk.request(reason)));
    Order order = ControlRecord.read(desk.ledger()).order().orElseThrow();
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    Optional<Answer> answer = new Placement(desk, nobody).await(order);
    if (answer.filter(Answer::taken).isEmpty()) {
      throw new CommandFailedException(
          "%s must be taken, got %s"
              .formatted(kind, answer.map(Answer::text).orElse("no answer of the controller")));
    }
  }

  /** The audit trail since then, a line each. */
  public List<String> trail(Instant since) {
    return Trail.read(desk.ledger()).lines().stream()
        .filter(line -> !line.at().isBefore(since))
        .map(AuditCommand::text)
        .toList();
  }
}
