package payments.dr.operations.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.console.CommandFailedException;

/**
 * Waits for what AWS makes, however long that takes: a restore takes as long as there is data.
 *
 * @param told what goes on, a line each
 */
record Waiting(Clock clock, Consumer<String> told) {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** A person must see that this is alive. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /**
   * Returns once it is in one of the states that are wanted.
   *
   * @param failed states that it does not leave by itself
   * @throws CommandFailedException when it is in such a state
   */
  void until(Set<String> wanted, Set<String> failed, String what, Supplier<String> state) {
    Instant said = Instant.MIN;
    String before = "";
    while (true) {
      String now = state.get();
      if (wanted.contains(now)) {
        told.accept("%-11s %s".formatted(now, what));
        return;
      }
      if (failed.contains(now)) {
        throw new CommandFailedException(
            "%s must become %s, got \"%s\"; see its events in AWS, then remove it with --clean"
                .formatted(what, String.join(" or ", wanted), now));
      }
      if (!now.equals(before) || clock.instant().isAfter(said.plus(SILENCE))) {
        told.accept("%-11s %s".formatted(now, what));
        said = clock.instant();
        before = now;
      }
      clock.sleepUntil(clock.instant().plus(PAUSE));
    }
  }
}
