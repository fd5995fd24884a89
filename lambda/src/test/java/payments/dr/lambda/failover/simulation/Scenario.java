package payments.dr.lambda.failover.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import payments.dr.lambda.failover.Mode;
import payments.dr.lambda.failover.Policy;

/**
 * Everything that is decided before a simulation starts.
 *
 * @param interruptions one call in so many is hit by a crash before it, as many by one after it,
 *     and some by a freeze; 0: none
 * @param meddling whether humans order, pause and promote at random, and cutovers are under way
 * @param fenceWorks whether Aurora's own fence stops the old writer at once, if it reaches it
 * @param end when the simulation ends
 */
record Scenario(
    String kind,
    long seed,
    Grade grade,
    List<Window> faults,
    Policy policy,
    Timing timing,
    Duration pace,
    int interruptions,
    boolean meddling,
    boolean fenceWorks,
    int approvalSeconds,
    int end) {

  /** Longer than any promotion with the way to customers and back. */
  static final int SETTLING = 1200;

  private static final Fault[] HARD = {Fault.REGION, Fault.DATABASE, Fault.FRONT_DOOR};

  /** One hard fault that stays, and nothing else: the recovery time is promised. */
  static Scenario hard(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    Fault fault = HARD[random.nextInt(HARD.length)];
    int from = 150 + random.nextInt(120);
    return calm("hard", seed, grade, random, new Window(fault, from, from + 1500), from + 500);
  }

  /** One fault that is no reason to move. */
  static Scenario harmless(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    Fault[] harmless = {
      Fault.CONTROL_PLANE,
      Fault.AZ,
      Fault.PARTITION,
      Fault.GRAY,
      Fault.LAG,
      Fault.CHECKERS,
      Fault.BLIND,
      Fault.DR_UNREADY,
      Fault.DR_REGION
    };
    Fault fault = harmless[random.nextInt(harmless.length)];
    int from = 150 + random.nextInt(120);
    int to = from + length(fault, random, 400);
    return calm("harmless", seed, grade, random, new Window(fault, from, to), to + 200);
  }

  private static Scenario calm(
      String kind, long seed, Grade grade, SplittableRandom random, Window fault, int end) {
    return new Scenario(
        kind,
        seed,
        grade,
        List.of(fault),
        Policy.recommended("simulated", Mode.AUTO),
        Timing.recommended(random),
        Duration.ofSeconds(5),
        0,
        false,
        random.nextInt(10) < 8,
        0,
        end);
  }

  /** One to four faults of any kind, crashes, freezes, humans and cutovers. */
  static Scenario chaos(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Window> faults = new ArrayList<>();
    int last = 0;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      int from = 150 + random.nextInt(1200);
      int to = from + length(fault, random, 1000);
      faults.add(new Window(fault, from, to));
      last = Math.max(last, to);
    }
    return new Scenario(
        "chaos",
        seed,
        grade,
        List.copyOf(faults),
        Policy.recommended("simulated", mode(random)),
        Timing.recommended(random),
        Duration.ofSeconds(5),
        1000,
        true,
        random.nextInt(10) < 8,
        0,
        last + SETTLING);
  }

  /** The same with faults that were thought of, and the figures of {@code seed} for the rest. */
  Scenario with(Window... chosen) {
    int last = List.of(chosen).stream().mapToInt(Window::to).max().orElse(0);
    return new Scenario(
        "directed",
        seed,
        grade,
        List.of(chosen),
        policy,
        timing,
        pace,
        interruptions,
        meddling,
        fenceWorks,
        approvalSeconds,
        last + SETTLING);
  }

  Scenario with(Policy other) {
    return new Scenario(
        kind,
        seed,
        grade,
        faults,
        other,
        timing,
        pace,
        interruptions,
        meddling,
        fenceWorks,
        approvalSeconds,
        end);
  }

  int lastFaultEnd() {
    return faults.stream().mapToInt(Window::to).max().orElse(0);
  }

  private static Mode mode(SplittableRandom random) {
    int draw = random.nextInt(10);
    return draw < 8 ? Mode.AUTO : draw < 9 ? Mode.APPROVAL : Mode.OBSERVE;
  }

  private static int length(Fault fault, SplittableRandom random, int most) {
    return fault == Fault.AZ ? 10 + random.nextInt(36) : 20 + random.nextInt(most);
  }
}
