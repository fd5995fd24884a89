package payments.dr.operations.orders;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which of the two controllers somebody means. */
final class RegionOption {

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Whose controller. Default: the DR Region's, which decides on everything. The primary"
              + " Region's takes the writer home when the DR Region is lost while it serves.")
  private Optional<String> region = Optional.empty();

  Optional<String> value() {
    return region;
  }
}
