package payments.dr.operations.orders;

import java.io.PrintWriter;
import java.util.Optional;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;
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
    footer = "  ./dr resume prod --reason \"promotion is done, case 1234\"",
    exitCodeList = {
      "0:not paused, and in HALTED the controller has taken the order",
      "1:bad input, also neither paused nor HALTED; nothing was changed",
      "2:not signed in, no network here, refused by AWS, nobody answers there, or somebody else"
          + " ordered at the same moment: it says which",
      "3:ordered, but the controller refused it, or did not take it within 30 s"
    })
public final class ResumeCommand extends ControllerCommand {

  ResumeCommand() {
    this(ControllerClient::of);
  }

  ResumeCommand(ControllerClient.Factory controllers) {
    super(controllers);
  }

  @Override
  int tell(ControllerClient controller, ReasonOption reason, PrintWriter out) {
    ControllerView view = controller.view();
    if (view.phase().equals(Optional.of(Phase.HALTED))) {
      return new OrderSubmission(controller, out).order(Order.Kind.RESUME, reason);
    }
    if (view.control().pause().isEmpty()) {
      throw new BadInputException(
          "controller must be paused or HALTED to resume, got %s, not paused; nothing was changed"
              .formatted(view.phase().map(Phase::name).orElse("no tick yet")));
    }
    controller.ledger().write(view.control().unpause(controller.request(reason.text())));
    new OrderSubmission(controller, out).tellSwitch();
    return ExitCode.DONE;
  }
}
