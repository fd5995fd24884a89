package payments.dr.lambda.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The roots that the certificates of a Region's databases must lead to, and no others. Amazon RDS
 * signs by roots of its own, three for each Region, which no runtime trusts by itself; they stand
 * in the jar since the build (see {@code src/main/roots}).
 *
 * @param pem the certificates, one after the other
 */
public record DatabaseRoots(String pem) {

  private static final String FILES = "roots/";

  /**
   * Reads the roots of Amazon RDS.
   *
   * @param region of the databases, such as {@code us-east-1}
   * @throws IllegalArgumentException when the jar has none of that Region
   */
  public static DatabaseRoots of(String region) {
    try (InputStream file = DatabaseRoots.class.getResourceAsStream(FILES + region + ".pem")) {
      if (file == null) {
        throw new IllegalArgumentException(
            "Region of the databases must be one whose roots of Amazon RDS stand in the jar, such"
                + " as us-east-1, got \""
                + region
                + "\"");
      }
      return new DatabaseRoots(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns these roots and those of a file, such as the authority of a local AWS.
   *
   * @param file with certificates in PEM
   * @throws UncheckedIOException when it cannot be read
   */
  public DatabaseRoots and(Path file) {
    try {
      return new DatabaseRoots(pem + Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
