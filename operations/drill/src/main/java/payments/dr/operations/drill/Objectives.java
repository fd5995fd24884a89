package payments.dr.operations.drill;

import java.time.Duration;
import java.util.Optional;
import payments.dr.operations.drill.DrillScenario.Outcome;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.drill.record.DrillRecord.Measured;

/**
 * The recovery objectives of an environment, which the outcome of a drill is held against.
 *
 * @param recovery from a fault until payments are served again
 * @param loss of acknowledged payments, as a span of time; planned moves lose none
 */
record Objectives(Duration recovery, Duration loss) {

  /** Adds to the log which objectives were met. */
  void judge(Outcome outcome, Measured measured, Balance balance, DrillLog log) {
    log.expect(
        "no payment is booked twice", balance.doubled() == 0, balance.doubled() + " doubled");
    if (outcome != Outcome.FAILOVER) {
      log.expect("no payment is lost", balance.lost() == 0, balance.lost() + " lost");
      return;
    }
    log.expect(
        "payments are served again within %d s".formatted(recovery.toSeconds()),
        measured.recovery().filter(took -> took.compareTo(recovery) <= 0).isPresent(),
        text(measured.recovery(), "never"));
    log.expect(
        "lost payments span no more than %d s".formatted(loss.toSeconds()),
        measured.loss().filter(span -> span.compareTo(loss) > 0).isEmpty(),
        text(measured.loss(), "none lost"));
  }

  private static String text(Optional<Duration> measured, String none) {
    return measured.map(value -> value.toMillis() / 1000.0 + " s").orElse(none);
  }
}
