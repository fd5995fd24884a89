package payments.dr.operations.migrate;

import payments.dr.operations.migrate.sessions.SessionsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dr migrate} with everything below it. */
@Command(
    name = "migrate",
    description = "Moves data between database generations.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SessionsCommand.class})
public final class MigrateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }
}
