package payments.dr.operations.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.operations.console.BadInputException;

/**
 * The roots of a Region's databases, the same that the failover function trusts, as the file that
 * libpq's programs and the driver want. It is deleted when this program ends.
 */
final class RootFile {

  /**
   * Such as {@code writer.cluster-abc.us-east-1.rds.amazonaws.com}; not the name of a global
   * cluster, which is of no Region, nor that of a proxy, whose certificate is of another kind.
   */
  private static final Pattern AURORA =
      Pattern.compile("(?!.*\\.proxy-).*\\.([a-z]+(?:-[a-z]+)+-\\d)\\.rds\\.amazonaws\\.com");

  private RootFile() {}

  /**
   * Returns the file of the Region that a name of Aurora's is of; none for other names, such as
   * those of a database that was not moved to AWS yet.
   *
   * @throws BadInputException when no roots of that Region are known
   */
  static Optional<String> ofHost(String host) {
    Matcher aurora = AURORA.matcher(host);
    return aurora.matches() ? Optional.of(of(aurora.group(1))) : Optional.empty();
  }

  private static String of(String region) {
    DatabaseRoots roots = roots(region);
    try {
      Path file = Files.createTempFile("roots-" + region + "-", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, roots.pem()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatabaseRoots roots(String region) {
    try {
      return DatabaseRoots.of(region);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          e.getMessage() + "; sslrootcert in libpq's service file may name a file with them");
    }
  }
}
