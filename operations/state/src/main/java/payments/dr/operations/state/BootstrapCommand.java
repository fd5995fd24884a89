package payments.dr.operations.state;

import java.util.List;
import java.util.concurrent.Callable;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.Tools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dr state bootstrap}: makes the buckets before there is a state to keep. */
@Command(
    name = "bootstrap",
    description = {
      "Makes the buckets that keep the states of an environment and of its account, and moves the"
          + " state of those buckets into them.",
      "Safe to run again, also after it was stopped at any point: it goes on where it stopped."
    },
    footer = "  make synth && ./dr state bootstrap prod",
    exitCodeList = {
      "0:the buckets are there and hold their own state",
      "1:bad input, also wrong usage",
      "2:Terraform failed; run it again when the cause is mended"
    })
final class BootstrapCommand implements Callable<Integer> {

  @Mixin private EnvironmentParameter chosen;

  @Option(names = "--auto-approve", description = "Do not ask before resources change.")
  private boolean autoApprove;

  @Option(
      names = "--adopt",
      description = {
        "Take over what already has the names: for a run that another machine did not finish.",
        "A run that this checkout did not finish does so by itself."
      })
  private boolean adopt;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    for (RemoteState state : states(project)) {
      String aws = state.account().localAws() ? Stack.LOCAL : chosen.name();
      WorkFolder folder = new WorkFolder(project, new Tools(project.root(), aws), state);
      new Bootstrap(state.stackName(), folder, autoApprove, adopt).run();
    }
    return ExitCode.DONE;
  }

  /** The account's first: the environment's stack comes after the account's, too. */
  private List<RemoteState> states(Project project) {
    Configuration configuration = project.configuration();
    Environment environment = chosen.of(project);
    List<String> owners =
        List.of(
            configuration.accountOf(environment).names().environment(),
            environment.names().environment());
    List<RemoteState> states =
        configuration.remoteStates().stream()
            .filter(state -> owners.contains(state.names().environment()))
            .toList();
    if (states.isEmpty()) {
      throw new BadInputException(
          "main/environments/%s.yaml: state.kind must be s3 to have buckets made, got %s"
              .formatted(chosen.name(), environment.config().state().kind().word()));
    }
    return states;
  }
}
