package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands that are methods. picocli hands them their values by position, and takes the options of
 * help for the first two: where these come later, a method gets their values instead of its own.
 */
class MethodCommandsTest {

  @Test
  void options_of_help_are_the_first() {
    List<String> methods = new ArrayList<>();
    check(Dr.commandLine(), methods);

    assertTrue(methods.size() > 10, methods::toString);
  }

  private static void check(CommandLine command, List<String> methods) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.userObject() instanceof Method) {
      methods.add(spec.qualifiedName());
      assertEquals(spec.findOption("--help"), spec.args().get(0), spec.qualifiedName());
      assertEquals(spec.findOption("--version"), spec.args().get(1), spec.qualifiedName());
    }
    command.getSubcommands().values().forEach(below -> check(below, methods));
  }
}
