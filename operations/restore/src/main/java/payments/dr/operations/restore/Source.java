package payments.dr.operations.restore;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What the command is about, one of these or none: then it lists. */
final class Source {

  @Option(
      names = "--point",
      paramLabel = "ARN",
      description =
          "Restore a cluster from this recovery point, in its Region, and the session table from the"
              + " one of the same run.")
  private Optional<String> point = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Restore cluster and session table as they were at a time, such as 2026-11-25T02:45:00Z,"
              + " from AWS's continuous backups. See --region.")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--clean",
      paramLabel = "CLUSTER",
      description =
          "Remove a restored cluster with its instance and its session table, after its name was"
              + " typed.")
  private Optional<String> clean = Optional.empty();

  @Option(
      names = "--policy",
      description = "Ask nothing; print the IAM policy that allows all of this.")
  private boolean policy;

  Optional<String> point() {
    return point;
  }

  Optional<String> at() {
    return at;
  }

  Optional<String> clean() {
    return clean;
  }

  boolean policy() {
    return policy;
  }
}
