package payments.dr.operations.review;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.AnsweredDrift;
import payments.dr.operations.review.plan.AttributeChange;
import payments.dr.operations.review.plan.OutputChange;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;

/**
 * Writes a review for other programs, and leaves nothing out. Fields keep their names; new ones may
 * be added.
 */
final class ReviewJson {

  private final JsonGenerator json;

  private ReviewJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes as it goes, so that a review of any size needs no memory. */
  static void write(Review review, Writer out) throws IOException {
    JsonGenerator json =
        JSON.getFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter();
    new ReviewJson(json).review(review);
    json.flush();
    out.write("\n");
    out.flush();
  }

  private void review(Review review) throws IOException {
    ChangeGroups groups = new ChangeGroups(review.plan().changes());
    json.writeStartObject();
    json.writeStringField("stack", review.stack().name());
    json.writeStringField("verdict", review.verdictWords());
    json.writeNumberField("exitCode", review.exitCode());
    array("findings", review.findings(), this::finding);
    array("summary", groups.groups(), this::counts);
    array(
        "changes",
        review.plan().changes().stream().filter(it -> it.action() != Action.READ).toList(),
        this::change);
    array(
        "drift",
        review.plan().answeredDrift().stream().map(AnsweredDrift::change).toList(),
        this::change);
    array("refreshed", review.plan().unansweredDrift(), this::change);
    array("unknownTypes", groups.unknownTypes(), this::address);
    json.writeObjectFieldStart("outputs");
    for (Map.Entry<String, OutputChange> output : review.plan().outputs().entrySet()) {
      json.writeObjectFieldStart(output.getKey());
      json.writeStringField("action", output.getValue().action().word());
      json.writeStringField("before", output.getValue().before());
      json.writeStringField("after", output.getValue().after());
      json.writeEndObject();
    }
    json.writeEndObject();
    array("remarks", review.remarks(), json::writeString);
    json.writeEndObject();
  }

  private void counts(ChangeGroups.Group group) throws IOException {
    json.writeStartObject();
    json.writeStringField("capability", group.capability());
    json.writeStringField("region", group.region());
    for (Map.Entry<Action, Integer> count : group.counts().entrySet()) {
      json.writeNumberField(count.getKey().word(), count.getValue());
    }
    json.writeEndObject();
  }

  private void finding(Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("address", finding.objection().address());
    json.writeStringField("found", finding.objection().found());
    json.writeStringField("why", finding.rule().why());
    json.writeStringField("remediation", finding.rule().remediation());
    if (!finding.objection().commands().isEmpty()) {
      array("commands", finding.objection().commands(), json::writeString);
    }
    if (finding.approval().isPresent()) {
      json.writeStringField("approvedBecause", finding.approval().get());
    }
    if (finding.objection().change().filter(ResourceChange::alters).isPresent()) {
      array("attributes", finding.objection().change().get().attributes(), this::attribute);
    }
    json.writeEndObject();
  }

  private void address(ResourceChange change) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", change.address());
    json.writeStringField("action", change.action().word());
    json.writeEndObject();
  }

  private void change(ResourceChange change) throws IOException {
    ResourceLocation place = ResourceLocation.of(change.name());
    json.writeStartObject();
    json.writeStringField("address", change.address());
    json.writeStringField("action", change.action().word());
    json.writeStringField("capability", place.capability());
    json.writeStringField("region", place.region());
    if (change.movedFrom().isPresent()) {
      json.writeStringField("movedFrom", change.movedFrom().get());
    }
    if (change.importId().isPresent()) {
      json.writeStringField("importedBy", change.importId().get());
    }
    array("attributes", change.attributes(), this::attribute);
    json.writeEndObject();
  }

  private void attribute(AttributeChange attribute) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", attribute.path());
    json.writeStringField("before", attribute.before());
    json.writeStringField("after", attribute.after());
    json.writeEndObject();
  }

  private <T> void array(String name, List<T> elements, Element<T> element) throws IOException {
    json.writeArrayFieldStart(name);
    for (T each : elements) {
      element.write(each);
    }
    json.writeEndArray();
  }

  /** Writes one element of a list. */
  private interface Element<T> {
    void write(T element) throws IOException;
  }
}
