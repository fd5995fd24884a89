package payments.dr.operations.failover;

import java.io.PrintWriter;
import payments.dr.lambda.model.Order;
import picocli.CommandLine.Command;

/** What the commands of all orders have in common. */
@Command(
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the controller has taken it",
      "1:bad input, or it cannot be taken now; nothing was ordered",
      "2:not signed in, no network here, refused by AWS, nobody answers there, or somebody else"
          + " ordered at the same moment: it says which",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
abstract class OrderCommand extends ControllerCommand {

  private final Order.Kind kind;

  OrderCommand(Order.Kind kind, Desk.Desks desks) {
    super(desks);
    this.kind = kind;
  }

  @Override
  final int tell(Desk desk, ReasonOption reason, PrintWriter out) {
    return new Placement(desk, out).order(kind, reason);
  }
}
