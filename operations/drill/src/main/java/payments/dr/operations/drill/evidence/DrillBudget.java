package payments.dr.operations.drill.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.measurement.Figure;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.recovery.RecoveryBudget;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.recovery.RecoveryFigures;

/**
 * The durations that the recovery budget allows.
 *
 * @param terms seconds by the names of what a drill can tell apart: the budget's own, those that
 *     only notice something with the one before, and what customers take while the database is
 *     promoted
 * @param recoverySeconds in all
 * @param recoveryTarget promised seconds
 * @param lossTarget promised seconds
 */
public record DrillBudget(
    Map<String, Integer> terms, int recoverySeconds, int recoveryTarget, int lossTarget) {

  /** The budget's terms by the stretch that a drill sees them in. */
  private static final Map<String, String> SEEN_IN =
      Map.of(
          "detect", "detect",
          "notice the fault", "detect",
          "confirm", "confirm",
          "stop old writes", "stop old writes",
          "promote", "promote");

  public static DrillBudget of(Environment environment) {
    Recovery recovery = Recovery.of(environment);
    // Which of the two a drill sees, depends on what it breaks.
    Map<String, Integer> terms = seen(recovery.answering());
    seen(recovery.dark()).forEach((name, seconds) -> terms.merge(name, seconds, Math::max));
    RecoveryFigures figures = recovery.figures();
    terms.merge("promote", figures.tick().value(), Integer::sum);
    terms.put(
        "turn DNS", sum(figures.underWay(), figures.tick(), figures.put(), figures.latchSet()));
    terms.put(
        "reconnect",
        figures.dnsTtl().value()
            + Math.max(figures.reconnect().value(), figures.keepAlive().value()));
    return new DrillBudget(
        terms,
        recovery.time().seconds(),
        environment.config().failover().rtoTargetSeconds(),
        environment.config().failover().rpoTargetSeconds());
  }

  private static int sum(Figure... figures) {
    return Stream.of(figures).mapToInt(Figure::value).sum();
  }

  private static Map<String, Integer> seen(RecoveryBudget budget) {
    Map<String, Integer> terms = new LinkedHashMap<>();
    for (Term term : budget.terms()) {
      String seen = SEEN_IN.get(term.name());
      if (seen != null) {
        terms.merge(seen, term.seconds(), Integer::sum);
      }
    }
    return terms;
  }
}
