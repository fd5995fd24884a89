package payments.dr.operations.doctor;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import payments.dr.operations.doctor.check.Result;

/** Writes answers for a program. */
final class DoctorJson {

  private DoctorJson() {}

  static ObjectNode of(String environment, List<Answer> answers, int exitCode) {
    ObjectNode all = JSON.createObjectNode();
    all.put("environment", environment);
    all.put("exitCode", exitCode);
    ArrayNode checks = all.putArray("checks");
    for (Answer answer : answers) {
      Result result = answer.result();
      checks
          .addObject()
          .put("check", answer.check().name())
          .put("where", answer.check().where())
          .put("result", result.verdict().word())
          .put("found", result.found())
          .put("remediation", result.remediation());
    }
    return all;
  }
}
