package payments.dr.operations.reports.budget;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr recovery-budget}: what does a failover take, and is that what was promised? */
@Command(
    name = "recovery-budget",
    description = {
      "Adds up what a failover takes and loses in the worst case, and says whether that is within"
          + " the environment's targets.",
      "Reads the project's files only. What is not within them, synthesis refuses."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./dr recovery-budget prod", "  ./dr recovery-budget prod --format json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:within the targets",
      "1:bad input, also wrong usage",
      "3:not within the targets, or not by the mode's own rules"
    })
public final class RecoveryBudgetCommand implements Callable<Integer> {

  private static final int MISSED = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String name;

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    Environment environment = Project.ofLauncher().environment(name);
    BudgetReport budget = BudgetReport.of(environment, LocalDate.now(ZoneOffset.UTC));
    budget
        .warnings()
        .forEach(warning -> spec.commandLine().getErr().println("dr: warning: " + warning));
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format.value()) {
          case text -> BudgetText.of(budget);
          case json -> BudgetJson.of(budget);
        });
    out.flush();
    return budget.kept() ? 0 : MISSED;
  }
}
