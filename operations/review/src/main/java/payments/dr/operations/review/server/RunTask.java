package payments.dr.operations.review.server;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.BadInputException;

/**
 * What HCP Terraform asks of a run task.
 *
 * @param id of the result that it waits for, which no other request has
 * @param run that waits, such as {@code run-i3Df5to9ELvibKpQ}
 * @param workspace that the run is of, which no plan can choose
 * @param stage of the run, such as {@code post_plan}
 * @param token that opens the plan and the callback, for this run alone: a secret
 * @param plan where the plan's JSON is; an empty URI in stages that have none
 * @param callback where the result goes
 */
record RunTask(
    String id,
    String run,
    StateBackend.TerraformCloud workspace,
    String stage,
    String token,
    URI plan,
    URI callback) {

  /** By it HCP Terraform tries an address that is about to be configured. */
  private static final String VERIFICATION = "test-token";

  private static final String POST_PLAN = "post_plan";
  private static final Set<String> STAGES_WITH_A_PLAN = Set.of(POST_PLAN, "pre_apply");

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
        new StateBackend.TerraformCloud(
            text(json, "organization_name"), text(json, "workspace_name")),
        text(json, "stage"),
        token(json),
        json.hasNonNull("plan_json_api_url") ? uri(json, "plan_json_api_url") : URI.create(""),
        uri(json, "task_result_callback_url"));
  }

  /**
   * Whether a body only tries the address. It need not have what a run's has.
   *
   * @throws BadInputException as {@link #parse}
   */
  static boolean verifiesTheAddress(byte[] body) {
    return json(body).path("access_token").asText().equals(VERIFICATION);
  }

  /** Whether the person who confirms an apply is still to be asked. */
  boolean isBeforeConfirmation() {
    return stage.equals(POST_PLAN);
  }

  /** Whether there is something to review, and still time to stop it. */
  boolean hasPlan() {
    return STAGES_WITH_A_PLAN.contains(stage);
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "%s of workspace %s".formatted(run, workspace.workspace());
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

  /** A header with anything else is refused by the JDK, in a message that repeats it. */
  private static String token(JsonNode json) {
    String token = text(json, "access_token");
    if (!token.matches("[!-~]+")) {
      throw new BadInputException("access_token must be of ASCII characters without spaces");
    }
    return token;
  }

  private static URI uri(JsonNode json, String key) {
    try {
      return URI.create(text(json, key));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(key + " must be a URL");
    }
  }
}
