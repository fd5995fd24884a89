package payments.dr.lambda.aws;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at several things at once, and waits for all of them together no longer than a limit. */
final class Looks {

  private final ExecutorService threads;
  private final JsonLog log;
  private final long deadline;

  /**
   * @param threads with one free for every look: a name's resolution may hang and hold its thread
   */
  Looks(ExecutorService threads, Duration limit, JsonLog log) {
    this.threads = threads;
    this.log = log;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /** A look under way. */
  final class Look<T> {

    private final String what;
    private final T unseen;
    private final Future<T> future;

    private Look(String what, T unseen, Future<T> future) {
      this.what = what;
      this.unseen = unseen;
      this.future = future;
    }

    /** What was seen; what stands for not seen, if the look failed or the time is over. */
    T result() {
      try {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        log.unseen(what, e.getCause().toString());
      } catch (TimeoutException e) {
        future.cancel(true);
        log.unseen(what, "no answer in time");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        future.cancel(true);
      }
      return unseen;
    }
  }

  /**
   * @param what is looked at, for the log
   * @param unseen stands for a look that failed
   */
  <T> Look<T> at(String what, T unseen, Callable<T> look) {
    return new Look<>(what, unseen, threads.submit(look));
  }
}
