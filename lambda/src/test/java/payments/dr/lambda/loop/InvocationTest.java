package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Clock;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.Notifier;

class InvocationTest {

  private final List<Integer> ticks = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final FakeClock clock = new FakeClock();

  @Test
  void ticks_every_five_seconds_for_longer_than_two_minutes() {
    run(() -> {});

    assertEquals(IntStream.rangeClosed(0, 25).mapToObj(i -> 5 * i).toList(), ticks);
  }

  @Test
  void slow_tick_skips_those_that_it_missed() {
    run(() -> clock.now = clock.now.plusSeconds(ticks.size() == 2 ? 12 : 0));

    assertEquals(List.of(0, 5, 20, 25), ticks.subList(0, 4));
    assertEquals(125, ticks.get(ticks.size() - 1));
  }

  @Test
  void failed_tick_is_reported_and_does_not_end_the_others() {
    run(
        () -> {
          if (ticks.size() == 3) {
            throw new IllegalStateException("third");
          }
        });

    assertEquals(26, ticks.size());
    assertEquals(List.of("third"), troubles);
  }

  /**
   * EventBridge Scheduler starts the function at some moment of each minute, so up to 119 s after
   * the one before. A JVM that is started anew may take until the next tick is due.
   */
  @Test
  void next_execution_may_start_late_and_slowly_without_a_missed_tick() {
    run(() -> {});
    int latest = 119;
    int slowest = 11;

    int gap = latest + slowest - ticks.get(ticks.size() - 1);

    assertEquals(Invocation.PACE.toSeconds(), gap);
  }

  private void run(Runnable tick) {
    Runnable counted =
        () -> {
          ticks.add((int) Duration.between(FakeClock.START, clock.now).toSeconds());
          tick.run();
        };
    new Invocation(counted, clock, new Troubles(), Invocation.PACE).run(clock);
  }

  private static final class FakeClock implements Clock {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake;
    }
  }

  private final class Troubles implements Notifier {

    @Override
    public void tell(State from, Decision decision, Observation seen) {}

    @Override
    public void trouble(RuntimeException failure) {
      troubles.add(failure.getMessage());
    }
  }
}
