package payments.dr.operations.review.server;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import payments.dr.operations.console.BadInputException;

/**
 * What HCP Terraform asks of a run task.
 *
 * @param id of the result that it waits for, which no other request has
 * @param run that waits, such as {@code run-i3Df5to9ELvibKpQ}
 * @param stage of the run, such as {@code post_plan}
 * @param token that opens the plan and the callback, for this run alone: a secret
 * @param plan where the plan's JSON is; an empty URI in stages that have none
 * @param callback where the result goes
 */
record RunTask(
    String id, String run, String workspace, String stage, String token, URI plan, URI callback) {

  /** By it HCP Terraform tries an address that is about to be configured. */
  private static final String VERIFICATION = "test-token";

  private static final Set<String> STAGES_WITH_A_PLAN = Set.of("post_plan", "pre_apply");

  /**
   * Reads the body of a request.
   *
   * @throws BadInputException when it is none; the message repeats nothing of it
   */
  static RunTask parse(byte[] body) {
    JsonNode json = json(body);
    if (json.path("payload_version").asInt() != 1) {
      throw new BadInputException("payload_version must be 1");
    }
    return new RunTask(
        text(json, "task_result_id"),
        text(json, "run_id"),
        text(json, "workspace_name"),
        text(json, "stage"),
        text(json, "access_token"),
        json.hasNonNull("plan_json_api_url") ? uri(json, "plan_json_api_url") : URI.create(""),
        uri(json, "task_result_callback_url"));
  }

  boolean verifiesTheAddress() {
    return token.equals(VERIFICATION);
  }

  /** Whether there is something to review, and still time to stop it. */
  boolean hasPlan() {
    return STAGES_WITH_A_PLAN.contains(stage);
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "%s of workspace %s".formatted(run, workspace);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      // Said below: its message would repeat the body, and so the token.
    }
    throw new BadInputException("body must be a JSON object");
  }

  private static String text(JsonNode json, String key) {
    String text = json.path(key).asText();
    if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
      throw new BadInputException(key + " must be a text of one line");
    }
    return text;
  }

  private static URI uri(JsonNode json, String key) {
    try {
      return URI.create(text(json, key));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(key + " must be a URL");
    }
  }
}
