package payments.dr.operations.drill.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.drill.record.DrillRecord.Expectation;
import payments.dr.operations.drill.record.DrillRecord.Measured;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Second;
import payments.dr.operations.drill.record.DrillRecord.Step;
import payments.dr.operations.drill.record.DrillRecord.Versions;

/** A loss of the primary Region as a drill would have recorded it. */
final class Drills {

  static final Instant BEGAN = Instant.parse("2026-12-31T12:00:00Z");

  static final DrillBudget BUDGET = new DrillBudget(terms(40, 25, 10, 125, 40, 35), 275, 300, 60);

  private static final String EAST = "us-east-1";
  private static final String WEST = "us-east-2";
  private static final int LENGTH = 420;

  private Drills() {}

  static DrillRecord regionLost() {
    return regionLost(0);
  }

  /**
   * @param doubled payments
   */
  static DrillRecord regionLost(long doubled) {
    return new DrillRecord(
        "local",
        "region-lost",
        "emulated",
        BEGAN,
        at(LENGTH),
        List.of(
            step(0, "phase STEADY"),
            step(30, "fault: the whole primary Region is lost"),
            step(65, "phase SUSPECT"),
            step(125, "phase FAILED_OVER"),
            step(170, "repaired"),
            step(260, "ordered FAILBACK"),
            step(400, "phase STEADY")),
        samples(),
        seconds(),
        new Measured(
            Optional.of(Duration.ofMillis(101_040)),
            Optional.of(Duration.ofMillis(102_300)),
            Optional.of(Duration.ofMillis(1_200)),
            measured()),
        new Balance(3180, 12, 12, doubled),
        List.of("2026-12-31T12:01:30Z  acted PromoteDr | loss 1 s"),
        List.of(
            new Expectation(
                "no payment is booked twice", doubled == 0, doubled + " doubled | none <allowed>")),
        Optional.of(true),
        new Versions("payments-dr 2.0.0", "39f3366", Map.of("function", "ab".repeat(32))));
  }

  static DrillRecord nothingSeen() {
    DrillRecord whole = regionLost();
    return new DrillRecord(
        whole.environment(),
        whole.scenario(),
        "AWS, by arn:aws:iam::123456789012:role/drill",
        whole.began(),
        whole.ended(),
        List.of(),
        List.of(),
        List.of(),
        new Measured(Optional.empty(), Optional.empty(), Optional.empty(), Map.of()),
        new Balance(0, 0, 0, 0),
        List.of(),
        List.of(),
        Optional.empty(),
        whole.versions());
  }

  static Instant at(long second) {
    return BEGAN.plusSeconds(second);
  }

  private static Step step(long second, String what) {
    return new Step(at(second), what);
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < LENGTH; second++) {
      boolean lost = second >= 30 && second < 105;
      boolean away = second >= 105 && second < 340;
      samples.add(
          new Sample(
              at(second),
              phase(second),
              lost ? "" : away ? WEST : EAST,
              second >= 118 && second < 380 ? WEST : EAST,
              lost ? Optional.empty() : Optional.of(Duration.ofMillis(200 + second % 7 * 150L))));
    }
    return samples;
  }

  private static String phase(int second) {
    return second < 65
        ? "STEADY"
        : second < 80
            ? "SUSPECT"
            : second < 90
                ? "PREPARING"
                : second < 106
                    ? "PROMOTING"
                    : second < 125
                        ? "ROUTING"
                        : second < 262
                            ? "FAILED_OVER"
                            : second < 345 ? "FAILING_BACK" : second < 400 ? "UNROUTING" : "STEADY";
  }

  private static List<Second> seconds() {
    List<Second> seconds = new ArrayList<>();
    for (int second = 0; second < LENGTH; second++) {
      boolean out = second >= 31 && second < 132 || second >= 335 && second < 350;
      seconds.add(
          out
              ? new Second(at(second), Map.of(), 10)
              : new Second(at(second), Map.of(second >= 132 && second < 385 ? WEST : EAST, 10), 0));
    }
    return seconds;
  }

  private static Map<String, Integer> terms(
      int detect, int confirm, int stop, int promote, int turn, int reconnect) {
    Map<String, Integer> terms = new LinkedHashMap<>();
    terms.put("detect", detect);
    terms.put("confirm", confirm);
    terms.put("stop old writes", stop);
    terms.put("promote", promote);
    terms.put("turn DNS", turn);
    terms.put("reconnect", reconnect);
    return terms;
  }

  private static Map<String, Duration> measured() {
    return Map.of(
        "detect", Duration.ofMillis(35_000),
        "confirm", Duration.ofMillis(15_040),
        "stop old writes", Duration.ofMillis(12_960),
        "promote", Duration.ofMillis(16_000),
        "turn DNS", Duration.ofMillis(12_000),
        "reconnect", Duration.ofMillis(14_000));
  }
}
