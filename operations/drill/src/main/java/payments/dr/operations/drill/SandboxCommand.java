package payments.dr.operations.drill;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.drill.load.Tally;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dr sandbox} with everything below it. */
@Command(
    name = "sandbox",
    description = {
      "Keeps a system alive on this machine, to try things on: what `make sandbox` runs.",
      "On the local AWS only."
    },
    subcommands = {SandboxCommand.RunCommand.class, SandboxCommand.BreakCommand.class})
public final class SandboxCommand extends CommandGroup {

  /** {@code ./dr sandbox run}. */
  @Command(
      name = "run",
      description = {
        "Sends payments until Ctrl-C, and shows on a page of this machine what becomes of them.",
        "Ends by itself when the local AWS ends."
      },
      footer = "  ./dr sandbox run local --port 8600",
      exitCodeList = {
        "0:the local AWS has ended",
        "1:bad input, or the port is taken",
        "2:the sandbox could not go on: it says why"
      })
  public static final class RunCommand implements Callable<Integer> {

    private final StatusReport status;

    @Spec private CommandSpec spec;

    @Mixin private EnvironmentParameter chosen;

    @Option(
        names = "--port",
        paramLabel = "N",
        description = "Port of the page on 127.0.0.1; 0 for any free one. Default: 8600.")
    private int port = 8600;

    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "New payments a second, 1 to 100. Default: 10.")
    private int rate = 10;

    /**
     * Makes the command.
     *
     * @param status what the page shows of the controller
     */
    public RunCommand(StatusReport status) {
      this.status = status;
    }

    @Override
    public Integer call() {
      if (port < 0 || port > 65_535) {
        throw new BadInputException("--port must be 0 to 65535, got " + port);
      }
      PaymentRate.check(rate);
      Project project = Project.ofLauncher();
      Environment environment = chosen.of(project);
      LocalAwsApi local = local(project, environment);
      PrintWriter out = spec.commandLine().getOut();
      new Sandbox(project, environment, local, status).run(port, rate, out);
      return ExitCode.DONE;
    }
  }

  /** {@code ./dr sandbox break}. */
  @Command(
      name = "break",
      description = {
        "Breaks what a scenario of `./dr drill` breaks, and leaves it broken.",
        "`make sandbox-repair` repairs it. What is broken already stays so."
      },
      footer = "  ./dr sandbox break local --scenario region-lost")
  static final class BreakCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private EnvironmentParameter chosen;

    @Option(
        names = "--scenario",
        paramLabel = "NAME",
        required = true,
        description = "One of those of `./dr drill`, without switchover.")
    private String scenario;

    @Override
    public Integer call() {
      DrillScenario broken = DrillScenario.of(scenario);
      if (broken.faults().isEmpty()) {
        throw new BadInputException(
            "--scenario must break something, got \"%s\", which is an order: ./dr %s %s"
                .formatted(scenario, scenario, chosen.name()));
      }
      Project project = Project.ofLauncher();
      Environment environment = chosen.of(project);
      LocalAwsApi local = local(project, environment);
      DrillEnvironment stage =
          new DeployedEnvironment(
              environment,
              ControllerClient.of(environment.name()),
              new LocalFaults(local, environment.config().regions().map(RegionSettings::name)),
              Optional.of(local),
              new Tally());
      PrintWriter out = spec.commandLine().getOut();
      new Breakage(broken, stage, DrillLimits.of(environment))
          .happen(
              step -> {
                out.println(step.what());
                out.flush();
              });
      return ExitCode.DONE;
    }
  }

  private static LocalAwsApi local(Project project, Environment environment) {
    if (!environment.config().localAws()) {
      throw new BadInputException(
          "environment must be on the local AWS (localAws: true), got \"%s\""
              .formatted(environment.name()));
    }
    return DataPlane.of(AwsAccess.of(project, environment)).orElseThrow();
  }
}
