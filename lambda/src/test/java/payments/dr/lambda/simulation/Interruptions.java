package payments.dr.lambda.simulation;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import payments.dr.lambda.port.PortException;

/** Crashes, freezes and failures around every call of a port. */
final class Interruptions {

  private static final int LONGEST_FREEZE = 40;

  private final World world;
  private final SplittableRandom random;
  private final BooleanSupplier alive;
  private final IntConsumer freeze;
  private int crashAt = -1;
  private int calls;
  private int crashes;
  private int freezes;
  private BooleanSupplier freezeWhen = () -> false;
  private int plannedFreeze;

  /**
   * @param random whose chance decides
   * @param alive whether the Region is that everything here runs in
   * @param freeze lets so many seconds pass for everybody but the caller
   */
  Interruptions(World world, SplittableRandom random, BooleanSupplier alive, IntConsumer freeze) {
    this.world = world;
    this.random = random;
    this.alive = alive;
    this.freeze = freeze;
  }

  /**
   * Crashes once.
   *
   * @param point twice the number of the call from now on, one more for after it
   */
  void crashAt(int point) {
    crashAt = calls + point;
  }

  /** Freezes once, after the first call that makes {@code when} true. */
  void freezeWhen(BooleanSupplier when, int seconds) {
    freezeWhen = when;
    plannedFreeze = seconds;
  }

  int crashes() {
    return crashes;
  }

  int freezes() {
    return freezes;
  }

  /** Twice the calls so far. */
  int points() {
    return calls;
  }

  <T> T around(Supplier<T> call) {
    return around(call, () -> new PortException("timed out"));
  }

  void around(Runnable call) {
    around(
        () -> {
          call.run();
          return null;
        });
  }

  <T> T around(Supplier<T> call, Supplier<RuntimeException> failure) {
    maybeCrash();
    if (fails()) {
      throw failure.get();
    }
    T result = call.get();
    maybeCrash();
    maybeFreeze();
    return result;
  }

  /** Whether a single look or call fails now. */
  boolean fails() {
    return world.weather.on(SimulatedFault.FLAKY) && random.nextInt(4) == 0;
  }

  private void maybeCrash() {
    boolean planned = calls++ == crashAt;
    boolean drawn = chance(1);
    if (planned || drawn || !alive.getAsBoolean()) {
      crashes += planned || drawn ? 1 : 0;
      throw new Crash();
    }
  }

  private void maybeFreeze() {
    if (freezeWhen.getAsBoolean()) {
      freezeWhen = () -> false;
      freezes++;
      freeze.accept(plannedFreeze);
    }
    if (chance(2)) {
      freezes++;
      freeze.accept(1 + random.nextInt(LONGEST_FREEZE));
    }
  }

  /** What a look takes: not nothing. */
  void takeTime() {
    if (random.nextInt(4) == 0) {
      freeze.accept(1);
    }
  }

  private boolean chance(int times) {
    int rarity = world.scenario.interruptions();
    return rarity > 0 && random.nextInt(rarity) < times;
  }
}
