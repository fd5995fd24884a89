package payments.dr.operations.review.server;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.review.PlanReview;
import payments.dr.operations.review.rules.Severity;

/**
 * What HCP Terraform is told about a run, in the form that its run tasks have.
 *
 * @param message one line, which the run's page shows
 * @param outcomes what it unfolds
 */
record TaskResult(Status status, String message, List<Outcome> outcomes) {

  /** The two that end a task. */
  enum Status {
    passed,
    failed
  }

  /** How HCP Terraform colors a label. */
  enum Level {
    none,
    warning,
    error
  }

  /**
   * One entry below a result.
   *
   * @param body in Markdown, of at most 10,000 characters
   */
  record Outcome(String id, String description, String label, Level level, String body) {}

  /** HCP Terraform takes 250 outcomes, of which the review is one. */
  private static final int MOST_RULES = 249;

  private static final int MOST_ADDRESSES = 50;
  private static final int LONGEST_MESSAGE = 500;

  /** HCP Terraform refuses a longer one. */
  private static final int LONGEST_BODY = 10_000;

  private static final String CUT = "\n\nThe rest was left out.";

  /**
   * @param asksPerson whether a person is still to confirm the apply, and so approves what needs
   *     approval
   */
  static TaskResult of(PlanReview review, boolean asksPerson) {
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(
        new Outcome(
            "review",
            "The review",
            review.verdictWords(),
            review.verdict().map(TaskResult::level).orElse(Level.none),
            review.markdown()));
    review.reasons().stream().limit(MOST_RULES).map(TaskResult::outcome).forEach(outcomes::add);
    boolean passes =
        review.verdict().map(verdict -> verdict == Severity.APPROVAL && asksPerson).orElse(true);
    return new TaskResult(
        passes ? Status.passed : Status.failed,
        "%s: %s, rules broken: %d"
            .formatted(review.stack(), review.verdictWords(), review.reasons().size()),
        outcomes);
  }

  /** Of a run that could not be reviewed: nobody knows what it does. */
  static TaskResult failed(String why) {
    String line = "not reviewed: " + why.replaceAll("\\s+", " ");
    return new TaskResult(
        Status.failed, line.substring(0, Math.min(line.length(), LONGEST_MESSAGE)), List.of());
  }

  TaskResult withoutOutcomes() {
    return new TaskResult(status, message, List.of());
  }

  String json() {
    ObjectNode data = JSON.createObjectNode().put("type", "task-results");
    data.putObject("attributes").put("status", status.name()).put("message", message);
    if (!outcomes.isEmpty()) {
      ArrayNode list = data.withObject("/relationships/outcomes").putArray("data");
      outcomes.forEach(outcome -> list.add(json(outcome)));
    }
    return JSON.createObjectNode().set("data", data).toString();
  }

  private static ObjectNode json(Outcome outcome) {
    ObjectNode json = JSON.createObjectNode().put("type", "task-result-outcomes");
    ObjectNode attributes =
        json.putObject("attributes")
            .put("outcome-id", outcome.id())
            .put("description", outcome.description())
            .put("body", outcome.body());
    attributes
        .putObject("tags")
        .putArray("Status")
        .addObject()
        .put("label", outcome.label())
        .put("level", outcome.level().name());
    return json;
  }

  private static Outcome outcome(PlanReview.Reason reason) {
    StringBuilder body = new StringBuilder();
    Markdown page = new Markdown(body);
    page.list(
        List.of(
            "Why: " + reason.rule().why() + ".",
            "Remediation: " + reason.rule().remediation() + "."));
    page.list(reason.addresses().stream().limit(MOST_ADDRESSES).map(Markdown::code).toList());
    if (reason.addresses().size() > MOST_ADDRESSES) {
      page.paragraph("and %d more".formatted(reason.addresses().size() - MOST_ADDRESSES));
    }
    return new Outcome(
        reason.rule().id(),
        "%s at %d %s"
            .formatted(
                reason.rule().what(),
                reason.addresses().size(),
                reason.addresses().size() == 1 ? "address" : "addresses"),
        reason.severity().words(),
        level(reason.severity()),
        cut(body.toString()));
  }

  private static String cut(String body) {
    return body.length() <= LONGEST_BODY
        ? body
        : body.substring(0, LONGEST_BODY - CUT.length()) + CUT;
  }

  private static Level level(Severity severity) {
    return severity == Severity.REFUSED ? Level.error : Level.warning;
  }
}
