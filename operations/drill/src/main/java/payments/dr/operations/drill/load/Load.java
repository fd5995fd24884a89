package payments.dr.operations.drill.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Customers who pay at a steady rate, whatever happens: each tries again with the same key until
 * the payment is acknowledged.
 */
public final class Load implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Customers of a long outage must not come back all at once, every second. */
  private static final int PAUSES = 5;

  /** For those who are still trying at the end. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final PaymentClient client;
  private final PaymentJournal journal;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private final ScheduledExecutorService pace = Executors.newScheduledThreadPool(1, daemons());
  private final ExecutorService customers = Executors.newCachedThreadPool(daemons());

  public Load(PaymentClient client, PaymentJournal journal, InstantSource clock) {
    this.client = client;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * @param perSecond new payments
   */
  public void start(int perSecond) {
    start(perSecond, Integer.MAX_VALUE);
  }

  /**
   * @param perSecond new payments
   * @param most customers at once: who comes while so many wait, does not pay at all
   */
  @SuppressWarnings("FutureReturnValueIgnored") // pay() counts what fails
  public void start(int perSecond, int most) {
    Semaphore room = new Semaphore(most);
    pace.scheduleAtFixedRate(() -> come(room), 0, 1_000_000L / perSecond, TimeUnit.MICROSECONDS);
  }

  private void come(Semaphore room) {
    if (room.tryAcquire()) {
      customers.execute(
          () -> {
            try {
              pay();
            } finally {
              room.release();
            }
          });
    }
  }

  public Tally tally() {
    return tally;
  }

  /** Makes no new payments, and waits for those that are under way. */
  @Override
  public void close() {
    pace.shutdownNow();
    customers.shutdown();
    try {
      if (!customers.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        customers.shutdownNow();
        customers.awaitTermination(PAUSE.toSeconds() * PAUSES, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pay() {
    String key = UUID.randomUUID().toString();
    Instant sent = clock.instant();
    for (int tries = 1; !Thread.currentThread().isInterrupted(); tries++) {
      PaymentClient.Answer answer = client.pay(key);
      Instant now = clock.instant();
      journal.write(key, sent, now, tries, answer);
      if (answer.acknowledged()) {
        tally.acknowledge(
            new AcknowledgedPayment(key, answer.id(), sent, now, answer.region(), tries));
        return;
      }
      tally.fail(now);
      try {
        Thread.sleep(PAUSE.toMillis() * Math.min(tries, PAUSES));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "customer");
      thread.setDaemon(true);
      return thread;
    };
  }
}
