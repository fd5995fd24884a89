package payments.dr.operations.state;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.terraform.Tools;

/**
 * Makes one pair of state buckets by the stack that describes them. Its state begins on disk and
 * moves into the bucket at the end. What is in the bucket always counts more than what is on disk,
 * so a run can be repeated wherever it stopped.
 */
final class Bootstrap {

  private final String name;
  private final WorkFolder folder;
  private final List<String> approval;
  private final boolean adopt;

  /**
   * @param adopt whether to take over what exists, though no run of this checkout was killed
   */
  Bootstrap(String name, WorkFolder folder, boolean autoApprove, boolean adopt) {
    this.name = name;
    this.folder = folder;
    this.approval = autoApprove ? List.of("-auto-approve") : List.of();
    this.adopt = adopt;
  }

  void run() {
    folder.prepare();
    if (folder.useBucket()) {
      say("the buckets are there; applying what has changed");
      if (!apply()) {
        throw failed();
      }
    } else {
      say("making the buckets, with a state in " + folder);
      makeBuckets();
      say("moving the state into the bucket");
      folder.moveToBucket();
    }
    verify();
    folder.delete();
    say("done");
  }

  private void makeBuckets() {
    boolean takeOver = adopt || folder.killedWhileApplying();
    folder.useDisk();
    folder.markApplying();
    boolean made = apply();
    // A run that was killed may have made what its state does not know. Anything else of that name
    // is somebody else's, and left alone.
    if (!made && takeOver && new Adoption(folder.terraform()).adoptMissing() > 0) {
      made = apply();
    }
    folder.unmarkApplying();
    if (!made) {
      throw failed();
    }
  }

  /** The bucket's state is what the next person works with: it must describe what is there. */
  private void verify() {
    Tools.Output plan =
        folder.terraform().ask("plan", "-input=false", "-no-color", "-detailed-exitcode");
    if (!plan.succeeded()) {
      throw new CommandFailedException(
          "plan of %s must be empty now, got status %d: %s"
              .formatted(name, plan.status(), plan.out() + plan.err()));
    }
  }

  private boolean apply() {
    return folder
        .terraform()
        .apply(Stream.concat(Stream.of("apply"), approval.stream()).toArray(String[]::new));
  }

  private CommandFailedException failed() {
    return new CommandFailedException(
        "terraform apply of %s failed; run this again when the cause above is mended, with --adopt"
                .formatted(name)
            + " if another machine made what exists");
  }

  private void say(String text) {
    System.out.println(name + ": " + text);
  }
}
