package payments.dr.operations.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.state.StateObject.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./dr state restore}: puts an older version of a state back on top. */
@Command(
    name = "restore",
    description = {
      "Puts the newest older version of a state that Terraform can read back on top, when you type"
          + " the stack's name. The version it replaces stays in the bucket.",
      "Resources that were made or destroyed since are then missing from the state, or too many in"
          + " it: read the next plan."
    },
    footer = "  ./dr state restore payments-dr-prod",
    exitCodeList = {
      "0:the older version is the state now",
      "1:bad input, also a locked state and a confirmation that is not the stack's name",
      "2:the AWS CLI failed"
    })
final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "STACK", description = "Such as payments-dr-prod.")
  private String name;

  @Option(names = "--version-id", paramLabel = "ID", description = "This one, not the newest.")
  private String versionId;

  @Override
  public Integer call() {
    StackTools stack = StackTools.named(name);
    StateObject object = new StateObject(stack, stack.stack().s3());
    if (object.locked()) {
      throw new BadInputException(
          name + " must not be locked: see `./dr state unlock " + name + "`");
    }
    List<Version> versions = object.versions();
    Version chosen = versionId == null ? newestReadable(object, versions) : named(versions);
    versions.stream().filter(Version::latest).forEach(latest -> show("now", object, latest));
    show("then", object, chosen);
    Confirmation.of(name);
    object.restore(chosen);
    System.out.println("restored; read the plan before the next deployment");
    return ExitCode.DONE;
  }

  private Version newestReadable(StateObject object, List<Version> versions) {
    return versions.stream()
        .filter(version -> !version.latest())
        .filter(version -> content(object, version).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "state of %s must have an older version that Terraform can read, got %d versions"
                        .formatted(name, versions.size())));
  }

  private Version named(List<Version> versions) {
    return versions.stream()
        .filter(version -> version.id().equals(versionId))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--version-id must be one of %s, got \"%s\""
                        .formatted(
                            String.join(", ", versions.stream().map(Version::id).toList()),
                            versionId)));
  }

  private static void show(String when, StateObject object, Version version) {
    System.out.printf(
        "%-5s %s  %s  %s%n",
        when + ":",
        version.time(),
        version.id(),
        content(object, version).map(StateVersion::toString).orElse("not readable"));
  }

  private static Optional<StateVersion> content(StateObject object, Version version) {
    return StateVersion.read(object.text(version));
  }
}
