package payments.dr.operations.commandline;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Sets what all commands have in common. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * Gives every command the same form of help, and prints faults as one line.
   *
   * @param line with every command below it
   */
  public static CommandLine configure(CommandLine line) {
    help(line.getCommandSpec());
    return line.setUsageHelpLongOptionsMaxWidth(28)
        .setParameterExceptionHandler(FaultPrinter::usage)
        .setExecutionExceptionHandler(FaultPrinter::execution);
  }

  private static void help(CommandSpec command) {
    // A command that is a method must have said so itself: here it is too late for the places of
    // its values.
    command.mixinStandardHelpOptions(true);
    UsageMessageSpec usage = command.usageMessage();
    if (!usage.exitCodeList().isEmpty() && usage.exitCodeListHeading().isEmpty()) {
      usage.exitCodeListHeading("%nExit codes:%n");
    }
    if (usage.footer().length > 0 && usage.footerHeading().isEmpty()) {
      usage.footerHeading(usage.footer().length > 1 ? "%nExamples:%n" : "%nExample:%n");
    }
    usage.synopsisSubcommandLabel("COMMAND");
    command.subcommands().values().forEach(below -> help(below.getCommandSpec()));
  }
}
