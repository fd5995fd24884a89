package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes a change of an output ready to be shown. */
final class OutputChanges {

  private OutputChanges() {}

  static OutputChange of(Action action, JsonNode change) {
    if (marked(change.path("before_sensitive")) || marked(change.path("after_sensitive"))) {
      return new OutputChange(action, AttributeChanges.SENSITIVE, AttributeChanges.SENSITIVE);
    }
    return new OutputChange(
        action,
        shown(change.path("before")),
        marked(change.path("after_unknown"))
            ? AttributeChanges.UNKNOWN
            : shown(change.path("after")));
  }

  /** Whether a value that was hidden is to be shown. */
  static boolean discloses(JsonNode change) {
    return marked(change.path("before_sensitive")) && !marked(change.path("after_sensitive"));
  }

  private static boolean marked(JsonNode marks) {
    return marks.isBoolean() ? marks.booleanValue() : !marks.isEmpty();
  }

  private static String shown(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? AttributeChanges.NONE : value.toString();
  }
}
