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
 * The deployment of {@code local} that all tests of a run share, without a firewall. The first test
 * that needs it makes it, whatever process it runs in. It is kept as a snapshot of the local AWS
 * with Terraform's state, from which another local AWS can start.
 */
final class Deployment {

  /** Where a local AWS that starts finds the snapshot to begin with. */
  static final String SNAPSHOT = "LOCAL_AWS_SNAPSHOT";

  private static final Duration APPLY = Duration.ofMinutes(15);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Path KEPT = ProjectCopy.PROJECT.resolve("operations/cli/target/deployment");

  private Deployment() {}

  /** Makes other tests wait for the snapshot until the caller closes this channel or ends. */
  static FileChannel reserve() throws IOException {
    FileChannel file = lockFile();
    file.lock();
    return file;
  }

  /** Saves what a copy has deployed as the snapshot from which later tests start. */
  static void keep(ProjectCopy copy) throws IOException {
    copy.shell()
        .sh(
            COMMAND,
            "rm -rf %1$s.part && emulator/local-aws save %1$s.part && mv %1$s.part %1$s"
                .formatted(snapshot()))
        .expect(0);
  }

  /**
   * Switches the firewall off in the environment's file: planning two web ACLs takes more processor
   * time than all other resources together.
   */
  static void withoutFirewall(ProjectCopy copy) throws IOException {
    copy.replace(
        "main/environments/local.yaml",
        "protectData: false",
        "protectData: false\nfirewall: {enabled: false}");
  }

  /**
   * A copy of the project, built, whose environment's file says what the snapshot was made of.
   *
   * @param folder that the copy is made in
   */
  static ProjectCopy copyInto(Path folder) throws IOException {
    ProjectCopy copy = ProjectCopy.builtInto(folder);
    withoutFirewall(copy);
    return copy;
  }

  /** Deploys as a newcomer does, and shows what the local AWS said if that fails. */
  static Shell.Result make(ProjectCopy copy) {
    Shell.Result deployed = copy.shell().sh(APPLY, "make deploy");
    if (deployed.status() != 0) {
      System.out.println(copy.shell().sh(COMMAND, "cat .local-aws/log").out());
    }
    return deployed.expect(0);
  }

  /** The folder of the snapshot, of this project as it is; made now if it is not there. */
  static Path kept() throws IOException {
    try (FileChannel file = lockFile()) {
      file.lock();
      Path snapshot = snapshot();
      if (!Files.exists(snapshot)) {
        ProjectCopy copy = copyInto(Files.createTempDirectory("deployment"));
        try {
          make(copy);
          keep(copy);
        } finally {
          copy.stopLocalAws();
          copy.shell().sh(COMMAND, "rm -rf " + copy.root()).expect(0);
        }
      }
      return snapshot;
    }
  }

  private static Path snapshot() throws IOException {
    return KEPT.resolve(ProjectCopy.version());
  }

  private static FileChannel lockFile() throws IOException {
    Files.createDirectories(KEPT);
    return FileChannel.open(
        KEPT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
