package payments.dr.operations.migration.database;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import payments.dr.operations.console.CommandFailedException;

/** Waits for a condition, up to a limit. */
public final class Waiting {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * Waits until a condition holds.
   *
   * @param what the sentence of the condition, such as "v2 must have applied 0/16B3748"
   * @throws CommandFailedException when it does not hold in time
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    if (!holdsWithin(limit, condition)) {
      throw new CommandFailedException(
          "%s within %d s, it has not".formatted(what, limit.toSeconds()));
    }
  }

  static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while a database was waited for");
    }
  }
}
