package payments.dr.operations.reconcile;

import java.util.Optional;
import payments.dr.operations.console.BadInputException;
import picocli.CommandLine.Option;

/** What of the former primary is read, when it is not the snapshot that Aurora took. */
final class Source {

  /** As AWS allows it. */
  private static final String IDENTIFIER = "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      description =
          "A cluster in the old Region, outside of the global database: the detached former primary,"
              + " or one that you restored.")
  private String cluster;

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "A snapshot in the old Region. Default: the newest of the failover.")
  private String snapshot;

  /**
   * @throws BadInputException when it is no identifier
   */
  Optional<String> cluster() {
    if (cluster != null && !cluster.matches(IDENTIFIER)) {
      throw new BadInputException(
          "--cluster must be an identifier of a cluster, such as primary-db-cluster-v2-prod, got \"%s\""
              .formatted(cluster));
    }
    return Optional.ofNullable(cluster);
  }

  Optional<String> snapshot() {
    return Optional.ofNullable(snapshot);
  }
}
