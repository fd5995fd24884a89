package payments.dr.operations.state;

import java.util.concurrent.Callable;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./dr state remove}: the last step of an environment's removal. */
@Command(
    name = "remove",
    description = {
      "Removes a pair of state buckets with everything in them, when you type its stack's name.",
      "Refuses while a state in them has resources, and while data is protected."
    },
    footer = "  make synth && ./dr state remove state-dev",
    exitCodeList = {
      "0:the buckets are gone",
      "1:bad input, also a confirmation that is not the stack's name",
      "2:Terraform failed; run it again when the cause is mended"
    })
final class RemoveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "STACK", description = "Such as state-dev.")
  private String name;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    RemoteState state = state(project);
    if (state.protectData()) {
      throw new BadInputException(
          "data of %s must not be protected to remove its state buckets: set protectData: false and"
                  .formatted(state.names().environment())
              + " run `make bootstrap`; an account's are always protected");
    }
    StackTools stack = StackTools.named(name);
    new StackRemoval(
            name,
            new WorkFolder(project, stack.tools(), state),
            new StateObject(stack, state.backend()))
        .run();
    return ExitCode.DONE;
  }

  private RemoteState state(Project project) {
    var states = project.configuration().remoteStates();
    return states.stream()
        .filter(candidate -> candidate.stackName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "stack must be one of %s, got \"%s\""
                        .formatted(
                            String.join(", ", states.stream().map(RemoteState::stackName).toList()),
                            name)));
  }
}
