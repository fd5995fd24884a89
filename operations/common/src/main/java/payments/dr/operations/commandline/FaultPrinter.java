package payments.dr.operations.commandline;

import java.util.Optional;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/** Prints on standard error what a person can correct, or what failed, as one line. */
public final class FaultPrinter {

  private FaultPrinter() {}

  static int usage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("dr: " + wrong.getMessage());
    command.getErr().println("try: ./" + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.BAD_INPUT;
  }

  /** Anything else than a fault of the input is a fault of this program, and keeps its trace. */
  static int execution(Exception failed, CommandLine command, ParseResult parsed) throws Exception {
    if (failed instanceof BadInputException || failed instanceof InvalidConfigurationException) {
      command.getErr().println("dr: " + failed.getMessage());
      return ExitCode.BAD_INPUT;
    }
    Optional<AwsCallException> call = AwsCallException.in(failed);
    if (call.isPresent() && failed instanceof RuntimeException met) {
      command.getErr().println("dr: " + call.get().diagnosis().text(met));
      return ExitCode.FAILED;
    }
    if (failed instanceof CommandFailedException || failed instanceof LedgerException) {
      command.getErr().println("dr: " + failed.getMessage());
      return ExitCode.FAILED;
    }
    if (failed instanceof SdkException) {
      command.getErr().println("dr: AWS failed: " + failed.getMessage());
      return ExitCode.FAILED;
    }
    throw failed;
  }
}
