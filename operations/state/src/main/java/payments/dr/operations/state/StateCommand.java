package payments.dr.operations.state;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dr state} with everything below it. */
@Command(
    name = "state",
    description = "Makes, unlocks, restores, moves and removes Terraform states.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BootstrapCommand.class,
      UnlockCommand.class,
      RestoreCommand.class,
      MoveCommand.class,
      RemoveCommand.class
    })
public final class StateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }
}
