package payments.dr.operations.orders;

import java.io.PrintWriter;
import payments.dr.lambda.model.Order;
import payments.dr.operations.controller.ControllerClient;
import picocli.CommandLine.Command;

/** What the commands of all orders have in common. */
@Command(
    exitCodeList = {
      "0:the controller has taken it",
      "1:bad input, or it cannot be taken now; nothing was ordered",
      "2:not signed in, no network here, refused by AWS, nobody answers there, or somebody else"
          + " ordered at the same moment: it says which",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
abstract class OrderCommand extends ControllerCommand {

  private final Order.Kind kind;

  OrderCommand(Order.Kind kind, ControllerClient.Factory controllers) {
    super(controllers);
    this.kind = kind;
  }

  @Override
  final int tell(ControllerClient controller, ReasonOption reason, PrintWriter out) {
    return new OrderSubmission(controller, out).order(kind, reason);
  }
}
