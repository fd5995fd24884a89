package payments.dr.modules.compute;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import payments.dr.configuration.compute.ComputeSettings;

/** What an instance runs at its first boot: {@code user-data.sh} next to this class. */
final class UserData {

  private UserData() {}

  /** As EC2 wants it. */
  static String base64(ComputeSettings settings) {
    String script =
        template()
            .replace("@PATH@", settings.healthCheckPath())
            .replace("@PORT@", String.valueOf(Fleet.PORT));
    return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
  }

  private static String template() {
    try (InputStream script = UserData.class.getResourceAsStream("user-data.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
