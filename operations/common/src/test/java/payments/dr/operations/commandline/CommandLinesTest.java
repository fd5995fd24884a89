package payments.dr.operations.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What all commands have in common. */
class CommandLinesTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "group", description = "Holds others.")
  static final class Group extends CommandGroup {

    @Command(
        description = "Shows.",
        footer = {"  ./dr group show prod", "  ./dr group show dev"},
        exitCodeList = {"0:shown", "1:bad input"})
    int show(@Mixin EnvironmentParameter environment, @Mixin FormatOption format) {
      format.print(
          () -> "text of " + environment.name(), () -> "{\"of\": \"" + environment.name() + "\"}");
      return ExitCode.DONE;
    }
  }

  @Test
  void help_of_every_command_has_the_same_form() {
    assertEquals(ExitCode.DONE, run("group", "show", "--help"));
    assertEquals(
        """
        Usage: dr group show [-hV] [--format=FORMAT] ENV
        Shows.
              ENV               Such as prod.
              --format=FORMAT   text, json; without it text.
          -h, --help            Show this help message and exit.
          -V, --version         Print version information and exit.

        Exit codes:
          0   shown
          1   bad input

        Examples:
          ./dr group show prod
          ./dr group show dev
        """,
        out.toString());

    assertEquals(ExitCode.DONE, run("group", "--help"));
    assertTrue(out.toString().startsWith("Usage: dr group [-hV] COMMAND\n"), out.toString());
    assertTrue(!out.toString().contains("Exit codes"), "none are documented");
  }

  @Test
  void answer_has_the_format_that_was_asked_for() {
    assertEquals(ExitCode.DONE, run("group", "show", "prod"));
    assertEquals("text of prod", out.toString());

    assertEquals(ExitCode.DONE, run("group", "show", "--format", "json", "prod"));
    assertEquals("{\"of\": \"prod\"}", out.toString());
  }

  @Test
  void group_alone_says_what_is_below_it() {
    assertEquals(ExitCode.BAD_INPUT, run("group"));
    assertEquals(
        "dr: command must be one of show, got none\ntry: ./dr group --help\n", err.toString());
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    CommandLine line = SomeCommands.of(new Group());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
