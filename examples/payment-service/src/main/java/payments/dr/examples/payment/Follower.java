package payments.dr.examples.payment;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keeps up with what the Region says, every {@value #PERIOD_SECONDS} s, in a thread of its own.
 *
 * <p>When there is no answer, the last one holds: payments must not depend on more than the
 * database. Without any yet, nothing is written.
 */
final class Follower implements AutoCloseable {

  private static final int PERIOD_SECONDS = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "follower"));

  private final Guide guide;
  private final Function<DatabaseLocation, DatabasePool> opener;
  private final JsonLog log;

  private volatile DatabasePool database;
  private volatile boolean writesAreOff = true;
  private DatabaseLocation pointer;

  Follower(Guide guide, Function<DatabaseLocation, DatabasePool> opener, JsonLog log) {
    this.guide = guide;
    this.opener = opener;
    this.log = log;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // look() logs what fails
  void start() {
    thread.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Where payments are now; null: not known yet. */
  DatabasePool database() {
    return database;
  }

  boolean writesAreOff() {
    return writesAreOff;
  }

  /** One turn; what fails is tried again at the next. */
  void look() {
    try {
      follow(guide.pointer());
      obey(guide.writesAreOff(pointer));
    } catch (RuntimeException e) {
      log.trouble("the Region does not say where the database is and whether to write", e);
    }
  }

  private void follow(DatabaseLocation now) {
    if (now.equals(pointer)) {
      return;
    }
    DatabasePool before = database;
    database = opener.apply(now);
    pointer = now;
    log.line("pointer", Map.of("generation", now.generation(), "writer", now.writer()));
    if (before != null) {
      before.close();
    }
  }

  private void obey(boolean off) {
    if (off != writesAreOff) {
      writesAreOff = off;
      log.line("writes", Map.of("writes", off ? "off" : "on"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    DatabasePool last = database;
    if (last != null) {
      last.close();
    }
  }
}
