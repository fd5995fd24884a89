package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page that is printed is the one that people read elsewhere. */
class RunbookCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void prints_the_page_as_it_stands() {
    assertEquals(0, run("runbook"), err::toString);

    assertEquals(new Page(Path.of("docs/oncall.md")).text(), out.toString());
  }

  @Test
  void takes_no_environment() {
    assertEquals(1, run("runbook", "prod"));

    assertTrue(err.toString().contains("Unmatched argument at index 1: 'prod'"), err::toString);
  }

  private int run(String... words) {
    CommandLine dr = Dr.commandLine();
    return dr.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(words);
  }
}
