package payments.dr.operations.cli;

import payments.dr.operations.database.InitCommand;
import payments.dr.operations.migration.OpenCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dr database} with everything below it. */
@Command(
    name = "database",
    description = "Makes what a database needs before anybody uses it, and opens it again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {InitCommand.class, OpenCommand.class})
public final class DatabaseCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }
}
