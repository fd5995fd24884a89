package payments.dr.lambda.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import payments.dr.lambda.port.Clock;
import payments.dr.lambda.port.Notifier;

/**
 * The ticks of one invocation, at a steady pace from its start on. It outlasts the two minutes that
 * may lie between two starts, so that there is always one that ticks.
 */
public final class Invocation {

  public static final Duration PACE = Duration.ofSeconds(5);
  public static final Duration SPAN = Duration.ofSeconds(125);

  private final Runnable tick;
  private final InstantSource clock;
  private final Notifier notifier;
  private final Duration pace;
  private final Instant start;

  public Invocation(Runnable tick, InstantSource clock, Notifier notifier, Duration pace) {
    this.tick = tick;
    this.clock = clock;
    this.notifier = notifier;
    this.pace = pace;
    this.start = clock.instant();
  }

  /** Ticks until its time is over. */
  public void run(Clock sleeper) {
    Optional<Instant> next = step();
    while (next.isPresent()) {
      sleeper.sleepUntil(next.get());
      next = step();
    }
  }

  /**
   * Ticks once; a tick that fails is reported, and does not keep the next from trying.
   *
   * @return when to tick next; empty: its time is over
   */
  public Optional<Instant> step() {
    try {
      tick.run();
    } catch (RuntimeException e) {
      notifier.trouble(e);
    }
    long ticks = Duration.between(start, clock.instant()).toMillis() / pace.toMillis();
    Instant next = start.plusMillis((ticks + 1) * pace.toMillis());
    return next.isAfter(start.plus(SPAN)) ? Optional.empty() : Optional.of(next);
  }
}
