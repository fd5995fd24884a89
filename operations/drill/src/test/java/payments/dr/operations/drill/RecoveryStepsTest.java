package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.operations.drill.record.DrillRecord.Sample;

class RecoveryStepsTest {

  private static final Instant FAULT = Instant.parse("2026-11-30T00:00:00Z");

  @Test
  void in_a_failover_dns_turns_while_the_database_is_promoted() {
    List<Sample> samples =
        List.of(
            sample(0, "STEADY", "us-east-1"),
            sample(40, "SUSPECT", "us-east-1"),
            sample(65, "PREPARING", "us-east-1"),
            sample(75, "PROMOTING", "us-east-1"),
            sample(100, "PROMOTING", "us-east-2"),
            sample(195, "ROUTING", "us-east-2"));

    assertEquals(
        Map.of(
            "detect", seconds(40),
            "confirm", seconds(25),
            "stop old writes", seconds(10),
            "promote", seconds(120),
            "turn DNS", seconds(25),
            "reconnect", seconds(5)),
        steps(samples, 200));
  }

  @Test
  void in_a_planned_move_dns_turns_meanwhile_or_after_it() {
    List<Sample> samples =
        List.of(
            sample(0, "PREPARING", "us-east-1"),
            sample(10, "PROMOTING", "us-east-1"),
            sample(130, "ROUTING", "us-east-1"),
            sample(150, "VERIFYING", "us-east-2"));

    assertEquals(
        Map.of(
            "stop old writes", seconds(10),
            "promote", seconds(120),
            "turn DNS", seconds(140),
            "reconnect", seconds(30)),
        steps(samples, 180));
  }

  private static Map<String, Duration> steps(List<Sample> samples, int served) {
    return new RecoverySteps(FAULT, samples)
        .of("us-east-2", Optional.of(FAULT.plusSeconds(served)));
  }

  private static Sample sample(int second, String phase, String answers) {
    return new Sample(FAULT.plusSeconds(second), phase, "us-east-1", answers, Optional.empty());
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
