package payments.dr.operations.drill.evidence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.operations.drill.record.DrillRecord.Measured;

/**
 * Compares what a drill measured with what the recovery budget allows.
 *
 * @param lines in the order in which they pass
 */
record BudgetComparison(List<Line> lines, DrillBudget budget) {

  /** One stretch; {@code measured} in seconds with tenths. */
  record Line(String term, int allowed, double measured) {

    double difference() {
      return measured - allowed;
    }
  }

  static BudgetComparison of(Measured measured, DrillBudget budget) {
    Map<String, Duration> seen = measured.terms();
    return new BudgetComparison(
        budget.terms().entrySet().stream()
            .filter(term -> seen.containsKey(term.getKey()))
            .map(term -> new Line(term.getKey(), term.getValue(), seconds(seen.get(term.getKey()))))
            .toList(),
        budget);
  }

  /** The one that is furthest above what was allowed, or least below. */
  Optional<Line> worst() {
    return lines.stream().max(Comparator.comparingDouble(Line::difference));
  }

  static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 100.0) / 10.0;
  }
}
