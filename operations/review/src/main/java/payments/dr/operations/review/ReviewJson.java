package payments.dr.operations.review;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Writes a review for other programs. Fields keep their names; new ones may be added. */
final class ReviewJson {

  private ReviewJson() {}

  static String of(Review review) {
    ChangeGroups groups = new ChangeGroups(review.plan().changes());
    ObjectNode report = JSON.createObjectNode();
    report.put("stack", review.stack().name());
    report.put("verdict", review.verdictWords());
    report.put("exitCode", review.exitCode());
    ArrayNode findings = report.putArray("findings");
    review.findings().forEach(finding -> findings.add(finding(finding)));
    ArrayNode changes = report.putArray("changes");
    for (ChangeGroups.Row row : groups.rows()) {
      ObjectNode node = changes.addObject();
      node.put("capability", row.capability());
      node.put("region", row.region());
      row.counts().forEach((action, count) -> node.put(action.word(), count));
    }
    ArrayNode moved = report.putArray("moved");
    ArrayNode imported = report.putArray("imported");
    for (ResourceChange change : review.plan().changes()) {
      change
          .movedFrom()
          .ifPresent(from -> moved.addObject().put("address", change.address()).put("from", from));
      change
          .importId()
          .ifPresent(id -> imported.addObject().put("address", change.address()).put("id", id));
    }
    addresses(report.putArray("drift"), review.plan().answeredDrift());
    addresses(report.putArray("unknownTypes"), groups.unknownTypes());
    ObjectNode outputs = report.putObject("outputs");
    review.plan().outputs().forEach((name, action) -> outputs.put(name, action.word()));
    ArrayNode remarks = report.putArray("remarks");
    review.remarks().forEach(remarks::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode node = JSON.createObjectNode();
    node.put("rule", finding.rule().id());
    node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    node.put("address", finding.objection().address());
    node.put("found", finding.objection().found());
    node.put("why", finding.rule().why());
    node.put("remediation", finding.rule().remediation());
    if (!finding.objection().commands().isEmpty()) {
      finding.objection().commands().forEach(node.putArray("commands")::add);
    }
    finding.leave().ifPresent(reason -> node.put("approvedBecause", reason));
    finding
        .objection()
        .change()
        .filter(ResourceChange::alters)
        .ifPresent(
            change -> {
              ArrayNode attributes = node.putArray("attributes");
              change
                  .attributes()
                  .forEach(
                      it ->
                          attributes
                              .addObject()
                              .put("path", it.path())
                              .put("before", it.before())
                              .put("after", it.after()));
            });
    return node;
  }

  private static void addresses(ArrayNode into, List<ResourceChange> changes) {
    for (ResourceChange change : changes) {
      Action action = change.action();
      into.addObject().put("address", change.address()).put("action", action.word());
    }
  }
}
