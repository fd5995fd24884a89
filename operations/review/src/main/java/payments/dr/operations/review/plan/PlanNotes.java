package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.review.plan.PlanNote.Kind;

/** Reads what a plan says beside its changes. */
final class PlanNotes {

  private static final String WHOLE = "plan";

  private final List<PlanNote> notes = new ArrayList<>();

  List<PlanNote> list() {
    return notes;
  }

  /**
   * @param complete false for a plan with targets, and for one that puts something off
   */
  void complete(boolean complete) {
    if (!complete) {
      note(Kind.INCOMPLETE, WHOLE, "leaves out a part of the configuration");
    }
  }

  void deferred(JsonNode changes) {
    for (JsonNode deferred : changes) {
      JsonNode change = deferred.path("resource_change");
      note(
          Kind.INCOMPLETE,
          address(change.isMissingNode() ? deferred.path("action_invocation") : change),
          "is put off (" + deferred.path("reason").asText("without a reason") + ")");
    }
  }

  void invocations(JsonNode actions) {
    for (JsonNode action : actions) {
      note(Kind.INVOCATION, address(action), "is called by the apply");
    }
  }

  void checks(JsonNode checks) {
    for (JsonNode check : checks) {
      String status = check.path("status").asText("no status");
      if (!status.equals("pass")) {
        note(
            status.equals("unknown") ? Kind.CHECK_UNKNOWN : Kind.CHECK,
            check.at("/address/to_display").asText(WHOLE),
            "ended with " + status + problems(check));
      }
    }
  }

  void disclosed(String output) {
    note(Kind.DISCLOSURE, output, "is no longer sensitive");
  }

  void unknown(String key) {
    note(Kind.UNKNOWN, WHOLE, "has a part " + key + " that no rule knows");
  }

  private static String problems(JsonNode check) {
    List<String> messages = new ArrayList<>();
    for (JsonNode instance : check.path("instances")) {
      instance.path("problems").forEach(it -> messages.add(it.path("message").asText()));
    }
    return messages.isEmpty() ? "" : ": " + String.join(" ", messages);
  }

  private static String address(JsonNode node) {
    return node.path("address").asText(WHOLE);
  }

  private void note(Kind kind, String address, String words) {
    notes.add(new PlanNote(kind, address, words));
  }
}
