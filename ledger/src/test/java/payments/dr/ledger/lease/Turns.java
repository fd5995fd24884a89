package payments.dr.ledger.lease;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * Lets two callers of registers take turns, one step at a time, as a schedule says: bit {@code i}
 * of it is the caller of step {@code i}. After its end, and where the other is done, all go on.
 */
final class Turns {

  private final int schedule;
  private final int length;
  private final boolean[] over = new boolean[2];
  private int step;
  private int decided;

  Turns(int schedule, int length) {
    this.schedule = schedule;
    this.length = length;
  }

  /** Runs both calls to their ends, and returns what came of them. */
  static <A, B> Both<A, B> take(Turns turns, Callable<A> first, Callable<B> second)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<A> a = threads.submit(() -> turns.until(0, first));
      Future<B> b = threads.submit(() -> turns.until(1, second));
      return new Both<>(a.get(10, TimeUnit.SECONDS), b.get(10, TimeUnit.SECONDS));
    } finally {
      threads.shutdownNow();
    }
  }

  /** What came of both calls. */
  record Both<A, B>(A first, B second) {}

  private <T> T until(int caller, Callable<T> call) throws Exception {
    try {
      return call.call();
    } finally {
      end(caller);
    }
  }

  /** A register as one of the callers reaches it. */
  Ledger of(int caller, Ledger register) {
    return new Ledger() {
      @Override
      public Optional<LedgerEntry> read(LedgerKey key) {
        return turn(caller, () -> register.read(key));
      }

      @Override
      public List<LedgerEntry> readAll(String entity) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(List<LedgerChange> changes) {
        turn(
            caller,
            () -> {
              register.write(changes);
              return Optional.empty();
            });
      }
    };
  }

  private synchronized <T> T turn(int caller, Supplier<T> call) {
    while (step < length && !over[1 - caller] && (schedule >> step & 1) != caller) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("a caller must get its turn, got an interrupt", e);
      }
    }
    step++;
    notifyAll();
    return call.get();
  }

  /** Of how many steps the schedule had a say: until the first call was over. */
  synchronized int decided() {
    return decided;
  }

  private synchronized void end(int caller) {
    if (!over[1 - caller]) {
      decided = Math.min(step, length);
    }
    over[caller] = true;
    notifyAll();
  }
}
