package payments.dr.operations.drill.evidence;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr evidence} with everything below it. */
@Command(
    name = "evidence",
    description = "Shows what drills have left in the folder evidence/.",
    subcommands = {EvidenceCommand.ListCommand.class, EvidenceCommand.ShowCommand.class})
public final class EvidenceCommand extends CommandGroup {

  /** {@code ./dr evidence list}. */
  @Command(name = "list", description = "Lists the drills, the oldest first.")
  static final class ListCommand implements Callable<Integer> {

    @Mixin private FormatOption format;

    @Override
    public Integer call() {
      List<KeptEvidence> all = KeptEvidence.all(Project.ofLauncher().root());
      format.print(() -> text(all), () -> json(all));
      return ExitCode.DONE;
    }

    private static String text(List<KeptEvidence> all) {
      return all.stream()
          .map(
              kept ->
                  "%s  %s%n"
                      .formatted(kept.id(), kept.passed() ? "as expected" : "NOT AS EXPECTED"))
          .collect(Collectors.joining());
    }

    private static String json(List<KeptEvidence> all) {
      ArrayNode array = JSON.createArrayNode();
      all.forEach(kept -> array.addObject().put("id", kept.id()).put("passed", kept.passed()));
      return array.toPrettyString() + System.lineSeparator();
    }
  }

  /** {@code ./dr evidence show}. */
  @Command(
      name = "show",
      description = "Prints a drill's report, and checks that no file of it was changed since.",
      exitCodeList = {
        "0:the evidence is as it was written",
        "1:bad input",
        "3:files were changed: lines CHANGED tell which"
      })
  static final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "As ./dr evidence list names it.")
    private String id;

    @Mixin private FormatOption format;

    @Override
    public Integer call() {
      KeptEvidence kept = KeptEvidence.of(Project.ofLauncher().root(), id);
      format.print(() -> kept.text(Evidence.REPORT), () -> kept.text(Evidence.JSON));
      List<String> faults = kept.faults();
      faults.forEach(fault -> spec.commandLine().getErr().println("CHANGED " + fault));
      return faults.isEmpty() ? ExitCode.DONE : ExitCode.OBJECTION;
    }
  }
}
