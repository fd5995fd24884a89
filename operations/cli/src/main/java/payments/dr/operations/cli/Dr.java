package payments.dr.operations.cli;

import payments.dr.operations.commandline.CommandLines;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.Project;
import payments.dr.operations.doctor.DoctorCommand;
import payments.dr.operations.drill.DrillCommand;
import payments.dr.operations.drill.SandboxCommand;
import payments.dr.operations.drill.evidence.EvidenceCommand;
import payments.dr.operations.migration.MigrateCommand;
import payments.dr.operations.orders.AuditCommand;
import payments.dr.operations.orders.OrderCommands;
import payments.dr.operations.orders.PauseCommand;
import payments.dr.operations.orders.ResumeCommand;
import payments.dr.operations.orders.StatusCommand;
import payments.dr.operations.reconcile.ReconcileCommand;
import payments.dr.operations.rehearse.RehearseCommand;
import payments.dr.operations.reports.budget.RecoveryBudgetCommand;
import payments.dr.operations.reports.compliance.ComplianceCommand;
import payments.dr.operations.restore.RestoreCommand;
import payments.dr.operations.review.ReviewCommand;
import payments.dr.operations.review.server.ReviewServerCommand;
import payments.dr.operations.state.StateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code ./dr} with everything below it. */
@Command(
    name = "dr",
    description = "Operates the environments of this project.",
    version = Project.VERSION,
    subcommands = {
      RunbookCommand.class,
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
      RestoreCommand.class,
      RecoveryBudgetCommand.class,
      ComplianceCommand.class,
      DoctorCommand.class,
      DrillCommand.class,
      EvidenceCommand.class,
      SandboxCommand.class,
      RehearseCommand.class,
      DatabaseCommand.class,
      MigrateCommand.class,
      ReviewCommand.class,
      ReviewServerCommand.class,
      StateCommand.class
    })
public final class Dr extends CommandGroup {

  /** Ends with the status that the command's help documents. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Colours only on a terminal; picocli sees to that by itself. */
  static CommandLine commandLine() {
    return CommandLines.configure(new CommandLine(new Dr(), new Commands()));
  }
}
