package payments.dr.operations.reports.budget;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dr recovery-budget}: what does a failover take, and is that what was promised? */
@Command(
    name = "recovery-budget",
    description = {
      "Adds up what a failover takes and loses in the worst case, and says whether that is within"
          + " the environment's targets.",
      "Reads the project's files only. What is not within them, synthesis refuses."
    },
    footer = {"  ./dr recovery-budget prod", "  ./dr recovery-budget prod --format json"},
    exitCodeList = {
      "0:within the targets",
      "1:bad input, also wrong usage",
      "3:not within the targets, or not by the mode's own rules"
    })
public final class RecoveryBudgetCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter environment;

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    BudgetReport budget =
        BudgetReport.of(environment.of(Project.ofLauncher()), LocalDate.now(ZoneOffset.UTC));
    budget
        .warnings()
        .forEach(warning -> spec.commandLine().getErr().println("dr: warning: " + warning));
    format.print(() -> BudgetText.of(budget), () -> BudgetJson.of(budget));
    return budget.kept() ? ExitCode.DONE : ExitCode.OBJECTION;
  }
}
