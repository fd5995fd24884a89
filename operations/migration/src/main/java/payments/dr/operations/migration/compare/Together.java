package payments.dr.operations.migration.compare;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import payments.dr.operations.console.CommandFailedException;

/** Does something on both sides at the same time. */
public final class Together {

  private Together() {}

  @SuppressWarnings("Finally") // both have ended, and one of the failures is told
  public static void both(Runnable one, Runnable other) {
    CompletableFuture<Void> running = CompletableFuture.runAsync(one);
    try {
      other.run();
    } finally {
      try {
        running.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof CommandFailedException failed) {
          throw failed;
        }
        throw e;
      }
    }
  }
}
