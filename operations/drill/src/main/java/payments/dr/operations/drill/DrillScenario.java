package payments.dr.operations.drill;

import static payments.dr.configuration.region.RegionRole.PRIMARY;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;

/** A fault or an order that a drill rehearses, and the outcome that it expects. */
enum DrillScenario {
  REGION_LOST("the whole primary Region is lost", Outcome.FAILOVER, "region-lost"),
  LAGGING(
      "the whole primary Region is lost while the other one follows seconds behind",
      Outcome.FAILOVER,
      List.of("lag"),
      "region-lost"),
  DATABASE_LOST("the primary Region's databases are lost", Outcome.FAILOVER, "database"),
  FRONT_DOOR("the primary Region's fleet is lost", Outcome.FAILOVER, "fleet"),
  KILLED_MID_PROMOTION(
      "the primary Region is lost, and the controller dies while the writer moves",
      Outcome.FAILOVER,
      "region-lost"),
  SWITCHOVER("a planned move, there and back", Outcome.SWITCHOVER),
  CONTROL_PLANE(
      "the primary Region's APIs are lost; payments go on", Outcome.NOTHING, "control-plane"),
  GRAY("a third of the answers are errors", Outcome.NOTHING, "gray"),
  PARTITION("the Regions do not reach each other", Outcome.NOTHING, "partition"),
  CHECKERS_WRONG("Route 53's checkers err", Outcome.NOTHING, "checkers");

  /** What the controller must do. */
  enum Outcome {
    /** By itself. */
    FAILOVER,
    /** By order, without loss. */
    SWITCHOVER,
    /** And must keep from doing. */
    NOTHING
  }

  private final String what;
  private final Outcome outcome;
  private final List<InjectedFault> before;
  private final List<InjectedFault> faults;

  DrillScenario(String what, Outcome outcome, String... kinds) {
    this(what, outcome, List.of(), kinds);
  }

  DrillScenario(String what, Outcome outcome, List<String> before, String... kinds) {
    this.what = what;
    this.outcome = outcome;
    this.before = inPrimary(before);
    this.faults = inPrimary(List.of(kinds));
  }

  private static List<InjectedFault> inPrimary(List<String> kinds) {
    return kinds.stream().map(kind -> new InjectedFault(PRIMARY, kind)).toList();
  }

  /**
   * @throws BadInputException for a name that none has
   */
  static DrillScenario of(String word) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--scenario must be one of %s, got \"%s\"".formatted(words(), word)));
  }

  static String words() {
    return Arrays.stream(values()).map(DrillScenario::word).collect(Collectors.joining(", "));
  }

  /** Such as {@code region-lost}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String what() {
    return what;
  }

  Outcome outcome() {
    return outcome;
  }

  /** What is not as it should be before anything happens; the controller bears it. */
  List<InjectedFault> before() {
    return before;
  }

  List<InjectedFault> faults() {
    return faults;
  }

  boolean movesWriter() {
    return outcome != Outcome.NOTHING;
  }
}
