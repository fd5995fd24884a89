package payments.dr.lambda.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import payments.dr.lambda.loop.Invocation;

/** The function of one Region: what starts it, and the invocations that are under way. */
final class SimulatedFunction {

  private static final int LAMBDA_TIMEOUT = 140;
  private static final int CONCURRENCY = 4;
  private static final int MINUTE = 60;
  private static final int LAMBDA_START = 3;

  /** An invocation under way. While it is in a tick, it does not begin another one. */
  static final class Running {
    private final Invocation invocation;
    private final int start;
    private int next;
    private boolean ticking;
    private boolean over;

    private Running(Invocation invocation, int start) {
      this.invocation = invocation;
      this.start = start;
      this.next = start;
    }
  }

  private final World world;
  private final SplittableRandom random;
  private final BooleanSupplier alive;
  private final Runnable tick;
  private final SimulatedPorts ports;
  private final List<Running> running = new ArrayList<>();
  private Running current;
  private int nextStart;
  private long ticks;

  /**
   * @param random whose chance starts it
   * @param alive whether its Region is
   */
  SimulatedFunction(
      World world,
      SplittableRandom random,
      BooleanSupplier alive,
      Runnable tick,
      SimulatedPorts ports) {
    this.world = world;
    this.random = random;
    this.alive = alive;
    this.tick = tick;
    this.ports = ports;
    nextStart = random.nextInt(MINUTE);
  }

  long ticks() {
    return ticks;
  }

  /** The invocation that is in the middle of a call; null: none is. */
  Running current() {
    return current;
  }

  /** Goes on with an invocation that was frozen, unless its time is over. */
  void thaw(Running frozen) {
    current = frozen;
    if (frozen != null && world.now() - frozen.start > LAMBDA_TIMEOUT) {
      throw new Crash();
    }
  }

  /** A second passes. */
  void step() {
    wake();
    for (int i = 0; i < running.size(); i++) {
      Running one = running.get(i);
      if (!one.ticking && !one.over && world.now() >= one.next) {
        tick(one);
      }
    }
  }

  void forgetEnded() {
    running.removeIf(one -> one.over);
  }

  /** The scheduler fires anywhere inside its minute; alarms and retries at any time. */
  private void wake() {
    if (world.now() >= nextStart) {
      int minute = nextStart / MINUTE + 1;
      nextStart = minute * MINUTE + random.nextInt(MINUTE);
      start();
    }
    if (world.scenario.interruptions() > 0 && random.nextInt(120) == 0) {
      start();
    }
  }

  private void start() {
    long ongoing = running.stream().filter(one -> !one.over).count();
    if (alive.getAsBoolean() && ongoing < CONCURRENCY) {
      Invocation invocation = new Invocation(tick, ports, ports, world.scenario.pace());
      running.add(new Running(invocation, world.now() + LAMBDA_START));
    }
  }

  private void tick(Running one) {
    Running before = current;
    current = one;
    one.ticking = true;
    ticks++;
    try {
      Optional<Instant> next = one.invocation.step();
      one.over = next.isEmpty();
      next.ifPresent(at -> one.next = (int) Duration.between(SimulatedPorts.START, at).toSeconds());
    } catch (Crash e) {
      one.over = true;
    } finally {
      one.ticking = false;
      current = before;
    }
  }
}
