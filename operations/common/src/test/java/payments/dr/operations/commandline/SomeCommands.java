package payments.dr.operations.commandline;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./dr} with the commands of one capability. */
@Command(name = "dr")
public final class SomeCommands {

  private SomeCommands() {}

  /**
   * @param commands instances, or classes that have a constructor without parameters
   */
  public static CommandLine of(Object... commands) {
    CommandLine line = new CommandLine(new SomeCommands());
    for (Object command : commands) {
      line.addSubcommand(new CommandLine(command));
    }
    return CommandLines.configure(line);
  }
}
