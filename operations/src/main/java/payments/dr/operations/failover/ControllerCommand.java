package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that tells an environment's controller something, and must say why. */
abstract class ControllerCommand implements Callable<Integer> {

  private final Desk.Desks desks;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String environment;

  @Mixin private ReasonOption reason;

  @Mixin private RegionOption region;

  ControllerCommand(Desk.Desks desks) {
    this.desks = desks;
  }

  @Override
  public final Integer call() {
    return tell(desks.open(environment, region.value()), reason, spec.commandLine().getOut());
  }

  /**
   * @return the command's status
   */
  abstract int tell(Desk desk, ReasonOption reason, PrintWriter out);
}
