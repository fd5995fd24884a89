package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.ExitCode;
import picocli.CommandLine;

/** What the commands' help says about the statuses with which they end. */
class ExitCodesTest {

  private static final Set<String> KNOWN =
      Set.of(
          String.valueOf(ExitCode.DONE),
          String.valueOf(ExitCode.BAD_INPUT),
          String.valueOf(ExitCode.FAILED),
          String.valueOf(ExitCode.OBJECTION));

  @Test
  void help_lists_no_other_exit_codes_than_there_are() {
    List<String> faults = new ArrayList<>();
    Set<String> listed = new TreeSet<>();
    check(Dr.commandLine(), listed, faults);

    assertEquals(List.of(), faults);
    assertEquals(new TreeSet<>(KNOWN), listed);
  }

  @Test
  void help_of_every_command_that_stands_alone_lists_its_exit_codes() {
    for (CommandLine command : Dr.commandLine().getSubcommands().values()) {
      if (command.getSubcommands().isEmpty()) {
        assertTrue(
            command.getCommandSpec().usageMessage().exitCodeList().containsKey("0"),
            command.getCommandSpec().qualifiedName());
      }
    }
  }

  private static void check(CommandLine command, Set<String> listed, List<String> faults) {
    for (String code : command.getCommandSpec().usageMessage().exitCodeList().keySet()) {
      listed.add(code);
      if (!KNOWN.contains(code)) {
        faults.add("%s: %s".formatted(command.getCommandSpec().qualifiedName(), code));
      }
    }
    command.getSubcommands().values().forEach(below -> check(below, listed, faults));
  }
}
