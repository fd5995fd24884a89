package payments.dr.operations.reports.budget;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.recovery.RecoveryPoint;

/** Writes a budget for other programs. Fields keep their names; new ones may be added. */
final class BudgetJson {

  private BudgetJson() {}

  static String of(BudgetReport budget) {
    ObjectNode report = JSON.createObjectNode();
    report.put("environment", budget.environment().name());
    report.put("mode", lower(budget.promised().mode()));
    report.put("kept", budget.kept());
    ObjectNode time = report.putObject("time");
    time.put("seconds", budget.recovery().time().seconds());
    time.put("darkSeconds", budget.recovery().dark().seconds());
    time.put("answeringSeconds", budget.recovery().answering().seconds());
    time.put("targetSeconds", budget.promised().rtoTargetSeconds());
    terms(time.putArray("terms"), budget.recovery().time().terms());
    terms(time.putArray("largest"), budget.largest());
    RecoveryPoint point = budget.recovery().point();
    report
        .putObject("loss")
        .put("seconds", point.seconds())
        .put("targetSeconds", budget.promised().rpoTargetSeconds())
        .put("kind", point.kind().word())
        .put("source", point.source());
    report.put("plannedSeconds", budget.recovery().plannedSeconds());
    report.put("failbackSeconds", budget.recovery().failbackSeconds());
    ArrayNode assumed = report.putArray("assumed");
    budget.assumed().forEach(figure -> assumed.add(figure.word()));
    ArrayNode faults = report.putArray("faults");
    budget
        .faults()
        .forEach(
            fault -> faults.addObject().put("key", fault.key()).put("problem", fault.problem()));
    ArrayNode warnings = report.putArray("warnings");
    budget.warnings().forEach(warnings::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void terms(ArrayNode array, List<Term> terms) {
    for (Term term : terms) {
      array
          .addObject()
          .put("name", term.name())
          .put("seconds", term.seconds())
          .put("basis", lower(term.basis()))
          .put("source", term.source());
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
