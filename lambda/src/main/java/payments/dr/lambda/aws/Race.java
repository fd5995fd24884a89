package payments.dr.lambda.aws;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Of several that do the same, the first that succeeds. */
final class Race {

  private Race() {}

  /** Fails when all did, not before. */
  @SuppressWarnings("FutureReturnValueIgnored") // the last stage hands its outcome to the result
  static <T> CompletableFuture<T> firstGood(List<CompletableFuture<T>> all) {
    CompletableFuture<T> good = new CompletableFuture<>();
    CompletableFuture.allOf(
            all.stream()
                .map(one -> one.thenAccept(good::complete))
                .toArray(CompletableFuture[]::new))
        .whenComplete((nothing, failure) -> failUnlessDone(good, failure));
    return good;
  }

  /** A future completes once: after a success this does nothing. */
  private static void failUnlessDone(CompletableFuture<?> good, Throwable failure) {
    if (failure != null) {
      good.completeExceptionally(failure);
    }
  }
}
