package payments.dr.operations.failover;

import java.util.concurrent.Callable;
import payments.dr.lambda.failover.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands of all orders have in common. */
@Command(
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the controller has taken it",
      "1:bad input, or it cannot be taken now; nothing was ordered",
      "2:AWS or the ledger failed, or somebody else ordered at the same moment",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
abstract class OrderCommand implements Callable<Integer> {

  private final Order.Kind kind;
  private final Desk.Desks desks;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String environment;

  @Mixin private ReasonOption reason;

  OrderCommand(Order.Kind kind, Desk.Desks desks) {
    this.kind = kind;
    this.desks = desks;
  }

  @Override
  public Integer call() {
    return new Placement(desks.open(environment), spec.commandLine().getOut()).order(kind, reason);
  }
}
