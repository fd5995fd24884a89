package payments.dr.operations.reports.compliance;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import payments.dr.compliance.AcceptedRisk;
import payments.dr.compliance.Control;
import payments.dr.compliance.ControlCoverage;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.NotAssessable;
import payments.dr.compliance.References;
import payments.dr.compliance.RuleCoverage;
import payments.dr.compliance.Status;
import payments.dr.compliance.Violation;

/** Writes the report for auditors' programs. Fields keep their names; new ones may be added. */
final class ComplianceJson {

  private ComplianceJson() {}

  static String of(ComplianceReport controls) {
    Coverage coverage = controls.coverage();
    ObjectNode report = JSON.createObjectNode();
    report.put("environment", controls.environment().name());
    ArrayNode stacks = report.putArray("stacks");
    controls.stacks().forEach(stacks::add);
    report.put("kept", coverage.isKept());
    ObjectNode counts = report.putObject("counts");
    for (Status status : Status.values()) {
      counts.put(status.word(), coverage.count(status));
    }
    counts.put("outOfReach", Coverage.outOfReach());
    ArrayNode all = report.putArray("controls");
    coverage.controls().forEach(control -> control(all.addObject(), control));
    ArrayNode rules = report.putArray("rules");
    coverage.rules().forEach(rule -> rule(rules.addObject(), rule));
    ArrayNode open = report.putArray("open");
    coverage
        .open()
        .forEach(
            item ->
                references(
                    open.addObject()
                        .put("topic", item.topic())
                        .put("what", item.what())
                        .put("reason", item.reason()),
                    item.references()));
    ArrayNode accepted = report.putArray("accepted");
    AcceptedRisk.ALL.forEach(
        risk ->
            references(
                accepted
                    .addObject()
                    .put("topic", risk.topic())
                    .put("what", risk.what())
                    .put("reason", risk.reason()),
                risk.references()));
    ArrayNode reach = report.putArray("outOfReach");
    NotAssessable.ALL.forEach(
        item ->
            references(
                reach.addObject().put("who", item.who()).put("what", item.what()),
                item.references()));
    ArrayNode bad = report.putArray("badExceptions");
    coverage.badExceptions().forEach(bad::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void control(ObjectNode node, ControlCoverage control) {
    node.put("framework", control.framework().title())
        .put("id", control.id())
        .put("status", control.status().word());
    control.title().ifPresent(title -> node.put("title", title));
    ArrayNode rules = node.putArray("rules");
    control.rules().forEach(rule -> rules.add(rule.rule().id()));
    ArrayNode open = node.putArray("open");
    control.open().forEach(item -> open.add(item.what()));
    ArrayNode accepted = node.putArray("accepted");
    control.accepted().forEach(risk -> accepted.add(risk.what()));
    ArrayNode reasons = node.putArray("reasons");
    control.reasons().forEach(reasons::add);
  }

  private static void rule(ObjectNode node, RuleCoverage coverage) {
    node.put("id", coverage.rule().id())
        .put("title", coverage.rule().title())
        .put("allowed", coverage.rule().requirement().allowed())
        .put("holds", coverage.rule().scope().words())
        .put("resources", coverage.resources())
        .put("status", coverage.status().word());
    references(node, coverage.rule().references());
    violations(node.putArray("violations"), coverage.violations());
    violations(node.putArray("excused"), coverage.excused());
  }

  private static void violations(ArrayNode array, List<Violation> violations) {
    violations.forEach(
        it -> array.addObject().put("address", it.address()).put("found", it.found()));
  }

  private static void references(ObjectNode node, References references) {
    ArrayNode array = node.putArray("references");
    for (Control control : references.controls()) {
      array
          .addObject()
          .put("framework", control.framework().title())
          .put("id", control.id())
          .put("verified", control.verified());
    }
  }
}
