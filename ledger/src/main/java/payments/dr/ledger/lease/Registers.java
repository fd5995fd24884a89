package payments.dr.ledger.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerException;

/** Asks several registers at once. Who does not answer in time is left out. */
record Registers(List<Ledger> ledgers, Executor threads, Duration limit) {

  /** The answers in the registers' order; empty: none, or none in time. */
  <T> List<Optional<T>> each(Function<Integer, Optional<T>> call) {
    List<CompletableFuture<Optional<T>>> calls = new ArrayList<>();
    for (int i = 0; i < ledgers.size(); i++) {
      int register = i;
      calls.add(CompletableFuture.supplyAsync(() -> call.apply(register), threads));
    }
    long end = System.nanoTime() + limit.toNanos();
    return calls.stream().map(answer -> await(answer, end)).toList();
  }

  private static <T> Optional<T> await(CompletableFuture<Optional<T>> answer, long end) {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return unanswered(e.getCause());
    }
  }

  private static <T> Optional<T> unanswered(Throwable cause) {
    if (cause instanceof LedgerException) {
      return Optional.empty();
    }
    if (cause instanceof RuntimeException fault) {
      throw fault;
    }
    if (cause instanceof Error fault) {
      throw fault;
    }
    throw new CompletionException(cause);
  }
}
