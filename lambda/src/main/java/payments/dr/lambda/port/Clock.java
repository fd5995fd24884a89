package payments.dr.lambda.port;

import java.time.Instant;
import java.time.InstantSource;

/** Time, for code that must also let it pass. */
public interface Clock extends InstantSource {

  /** Returns at once when {@code wake} has passed. */
  void sleepUntil(Instant wake);
}
