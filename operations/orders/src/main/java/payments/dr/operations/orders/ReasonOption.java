package payments.dr.operations.orders;

import java.util.Optional;
import payments.dr.operations.console.BadInputException;
import picocli.CommandLine.Option;

/** Why somebody orders something: it stays in the audit trail. */
final class ReasonOption {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the audit trail. Asked for on a terminal when it is not given.")
  private Optional<String> given = Optional.empty();

  /**
   * @throws BadInputException when there is none and nobody to ask
   */
  String text() {
    String reason = given.orElseGet(ReasonOption::asked).strip().replaceAll("\\s+", " ");
    if (reason.isEmpty()) {
      throw new BadInputException("--reason must say why, got none; nothing was changed");
    }
    return reason;
  }

  private static String asked() {
    String typed = System.console() == null ? null : System.console().readLine("Reason: ");
    return typed == null ? "" : typed;
  }
}
