package payments.dr.operations.drill.evidence;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr evidence} with everything below it. */
@Command(
    name = "evidence",
    description = "Shows what drills have left in the folder evidence/.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EvidenceCommand.ListCommand.class, EvidenceCommand.ShowCommand.class})
public final class EvidenceCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }

  /** {@code ./dr evidence list}. */
  @Command(
      name = "list",
      description = "Lists the drills, the oldest first.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private FormatOption format;

    @Override
    public Integer call() throws JsonProcessingException {
      List<KeptEvidence> all = KeptEvidence.all(Project.ofLauncher().root());
      PrintWriter out = spec.commandLine().getOut();
      switch (format.value()) {
        case text ->
            all.forEach(
                kept ->
                    out.printf(
                        "%s  %s%n", kept.id(), kept.passed() ? "as expected" : "NOT AS EXPECTED"));
        case json -> {
          ArrayNode array = JSON.createArrayNode();
          all.forEach(kept -> array.addObject().put("id", kept.id()).put("passed", kept.passed()));
          out.println(array.toPrettyString());
        }
      }
      out.flush();
      return 0;
    }
  }

  /** {@code ./dr evidence show}. */
  @Command(
      name = "show",
      description = "Prints a drill's report, and checks that no file of it was changed since.",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the evidence is as it was written",
        "1:bad input",
        "3:files were changed: lines CHANGED tell which"
      })
  static final class ShowCommand implements Callable<Integer> {

    private static final int CHANGED = 3;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "As ./dr evidence list names it.")
    private String id;

    @Mixin private FormatOption format;

    @Override
    public Integer call() {
      KeptEvidence kept = KeptEvidence.of(Project.ofLauncher().root(), id);
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          switch (format.value()) {
            case text -> kept.text(Evidence.REPORT);
            case json -> kept.text(Evidence.JSON);
          });
      List<String> faults = kept.faults();
      faults.forEach(fault -> spec.commandLine().getErr().println("CHANGED " + fault));
      out.flush();
      return faults.isEmpty() ? 0 : CHANGED;
    }
  }
}
