package payments.dr.modules.compute;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * What an instance runs at its first boot: {@code user-data.sh} next to this class, and {@code
 * lease-renewer.sh} where the fleet renews a lease.
 */
final class UserData {

  private UserData() {}

  /** As EC2 wants it. */
  static String base64(FleetProps props) {
    String script =
        file("user-data.sh")
            .replace("@LEASE_RENEWER@\n", props.renewer().map(UserData::renewer).orElse("\n"))
            .replace("@PATH@", props.settings().healthCheckPath())
            .replace("@PORT@", String.valueOf(Fleet.PORT));
    return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
  }

  /** Before the application: it is renewed for an image's own, too. */
  private static String renewer(LeaseRenewer renewer) {
    return file("lease-renewer.sh")
            .replace("@URL@", renewer.url())
            .replace("@SHA256@", renewer.sha256())
            .replace("@REGION@", renewer.regionName())
            .replace(
                "@VARIABLES@",
                renewer.variables().entrySet().stream()
                    .map(
                        variable ->
                            "Environment=%s=%s".formatted(variable.getKey(), variable.getValue()))
                    .collect(Collectors.joining("\n")))
        + "\n";
  }

  private static String file(String name) {
    try (InputStream script = UserData.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
