package payments.dr.operations.migration.sessions;

import java.time.Duration;

/** Sleeps, and fails when it is interrupted. */
final class Pause {

  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the session tables were waited for", e);
    }
  }
}
