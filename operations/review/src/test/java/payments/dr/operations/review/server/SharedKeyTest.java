package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.console.BadInputException;

class SharedKeyTest {

  static final String TEXT = "0123456789abcdef0123456789abcdef";

  private static final byte[] BODY = "{\"payload_version\": 1}".getBytes(StandardCharsets.UTF_8);

  /** By Python's hmac module. */
  private static final String SIGNATURE =
      "677be4773a05c1f29f37fea249879b28b645447afaaf9cb93e3e9e8c87056072"
          + "7f072e1001b3c95ddb4339d3caf164b63183528e266d6199470a2bd5adc5c905";

  @TempDir Path folder;

  @Test
  void signature_is_hmac_sha512_in_hex() throws IOException {
    SharedKey key = SharedKey.read(Files.writeString(folder.resolve("key"), TEXT + "\n"));

    assertTrue(key.signed(BODY, SIGNATURE));
    assertFalse(key.signed(BODY, SIGNATURE.substring(1)));
    assertFalse(key.signed(BODY, SIGNATURE.replace('a', 'b')));
    assertFalse(key.signed(BODY, ""));
    assertFalse(key.signed(new byte[0], SIGNATURE));
  }

  @Test
  void short_key_is_refused_and_not_repeated() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "  too-short  ");

    assertEquals(
        "HMAC key in " + file + " must have 32 characters or more, got 9",
        assertThrows(BadInputException.class, () -> SharedKey.read(file)).getMessage());
  }

  @Test
  void missing_file_is_named() {
    Path file = folder.resolve("none");

    assertEquals(
        "HMAC key must be in a file of text that can be read, got \"" + file + "\"",
        assertThrows(BadInputException.class, () -> SharedKey.read(file)).getMessage());
  }
}
