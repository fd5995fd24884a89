package payments.dr.operations.encoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests. */
public final class Sha256 {

  private Sha256() {}

  /**
   * Returns the digest of a whole file, in lower-case hexadecimal, as {@code sha256sum} prints it.
   *
   * @throws UncheckedIOException when the file cannot be read
   */
  public static String hex(Path file) {
    try {
      return HexFormat.of().formatHex(of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the digest's 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
