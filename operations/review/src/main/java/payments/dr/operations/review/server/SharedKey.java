package payments.dr.operations.review.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import payments.dr.operations.console.BadInputException;

/** The key by which HCP Terraform signs what it sends to a run task. */
final class SharedKey {

  private static final String ALGORITHM = "HmacSHA512";

  /** Of characters that a generator made: half the length of what the signature can hold. */
  private static final int SHORTEST = 32;

  private final SecretKeySpec key;

  private SharedKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Reads the key from a file, without the white space around it.
   *
   * @throws BadInputException when the file cannot be read, or its key is too short to be safe
   */
  static SharedKey read(Path file) {
    try {
      String key = Files.readString(file).strip();
      if (key.length() < SHORTEST) {
        throw new BadInputException(
            "HMAC key in %s must have %d characters or more, got %d"
                .formatted(file, SHORTEST, key.length()));
      }
      return new SharedKey(key.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException(
          "HMAC key must be in a file of text that can be read, got \"" + file + "\"");
    }
  }

  /** Whether a signature, in hex, is this key's of a body; takes as long for each wrong one. */
  boolean signed(byte[] body, String signature) {
    return MessageDigest.isEqual(
        hex(body).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
  }

  private String hex(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
