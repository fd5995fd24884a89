package payments.dr.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Digests of a file's bytes.
 *
 * <p>They are kept beside the file, with its size and time: without the optimising compiler, which
 * {@code main/synth} leaves out, the JVM takes a second for the 30 MB of the function's jar.
 *
 * @param md5 in upper-case hexadecimal digits, the way in which CDKTF names assets
 * @param sha256 in Base64, the way in which Lambda tells it
 */
record Digests(String md5, String sha256) {

  static Digests of(Path file) {
    try {
      String version = Files.size(file) + " " + Files.getLastModifiedTime(file);
      Path beside = file.resolveSibling(file.getFileName() + ".digests");
      List<String> kept = read(beside);
      if (kept.size() == 3 && kept.get(0).equals(version)) {
        return new Digests(kept.get(1), kept.get(2));
      }
      Digests digests = of(Files.readAllBytes(file));
      keep(beside, List.of(version, digests.md5, digests.sha256));
      return digests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(Path beside) {
    try {
      return Files.readAllLines(beside);
    } catch (IOException e) {
      return List.of(); // Not kept yet, or by somebody else: computing takes a second.
    }
  }

  private static Digests of(byte[] bytes) {
    return new Digests(
        HexFormat.of().withUpperCase().formatHex(digest("MD5", bytes)),
        Base64.getEncoder().encodeToString(digest("SHA-256", bytes)));
  }

  /** In one step, so that another synthesis finds all lines or none. */
  private static void keep(Path beside, List<String> lines) {
    try {
      Path written = Files.createTempFile(beside.getParent(), beside.getFileName().toString(), "");
      Files.write(written, lines);
      Files.move(written, beside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Nobody may write here: the next synthesis computes them again.
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
