package payments.dr.operations.state;

import payments.dr.operations.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ./dr state} with everything below it. */
@Command(
    name = "state",
    description = "Makes, unlocks, restores, moves and removes Terraform states.",
    subcommands = {
      BootstrapCommand.class,
      UnlockCommand.class,
      RestoreCommand.class,
      MoveCommand.class,
      RemoveCommand.class
    })
public final class StateCommand extends CommandGroup {}
