package payments.dr.operations;

import payments.dr.operations.budget.BudgetCommand;
import payments.dr.operations.controls.ControlsCommand;
import payments.dr.operations.database.DatabaseCommand;
import payments.dr.operations.drill.DrillCommand;
import payments.dr.operations.drill.evidence.EvidenceCommand;
import payments.dr.operations.failover.AuditCommand;
import payments.dr.operations.failover.OrderCommands;
import payments.dr.operations.failover.PauseCommand;
import payments.dr.operations.failover.ResumeCommand;
import payments.dr.operations.failover.StatusCommand;
import payments.dr.operations.migrate.MigrateCommand;
import payments.dr.operations.reconcile.ReconcileCommand;
import payments.dr.operations.review.ReviewCommand;
import payments.dr.operations.state.StateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./dr} with everything below it. */
@Command(
    name = "dr",
    description = "Operates the environments of this project.",
    mixinStandardHelpOptions = true,
    version = "payments-dr 2.0.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StatusCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      OrderCommands.Approve.class,
      OrderCommands.Force.class,
      OrderCommands.Abort.class,
      OrderCommands.Switchover.class,
      OrderCommands.Failback.class,
      AuditCommand.class,
      ReconcileCommand.class,
      BudgetCommand.class,
      ControlsCommand.class,
      DrillCommand.class,
      EvidenceCommand.class,
      DatabaseCommand.class,
      MigrateCommand.class,
      ReviewCommand.class,
      StateCommand.class
    })
public final class Dr implements Runnable {

  @Spec private CommandSpec spec;

  /** Ends with the status that the command's help documents. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  public static CommandLine commandLine() {
    return commandLine(CommandLine.defaultFactory());
  }

  /**
   * Colours only on a terminal; picocli sees to that by itself.
   *
   * @param factory makes the commands below
   */
  public static CommandLine commandLine(IFactory factory) {
    return new CommandLine(new Dr(), factory)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setParameterExceptionHandler(FaultPrinter::usage)
        .setExecutionExceptionHandler(FaultPrinter::execution);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }
}
