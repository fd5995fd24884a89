package payments.dr.operations.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import payments.dr.operations.console.Project;
import payments.dr.operations.drill.DrillCommand;
import payments.dr.operations.drill.SandboxCommand;
import payments.dr.operations.migration.MigrateCommand;
import payments.dr.operations.orders.StatusCommand;
import payments.dr.operations.reconcile.UnreplicatedPayments;
import payments.dr.operations.review.FlipReview;
import payments.dr.operations.review.plan.PlanReader;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and gives those that need another capability what it offers. */
final class Commands implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == DrillCommand.class) {
      return type.cast(new DrillCommand(UnreplicatedPayments::keys));
    }
    if (type == SandboxCommand.RunCommand.class) {
      return type.cast(new SandboxCommand.RunCommand(StatusCommand::json));
    }
    if (type == MigrateCommand.class) {
      return type.cast(new MigrateCommand(Commands::objections));
    }
    return CommandLine.defaultFactory().create(type);
  }

  private static List<String> objections(
      Project project, String environment, String generation, Path file, String json) {
    try {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return FlipReview.objections(
          project,
          PlanReader.read(file.toString(), new ByteArrayInputStream(bytes)),
          environment,
          generation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
