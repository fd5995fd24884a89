package payments.dr.operations.drill;

import java.time.Duration;
import payments.dr.configuration.environment.Environment;

/**
 * How long a drill waits.
 *
 * @param begin for everything to be well before it begins
 * @param before payments flow undisturbed
 * @param recovery from the fault until the DR Region serves
 * @param quiet how long nothing may happen where nothing should
 * @param back from the repair until the primary Region serves again by order
 */
record DrillLimits(
    Duration begin, Duration before, Duration recovery, Duration quiet, Duration back) {

  /** A new deployment's functions start, and its health checks find their state. */
  private static final Duration BEGIN = Duration.ofMinutes(6);

  private static final Duration BEFORE = Duration.ofSeconds(20);

  /** Beyond what the budget allows: a drill that misses its target still tells by how much. */
  private static final Duration OVERTIME = Duration.ofMinutes(5);

  /** For whatever fires a little later than it should. */
  private static final Duration LATE = Duration.ofSeconds(60);

  static DrillLimits of(Environment environment) {
    var failover = environment.config().failover();
    return new DrillLimits(
        BEGIN.plusSeconds(failover.coolDownSeconds()),
        BEFORE,
        Duration.ofSeconds(failover.rtoTargetSeconds()).plus(OVERTIME),
        Duration.ofSeconds(failover.confirmSeconds()).plus(LATE),
        Duration.ofSeconds(failover.failbackAfterSeconds()).plus(OVERTIME.multipliedBy(2)));
  }
}
