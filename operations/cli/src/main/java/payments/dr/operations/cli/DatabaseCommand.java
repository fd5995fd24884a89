package payments.dr.operations.cli;

import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.database.InitCommand;
import payments.dr.operations.migration.OpenCommand;
import picocli.CommandLine.Command;

/** {@code ./dr database} with everything below it. */
@Command(
    name = "database",
    description = "Makes what a database needs before anybody uses it, and opens it again.",
    subcommands = {InitCommand.class, OpenCommand.class})
public final class DatabaseCommand extends CommandGroup {}
