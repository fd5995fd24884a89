package payments.dr.operations.orders;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.controller.ControllerClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that tells an environment's controller something, and must say why. */
abstract class ControllerCommand implements Callable<Integer> {

  private final ControllerClient.Factory controllers;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter environment;

  @Mixin private ReasonOption reason;

  @Mixin private RegionOption region;

  ControllerCommand(ControllerClient.Factory controllers) {
    this.controllers = controllers;
  }

  @Override
  public final Integer call() {
    return tell(
        controllers.open(environment.name(), region.value()), reason, spec.commandLine().getOut());
  }

  /**
   * @return the command's status
   */
  abstract int tell(ControllerClient controller, ReasonOption reason, PrintWriter out);
}
