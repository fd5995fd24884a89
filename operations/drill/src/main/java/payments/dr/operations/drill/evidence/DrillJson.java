package payments.dr.operations.drill.evidence;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import payments.dr.operations.drill.record.DrillRecord;

/**
 * Writes the record of a drill for other programs. Fields keep their names; new ones may be added.
 */
final class DrillJson {

  private static final int SCHEMA = 1;

  private DrillJson() {}

  static String of(DrillRecord drill, BudgetComparison comparison) {
    ObjectNode report = JSON.createObjectNode();
    report.put("schema", SCHEMA);
    report.put("environment", drill.environment());
    report.put("scenario", drill.scenario());
    report.put("kind", drill.kind());
    report.put("passed", drill.passed());
    report.put("began", drill.began().toString());
    report.put("ended", drill.ended().toString());
    versions(report.putObject("versions"), drill.versions());
    ArrayNode expectations = report.putArray("expectations");
    drill
        .expectations()
        .forEach(
            expected ->
                expectations
                    .addObject()
                    .put("what", expected.what())
                    .put("met", expected.met())
                    .put("seen", expected.seen()));
    measured(report.putObject("measured"), drill.measured(), comparison);
    report
        .putObject("payments")
        .put("acknowledged", drill.balance().acknowledged())
        .put("lost", drill.balance().lost())
        .put("found", drill.balance().found())
        .put("doubled", drill.balance().doubled());
    drill.plan().ifPresent(empty -> report.put("planEmpty", empty));
    course(report, drill);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void versions(ObjectNode node, DrillRecord.Versions versions) {
    node.put("project", versions.project()).put("commit", versions.commit());
    ObjectNode hashes = node.putObject("sha256");
    versions.hashes().forEach(hashes::put);
  }

  private static void measured(
      ObjectNode node, DrillRecord.Measured measured, BudgetComparison comparison) {
    put(node, "outageSeconds", measured.outage());
    put(node, "recoverySeconds", measured.recovery());
    put(node, "lossSeconds", measured.loss());
    ArrayNode terms = node.putArray("terms");
    comparison
        .lines()
        .forEach(
            line ->
                terms
                    .addObject()
                    .put("term", line.term())
                    .put("allowedSeconds", line.allowed())
                    .put("seconds", line.measured()));
  }

  private static void course(ObjectNode report, DrillRecord drill) {
    ArrayNode steps = report.putArray("steps");
    drill
        .steps()
        .forEach(
            step -> steps.addObject().put("at", step.at().toString()).put("what", step.what()));
    ArrayNode orders = report.putArray("audit");
    drill.orders().forEach(orders::add);
    ArrayNode samples = report.putArray("samples");
    drill
        .samples()
        .forEach(
            sample -> {
              ObjectNode node =
                  samples
                      .addObject()
                      .put("at", sample.at().toString())
                      .put("phase", sample.phase())
                      .put("writer", sample.writer())
                      .put("dnsAnswers", sample.answers());
              put(node, "lagSeconds", sample.lag());
            });
    ArrayNode seconds = report.putArray("seconds");
    drill
        .seconds()
        .forEach(
            second -> {
              ObjectNode node =
                  seconds
                      .addObject()
                      .put("at", second.at().toString())
                      .put("failed", second.failed());
              ObjectNode accepted = node.putObject("accepted");
              second.accepted().forEach(accepted::put);
            });
  }

  private static void put(ObjectNode node, String name, Optional<Duration> duration) {
    duration.ifPresent(value -> node.put(name, BudgetComparison.seconds(value)));
  }
}
