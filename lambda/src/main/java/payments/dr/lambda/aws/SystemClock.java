package payments.dr.lambda.aws;

import java.time.Duration;
import java.time.Instant;
import payments.dr.lambda.port.Clock;

/** The machine's. */
public final class SystemClock implements Clock {

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public void sleepUntil(Instant wake) {
    try {
      Thread.sleep(Math.max(0, Duration.between(instant(), wake).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two ticks", e);
    }
  }
}
