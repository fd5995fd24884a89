package payments.dr.operations.drill.evidence;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import payments.dr.operations.BadInputException;
import payments.dr.operations.FormatOption;
import payments.dr.operations.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr evidence show}. */
@Command(
    name = "show",
    description = "Prints a drill's report, and checks that nobody changed its files since.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./dr evidence show local-region-lost-20261231T120000Z --format json",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the files are as the drill wrote them",
      "1:bad input, also no such drill, or one that did not end",
      "3:files were changed, added or removed; the error output tells which"
    })
final class ShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "As ./dr evidence list prints it, or its beginning.")
  private String id;

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    Dossier dossier =
        new Archive(Project.ofLauncher().root().resolve(EvidenceCommand.FOLDER)).find(id);
    if (!dossier.finished()) {
      throw new BadInputException(
          "evidence must be of a drill that ended, got %s, whose folder lacks %s"
              .formatted(dossier.id(), Checksums.FILE));
    }
    List<String> faults = dossier.faults();
    faults.forEach(
        fault -> spec.commandLine().getErr().printf("dr: CHANGED %s: %s%n", dossier.id(), fault));
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format.value()) {
          case text -> dossier.text();
          case json -> dossier.json();
        });
    out.flush();
    return faults.isEmpty() ? 0 : EvidenceCommand.CHANGED;
  }
}
