package payments.dr.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who moves data, and what for.
 *
 * @param who such as {@code alice@bastion pid 4711}
 * @param purpose such as {@code migration v1-v2}
 */
public record Holder(String who, String purpose) {

  public static Holder ofThisProcess(String purpose) {
    return new Holder(
        "%s@%s pid %d"
            .formatted(System.getProperty("user.name"), host(), ProcessHandle.current().pid()),
        purpose);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public String toString() {
    return who + " (" + purpose + ")";
  }
}
