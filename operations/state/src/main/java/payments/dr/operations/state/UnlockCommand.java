package payments.dr.operations.state;

import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./dr state unlock}: says who holds a lock, and takes it away on confirmation. */
@Command(
    name = "unlock",
    description = {
      "Says who locked a state and when; takes the lock away when you type the stack's name.",
      "Only for a lock whose run is dead: two runs that write at once lose one another's work."
    },
    footer = "  ./dr state unlock payments-dr-prod",
    exitCodeList = {
      "0:the state is not locked, or not any more",
      "1:bad input, also wrong usage and a confirmation that is not the stack's name",
      "2:Terraform failed"
    })
final class UnlockCommand implements Callable<Integer> {

  /** No lock has it: Terraform answers with the one that there is. */
  private static final String NO_LOCK = "0";

  private static final Pattern FIELD =
      Pattern.compile("(?m)^\\s+(ID|Operation|Who|Created):\\s+(.*?)\\s*$");

  @Parameters(paramLabel = "STACK", description = "Such as payments-dr-prod.")
  private String name;

  @Override
  public Integer call() {
    Terraform terraform = StackTools.named(name).initialised();
    Tools.Output answer = terraform.ask("force-unlock", "-force", "-no-color", NO_LOCK);
    String said = answer.out() + answer.err();
    if (said.contains("NoSuchKey")) {
      System.out.println(name + " is not locked");
      return ExitCode.DONE;
    }
    String id = field("ID", said);
    System.out.printf(
        "%s is locked by %s since %s (%s, lock %s)%n",
        name, field("Who", said), field("Created", said), field("Operation", said), id);
    System.out.println("Make sure that this run is dead: two that write at once lose work.");
    Confirmation.of(name);
    terraform.run("force-unlock", "-force", id);
    return ExitCode.DONE;
  }

  private static String field(String name, String said) {
    Matcher matcher = FIELD.matcher(said);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    throw new CommandFailedException("terraform must tell who holds the lock, got " + said.strip());
  }
}
