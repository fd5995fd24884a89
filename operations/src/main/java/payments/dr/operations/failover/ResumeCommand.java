package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.lambda.failover.Order;
import payments.dr.lambda.failover.Phase;
import payments.dr.operations.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr resume}. */
@Command(
    name = "resume",
    description = {
      "Lets the controller go on: lifts a pause; in phase HALTED also orders RESUME, both in one"
          + " write.",
      "From HALTED it goes on with what it sees: look at the database first. Customers are led to"
          + " the Region that writes."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./dr resume prod --reason \"promotion is done, case 1234\"",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:not paused, and in HALTED the controller has taken the order",
      "1:bad input, also neither paused nor HALTED; nothing was changed",
      "2:AWS or the ledger failed, or somebody else ordered at the same moment",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
public final class ResumeCommand implements Callable<Integer> {

  private final Desk.Desks desks;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String environment;

  @Mixin private ReasonOption reason;

  ResumeCommand() {
    this(Desk::of);
  }

  ResumeCommand(Desk.Desks desks) {
    this.desks = desks;
  }

  @Override
  public Integer call() {
    Desk desk = desks.open(environment);
    PrintWriter out = spec.commandLine().getOut();
    ControllerView view = desk.look();
    if (view.phase().equals(Optional.of(Phase.HALTED))) {
      return new Placement(desk, out).order(Order.Kind.RESUME, reason);
    }
    if (view.control().pause().isEmpty()) {
      throw new BadInputException(
          "controller must be paused or HALTED to resume, got %s, not paused; nothing was changed"
              .formatted(view.phase().map(Phase::name).orElse("no tick yet")));
    }
    desk.ledger().write(view.control().unpause(desk.request(reason.text())));
    new Placement(desk, out).tellSwitch();
    return 0;
  }
}
