package payments.dr.lambda.aws;

import java.net.HttpURLConnection;
import payments.dr.lambda.model.Health;

/** What a deep probe says of a Region, the best first. */
enum ProbeAnswer {
  /** A payment was just committed there. */
  COMMITTED(Health.UP),
  /** It is well, and follows a Region that commits payments. */
  FOLLOWS(Health.UP),
  /** Nothing of payments, such as a firewall's 403, a redirect, or a name without an address. */
  UNCLEAR(Health.UNKNOWN),
  /** That it is unwell; or there was no answer in time. */
  FAILED(Health.DOWN);

  private final Health health;

  ProbeAnswer(Health health) {
    this.health = health;
  }

  static ProbeAnswer of(int status) {
    if (status == HttpURLConnection.HTTP_OK) {
      return COMMITTED;
    }
    return switch (status / 100) {
      case 2 -> FOLLOWS;
      case 5 -> FAILED;
      default -> UNCLEAR;
    };
  }

  /** Whether the Region does its part. */
  Health health() {
    return health;
  }
}
