package payments.dr.lambda.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The longest of the lags that were seen since somebody last asked. */
final class LongestLag {

  private final AtomicReference<Duration> longest = new AtomicReference<>();

  /**
   * @param lag null: the database did not tell
   */
  void add(Duration lag) {
    if (lag != null) {
      longest.accumulateAndGet(
          lag, (before, seen) -> before == null || seen.compareTo(before) > 0 ? seen : before);
    }
  }

  /** Empty when none was seen. */
  Optional<Duration> take() {
    return Optional.ofNullable(longest.getAndSet(null));
  }
}
