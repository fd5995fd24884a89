package payments.dr.operations.rehearse;

import java.nio.file.Files;
import java.util.function.Function;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.Project;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * The buckets of an environment's states. Where they are gone there is nothing to destroy, and
 * Terraform would call that a fault.
 *
 * @param backend of the environment's own stack
 * @param clients by the name of a Region
 */
record States(
    Project project,
    Environment environment,
    StateBackend.S3 backend,
    Programs programs,
    Function<String, S3Client> clients) {

  void make() {
    programs.run(
        "make",
        "--no-print-directory",
        "bootstrap",
        "ENV=" + environment.name(),
        "APPROVE=--auto-approve");
  }

  boolean areThere() {
    try (S3Client s3 = clients.apply(backend.region())) {
      s3.headBucket(request -> request.bucket(backend.bucket()));
      return true;
    } catch (NoSuchBucketException e) {
      return false;
    }
  }

  /** What a run left that was killed is on disk, where {@code ./dr state} keeps it. */
  void remove() {
    String stack = "state-" + environment.name();
    if (areThere() || Files.exists(project.root().resolve(".bootstrap").resolve(stack))) {
      programs.run(
          "make", "--no-print-directory", "environment-stacks", "ENV=" + environment.name());
      programs.confirmed(stack, "./dr", "state", "remove", stack);
    }
  }
}
