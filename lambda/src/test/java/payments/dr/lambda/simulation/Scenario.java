package payments.dr.lambda.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;

/**
 * Everything that is decided before a simulation starts.
 *
 * @param interruptions one call in so many is hit by a crash before it, as many by one after it,
 *     and some by a freeze; 0: none
 * @param meddling whether humans order, pause and promote at random, and cutovers are under way
 * @param fenceWorks whether Aurora's own fence stops the former primary at once, if it reaches it
 * @param approvalSeconds after which a human who is asked approves; 0: never
 * @param promisedSeconds worst-case recovery time for one hard fault, by the budget's formula
 * @param end when the simulation ends
 */
record Scenario(
    Kind kind,
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
    int promisedSeconds,
    int end) {

  /** What is promised depends on it. */
  enum Kind {
    /** One hard fault that stays, and nothing else: the recovery time is promised. */
    HARD,
    /** One fault that is no reason to move: nothing may move. */
    HARMLESS,
    /** One to four faults of any kind, crashes, freezes, humans and cutovers: rest is promised. */
    CHAOS,
    /** The same once the DR Region serves, which is then lost: rest is promised. */
    DR_LOST,
    /** What somebody thought of. */
    DIRECTED;

    Scenario of(long seed, Grade grade) {
      return switch (this) {
        case HARD -> hard(seed, grade);
        case HARMLESS -> harmless(seed, grade);
        case CHAOS -> chaos(seed, grade);
        case DR_LOST -> drLost(seed, grade);
        case DIRECTED -> throw new IllegalArgumentException("DIRECTED has no seeds");
      };
    }
  }

  /** What the recovery budget of the recommended settings adds up to, when nothing answers. */
  static final int DARK_SECONDS = 210;

  /** The same while the primary Region's load balancer answers. */
  static final int ANSWERING_SECONDS = 210;

  /** The same, where two of three registers decide and the writer may live. */
  static final int MAJORITY_SECONDS = 251;

  /** Longer than any promotion with the way to customers and back. */
  static final int SETTLING = 800;

  private static final SimulatedFault[] HARD = {
    SimulatedFault.REGION, SimulatedFault.DATABASE, SimulatedFault.FRONT_DOOR
  };

  private static Scenario hard(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedFault fault = HARD[random.nextInt(HARD.length)];
    int from = 150 + random.nextInt(120);
    return calm(Kind.HARD, seed, grade, random, new Window(fault, from, from + 1500), from + 500);
  }

  private static Scenario harmless(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedFault[] harmless = {
      SimulatedFault.CONTROL_PLANE,
      SimulatedFault.AZ,
      SimulatedFault.PARTITION,
      SimulatedFault.GRAY,
      SimulatedFault.LAG,
      SimulatedFault.CHECKERS,
      SimulatedFault.BLIND,
      SimulatedFault.DR_UNREADY,
      SimulatedFault.DR_REGION
    };
    SimulatedFault fault = harmless[random.nextInt(harmless.length)];
    int from = 150 + random.nextInt(120);
    int to = from + length(fault, random, 400);
    return calm(Kind.HARMLESS, seed, grade, random, new Window(fault, from, to), to + 200);
  }

  private static Scenario calm(
      Kind kind, long seed, Grade grade, SplittableRandom random, Window fault, int end) {
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
        promised(List.of(fault), grade),
        end);
  }

  private static Scenario chaos(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Window> faults = new ArrayList<>();
    int last = 0;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      SimulatedFault fault =
          SimulatedFault.values()[random.nextInt(SimulatedFault.values().length)];
      int from = 150 + random.nextInt(900);
      int to = from + length(fault, random, 800);
      faults.add(new Window(fault, from, to));
      last = Math.max(last, to);
    }
    return piledUp(Kind.CHAOS, seed, grade, random, faults, last);
  }

  /** The primary Region is away for long enough to be left, and has time to come back. */
  private static Scenario drLost(long seed, Grade grade) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Window> faults = new ArrayList<>();
    faults.add(new Window(SimulatedFault.REGION, 150, 350 + random.nextInt(300)));
    int lost = 600 + random.nextInt(1200);
    int last = lost + 200 + random.nextInt(1000);
    faults.add(new Window(SimulatedFault.DR_REGION, lost, last));
    for (int i = random.nextInt(3); i > 0; i--) {
      SimulatedFault fault =
          SimulatedFault.values()[random.nextInt(SimulatedFault.values().length)];
      int from = 150 + random.nextInt(last);
      int to = from + length(fault, random, 800);
      faults.add(new Window(fault, from, to));
      last = Math.max(last, to);
    }
    return piledUp(Kind.DR_LOST, seed, grade, random, faults, last);
  }

  private static Scenario piledUp(
      Kind kind, long seed, Grade grade, SplittableRandom random, List<Window> faults, int last) {
    return new Scenario(
        kind,
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
        ANSWERING_SECONDS,
        last + SETTLING);
  }

  /** Faults that somebody thought of, and nothing left to chance but small delays. */
  static Scenario directed(Grade grade, int promotion, boolean fenceWorks, Window... faults) {
    int last = List.of(faults).stream().mapToInt(Window::to).max().orElse(0);
    return new Scenario(
        Kind.DIRECTED,
        1,
        grade,
        List.of(faults),
        Policy.recommended("simulated", Mode.AUTO),
        Timing.recommended(promotion),
        Duration.ofSeconds(5),
        0,
        false,
        fenceWorks,
        0,
        promised(List.of(faults), grade),
        last + SETTLING);
  }

  private static int promised(List<Window> faults, Grade grade) {
    if (grade == Grade.MAJORITY) {
      return MAJORITY_SECONDS;
    }
    boolean dark =
        faults.stream()
            .anyMatch(
                window ->
                    window.fault() == SimulatedFault.REGION
                        || window.fault() == SimulatedFault.FRONT_DOOR);
    return dark ? DARK_SECONDS : ANSWERING_SECONDS;
  }

  Scenario until(int other) {
    return changed(seed, other);
  }

  Scenario seeded(long other) {
    return changed(other, end);
  }

  private Scenario changed(long otherSeed, int otherEnd) {
    return new Scenario(
        kind,
        otherSeed,
        grade,
        faults,
        policy,
        timing,
        pace,
        interruptions,
        meddling,
        fenceWorks,
        approvalSeconds,
        promisedSeconds,
        otherEnd);
  }

  int lastFaultEnd() {
    return faults.stream().mapToInt(Window::to).max().orElse(0);
  }

  private static Mode mode(SplittableRandom random) {
    int draw = random.nextInt(10);
    return draw < 8 ? Mode.AUTO : draw < 9 ? Mode.APPROVAL : Mode.OBSERVE;
  }

  private static int length(SimulatedFault fault, SplittableRandom random, int most) {
    return fault == SimulatedFault.AZ ? 10 + random.nextInt(36) : 20 + random.nextInt(most);
  }
}
