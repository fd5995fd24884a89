package payments.dr.operations.commandline;

import picocli.CommandLine;

/** Sets what all commands have in common. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * Leaves room for long options in the help, and prints faults as one line.
   *
   * @param line with every command below it
   */
  public static CommandLine configure(CommandLine line) {
    return line.setUsageHelpLongOptionsMaxWidth(28)
        .setParameterExceptionHandler(FaultPrinter::usage)
        .setExecutionExceptionHandler(FaultPrinter::execution);
  }
}
