package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.util.Optional;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.operations.BadInputException;
import picocli.CommandLine.Command;

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
      "2:not signed in, no network here, refused by AWS, nobody answers there, or somebody else"
          + " ordered at the same moment: it says which",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
public final class ResumeCommand extends ControllerCommand {

  ResumeCommand() {
    this(Desk::of);
  }

  ResumeCommand(Desk.Desks desks) {
    super(desks);
  }

  @Override
  int tell(Desk desk, ReasonOption reason, PrintWriter out) {
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
