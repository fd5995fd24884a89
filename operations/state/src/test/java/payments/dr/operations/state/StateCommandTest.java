package payments.dr.operations.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** What the commands refuse before they run anything. */
class StateCommandTest {

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap qa | environment must be one of dev, local, prod, staging, got \"qa\"",
        "bootstrap local | main/environments/local.yaml: state.kind must be s3 to have buckets made,"
            + " got local",
        "unlock state-qa | stack must be one of account-local, account-nonprod, account-prod,"
            + " payments-dr-dev, payments-dr-local, payments-dr-prod, payments-dr-staging,"
            + " state-account-nonprod, state-account-prod, state-dev, state-prod, state-staging,"
            + " witness-local, got \"state-qa\"",
        "remove payments-dr-dev | stack must be one of state-account-nonprod, state-account-prod,"
            + " state-dev, state-prod, state-staging, got \"payments-dr-dev\"",
        "remove state-prod | data of prod must not be protected to remove its state buckets: set"
            + " protectData: false and run `make bootstrap`; an account's are always protected"
      })
  void wrong_names_are_told_with_the_right_ones(String arguments, String message) {
    assertEquals(1, run(arguments.split(" ")));
    assertEquals("dr: " + message, err.toString().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootstrap", "unlock", "restore", "move", "remove"})
  void every_command_explains_itself(String command) {
    assertEquals(0, run(command, "--help"));
  }

  @Test
  void command_without_a_name_is_refused() {
    assertEquals(1, run());
    assertEquals(
        "dr: command must be one of bootstrap, unlock, restore, move, remove, got none\n"
            + "try: ./dr state --help",
        err.toString().strip());
  }

  private int run(String... arguments) {
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    String[] all = new String[arguments.length + 1];
    all[0] = "state";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine command = SomeCommands.of(StateCommand.class);
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(new StringWriter()));
    return command.execute(all);
  }
}
