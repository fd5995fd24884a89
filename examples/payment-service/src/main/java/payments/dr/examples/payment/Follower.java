package payments.dr.examples.payment;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Keeps up with what the Region says, every {@value #PERIOD_SECONDS} s, in threads of its own.
 *
 * <p>When there is no answer of where to write and whether, the last one holds: one payment must
 * not depend on more than the database. Without any yet, nothing is written.
 */
final class Follower implements AutoCloseable {

  private static final int PERIOD_SECONDS = 5;

  /** Looks in a row, so that one call that fails takes nobody out of service. */
  private static final int PATIENCE = 2;

  /** Two: sessions that do not answer must not keep a fence from being read. */
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, task -> new Thread(task, "follower"));

  private final Guide guide;
  private final Function<DatabaseLocation, DatabasePool> opener;
  private final JsonLog log;

  private volatile DatabasePool database;
  private volatile boolean writesAreOff = true;
  private final AtomicInteger looksWithoutSessions = new AtomicInteger(PATIENCE);
  private volatile DatabaseLocation pointer;

  Follower(Guide guide, Function<DatabaseLocation, DatabasePool> opener, JsonLog log) {
    this.guide = guide;
    this.opener = opener;
    this.log = log;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both log what fails
  void start() {
    threads.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    threads.scheduleWithFixedDelay(this::lookForSessions, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Where payments are now; null: not known yet. */
  DatabasePool database() {
    return database;
  }

  boolean writesAreOff() {
    return writesAreOff;
  }

  /** Whether the Region's sessions answer, without which customers cannot begin to pay. */
  boolean sessionsAnswer() {
    return looksWithoutSessions.get() < PATIENCE;
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

  /** The same, of the sessions. */
  void lookForSessions() {
    DatabaseLocation where = pointer;
    if (where == null) {
      return;
    }
    try {
      guide.requireSessions(where);
      looksWithoutSessions.set(0);
    } catch (RuntimeException e) {
      looksWithoutSessions.incrementAndGet();
      log.trouble("the Region's sessions do not answer", e);
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
    threads.shutdownNow();
    DatabasePool last = database;
    if (last != null) {
      last.close();
    }
  }
}
