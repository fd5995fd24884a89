package payments.dr.operations.drill.evidence;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dr evidence} with everything below it. */
@Command(
    name = "evidence",
    description = "Finds what drills have shown. Reads the folder evidence/ only.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListCommand.class, ShowCommand.class})
public final class EvidenceCommand implements Runnable {

  /** Exit code: files are not those that the drill wrote. */
  static final int CHANGED = 3;

  static final String FOLDER = "evidence";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }
}
