package payments.dr.operations.orders;

import java.io.PrintWriter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;
import picocli.CommandLine.Command;

/** {@code ./dr pause}. */
@Command(
    name = "pause",
    description = {
      "Keeps the controller from every act, until `./dr resume`; it goes on looking and recording.",
      "Works within one tick and 8 s. What was asked of AWS before, such as a promotion, goes on there."
    },
    footer = "  ./dr pause prod --reason \"database moved by hand, case 1234\"",
    exitCodeList = {
      "0:paused, also when it was before",
      "1:bad input; nothing was changed",
      "2:not signed in, no network here, refused by AWS, nobody answers there, or somebody else"
          + " ordered at the same moment: it says which"
    })
public final class PauseCommand extends ControllerCommand {

  PauseCommand() {
    this(ControllerClient::of);
  }

  PauseCommand(ControllerClient.Factory controllers) {
    super(controllers);
  }

  @Override
  int tell(ControllerClient controller, ReasonOption reason, PrintWriter out) {
    ControllerView view = controller.view();
    if (view.control().pause().isEmpty()) {
      controller.ledger().write(view.control().pause(controller.request(reason.text())));
    }
    new OrderSubmission(controller, out).tellSwitch();
    return ExitCode.DONE;
  }
}
