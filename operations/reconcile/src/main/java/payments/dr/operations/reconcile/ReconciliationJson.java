package payments.dr.operations.reconcile;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The report for programs; complete, but without contents of payments. */
final class ReconciliationJson {

  private ReconciliationJson() {}

  /** Leaves the file open. */
  static void write(Reconciled reconciled, Writer file) throws IOException {
    Reconciliation found = reconciled.found();
    JsonGenerator json = JSON.createGenerator(file);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeStringField("environment", reconciled.environment());
    json.writeStringField("at", reconciled.at().toString());
    json.writeStringField("generation", reconciled.point().generation().id());
    json.writeStringField("oldWriter", reconciled.formerPrimary());
    json.writeStringField("table", reconciled.table().table());
    json.writeStringField("since", reconciled.point().since().toString());
    json.writeStringField("sinceBy", reconciled.point().source());
    json.writeBooleanField("clean", found.isClean());
    strings(json, "attentions", reconciled.attentions());
    json.writeNumberField("oldRows", found.oldRows());
    json.writeNumberField("newRows", found.newRows());
    rows(json, "missing", found.missing());
    json.writeArrayFieldStart("doubled");
    for (Doubled doubled : found.doubled()) {
      json.writeStartObject();
      json.writeStringField("key", doubled.key());
      strings(json, "oldIds", doubled.oldIds());
      strings(json, "newIds", doubled.newIds());
      json.writeEndObject();
    }
    json.writeEndArray();
    rows(json, "conflicting", found.conflicting());
    json.writeEndObject();
    json.flush();
    file.write("\n");
  }

  private static void rows(JsonGenerator json, String name, List<Row> rows) throws IOException {
    json.writeArrayFieldStart(name);
    for (Row row : rows) {
      json.writeStartObject();
      json.writeStringField("key", row.key());
      json.writeStringField("id", row.id());
      json.writeStringField("created", row.created().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
