package payments.dr.operations.restore;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** {@code ./dr restore local} in a place of the test's own. */
final class Restoring {

  final FakePlace place;
  String out = "";
  String err = "";

  Restoring() {
    this(new FakePlace());
  }

  /** In a place that others use, too. */
  Restoring(FakePlace place) {
    this.place = place;
  }

  int run(String... words) {
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    CommandLine line = SomeCommands.of(new RestoreCommand((project, environment) -> place));
    line.setOut(new PrintWriter(told, true));
    line.setErr(new PrintWriter(wrong, true));
    List<String> command = new ArrayList<>(List.of("restore", "local"));
    command.addAll(List.of(words));
    try {
      return line.execute(command.toArray(String[]::new));
    } finally {
      out = told.toString();
      err = wrong.toString();
    }
  }

  /** Removes what has that name, and types it. */
  int clean(String cluster, String typed) {
    InputStream console = System.in;
    PrintStream screen = System.out;
    System.setIn(new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      return run("--clean", cluster);
    } finally {
      System.setIn(console);
      System.setOut(screen);
    }
  }
}
