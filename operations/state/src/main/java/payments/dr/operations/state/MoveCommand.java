package payments.dr.operations.state;

import java.util.concurrent.Callable;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./dr state move}: takes a state to where its settings now say. */
@Command(
    name = "move",
    description = {
      "Copies a state from where this checkout used it last to where its settings now say, when you"
          + " type the stack's name. No resource changes.",
      "Refuses when a state is there already. The old copy stays: remove it when the next plan is"
          + " empty."
    },
    footerHeading = "%nExample, after `state` was changed in prod.yaml:%n",
    footer = "  make synth && ./dr state move payments-dr-prod",
    exitCodeList = {
      "0:the state is where the settings say",
      "1:bad input, also a confirmation that is not the stack's name",
      "2:Terraform failed"
    })
final class MoveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "STACK", description = "Such as payments-dr-prod.")
  private String name;

  @Override
  public Integer call() {
    StackTools stack = StackTools.named(name);
    Move move = new Move(stack);
    if (move.done()) {
      System.out.println(name + " is there already");
      return ExitCode.DONE;
    }
    move.check();
    Confirmation.of(name);
    move.run();
    return ExitCode.DONE;
  }
}
