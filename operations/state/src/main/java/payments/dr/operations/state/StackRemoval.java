package payments.dr.operations.state;

import java.util.List;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Confirmation;

/**
 * Removes one pair of state buckets: its own state goes back to disk, and then everything that it
 * describes. It can be repeated wherever it stopped.
 */
final class StackRemoval {

  private final String name;
  private final WorkFolder folder;
  private final StateObject own;

  StackRemoval(String name, WorkFolder folder, StateObject own) {
    this.name = name;
    this.folder = folder;
    this.own = own;
  }

  /** Asks before anything changes. */
  void run() {
    folder.prepare();
    boolean inBucket = folder.useBucket();
    if (inBucket) {
      refuseWhileInUse();
    } else if (!folder.holdsState()) {
      folder.delete();
      throw new BadInputException(
          "buckets of %s must be there to be removed, got none".formatted(name));
    }
    System.out.println(name + ": the buckets go, with every version of every state in them");
    Confirmation.of(name);
    if (inBucket) {
      folder.moveToDisk();
    } else {
      folder.useDisk();
    }
    if (!folder.terraform().apply("destroy", "-auto-approve")) {
      throw new CommandFailedException(
          "terraform destroy of %s failed; run this again when the cause above is mended"
              .formatted(name));
    }
    folder.delete();
  }

  private void refuseWhileInUse() {
    List<String> used =
        own.others().stream().filter(StateObject::hasResources).map(StateObject::key).toList();
    if (!used.isEmpty()) {
      throw new BadInputException(
          "no state with resources must be left in bucket %s, got %s"
              .formatted(own.location().bucket(), String.join(", ", used)));
    }
  }
}
