package payments.dr.operations.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import payments.dr.operations.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dr runbook}: what to do when an alarm pages, where no browser shows the page. */
@Command(
    name = "runbook",
    description = {
      "Prints what to do when an alarm pages or payments fail: docs/oncall.md.",
      "Reads nothing but this program: no network, no credentials, no files."
    },
    footer = "  ./dr runbook | less",
    exitCodeList = {"0:printed", "1:wrong usage"})
public final class RunbookCommand implements Callable<Integer> {

  /** The page, which the build copies beside this class. */
  static final String PAGE = "oncall.md";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (InputStream page = RunbookCommand.class.getResourceAsStream(PAGE)) {
      spec.commandLine().getOut().print(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    }
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
