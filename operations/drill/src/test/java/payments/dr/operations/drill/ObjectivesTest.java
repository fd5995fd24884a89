package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.operations.drill.DrillScenario.Outcome;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.drill.record.DrillRecord.Expectation;
import payments.dr.operations.drill.record.DrillRecord.Measured;
import payments.dr.operations.drill.record.DrillRecord.Sample;

class ObjectivesTest {

  private static final Objectives OBJECTIVES =
      new Objectives(Duration.ofSeconds(300), Duration.ofSeconds(60));
  private static final Optional<Duration> NONE = Optional.empty();

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void doubled_payment_is_never_as_expected(Outcome outcome) {
    assertEquals(
        List.of("no payment is booked twice"),
        broken(outcome, measured(Optional.of(Duration.ofSeconds(100)), NONE), lost(0, 1)));
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, names = "FAILOVER", mode = EnumSource.Mode.EXCLUDE)
  void nothing_is_lost_without_a_failover(Outcome outcome) {
    assertEquals(
        List.of("no payment is lost"),
        broken(outcome, measured(NONE, Optional.of(Duration.ZERO)), lost(1, 0)));
  }

  @Test
  void failover_may_lose_and_take_what_was_promised() {
    Measured measured =
        measured(Optional.of(Duration.ofSeconds(300)), Optional.of(Duration.ofSeconds(60)));

    assertEquals(List.of(), broken(Outcome.FAILOVER, measured, lost(7, 0)));
  }

  @Test
  void failover_that_takes_or_loses_more_is_not_as_expected() {
    Measured measured =
        measured(Optional.of(Duration.ofMillis(300_001)), Optional.of(Duration.ofMillis(60_001)));

    assertEquals(
        List.of("payments are served again within 300 s", "lost payments span no more than 60 s"),
        broken(Outcome.FAILOVER, measured, lost(7, 0)));
  }

  @Test
  void failover_after_which_nobody_pays_is_not_as_expected() {
    assertEquals(
        List.of("payments are served again within 300 s"),
        broken(Outcome.FAILOVER, measured(NONE, NONE), lost(0, 0)));
  }

  private static List<String> broken(Outcome outcome, Measured measured, Balance balance) {
    DrillLog log = new DrillLog(step -> {});
    log.sample(new Sample(Instant.EPOCH, "STEADY", "", "", Optional.empty()));
    OBJECTIVES.judge(outcome, measured, balance, log);
    return log.expectations().stream()
        .filter(expectation -> !expectation.met())
        .map(Expectation::what)
        .toList();
  }

  private static Measured measured(Optional<Duration> recovery, Optional<Duration> loss) {
    return new Measured(Optional.empty(), recovery, loss, Map.of());
  }

  private static Balance lost(long lost, long doubled) {
    return new Balance(1000, lost, lost, doubled);
  }
}
