package payments.dr.operations.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * The one deployment of {@code local} that the tests of a run share. Whoever needs it first makes
 * it, whatever process it runs in; it is kept as a snapshot of the local AWS with Terraform's
 * state, which another local AWS begins with.
 */
final class Deployment {

  /** Where a local AWS that starts finds the snapshot to begin with. */
  static final String SNAPSHOT = "LOCAL_AWS_SNAPSHOT";

  private static final Duration APPLY = Duration.ofMinutes(15);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Path KEPT = ProjectCopy.PROJECT.resolve("operations/cli/target/deployment");

  private Deployment() {}

  /**
   * Deploys as a newcomer does, and keeps the outcome for whoever comes later.
   *
   * @return what the deployment printed
   */
  static Shell.Result make(ProjectCopy copy) throws IOException {
    try (FileChannel file = lockFile()) {
      file.lock();
      return make(copy, snapshot());
    }
  }

  /** The folder of the snapshot, of this project as it is; made now if it is not there. */
  static Path kept() throws IOException {
    try (FileChannel file = lockFile()) {
      file.lock();
      Path snapshot = snapshot();
      if (!Files.exists(snapshot)) {
        ProjectCopy copy = ProjectCopy.builtInto(Files.createTempDirectory("deployment"));
        try {
          make(copy, snapshot);
        } finally {
          copy.stopLocalAws();
          copy.shell().sh(COMMAND, "rm -rf " + copy.root()).expect(0);
        }
      }
      return snapshot;
    }
  }

  private static Shell.Result make(ProjectCopy copy, Path snapshot) {
    Shell.Result deployed = copy.shell().sh(APPLY, "make deploy");
    if (deployed.status() != 0) {
      System.out.println(copy.shell().sh(COMMAND, "cat .local-aws/log").out());
    }
    deployed.expect(0);
    if (!Files.exists(snapshot)) {
      copy.shell()
          .sh(
              COMMAND,
              "rm -rf %1$s.part && emulator/local-aws save %1$s.part && mv %1$s.part %1$s"
                  .formatted(snapshot))
          .expect(0);
    }
    return deployed;
  }

  private static Path snapshot() throws IOException {
    return KEPT.resolve(ProjectCopy.version());
  }

  /** Locked until it is closed, or its process ends. */
  private static FileChannel lockFile() throws IOException {
    Files.createDirectories(KEPT);
    return FileChannel.open(
        KEPT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
