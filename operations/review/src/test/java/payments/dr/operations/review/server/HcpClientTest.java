package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.console.CommandFailedException;

class HcpClientTest {

  private static final byte[] PLAN =
      "{\"format_version\": \"1.2\"}".getBytes(StandardCharsets.UTF_8);
  private static final String BEARER = "Bearer " + StandInHcp.TOKEN;

  private StandInHcp hcp;
  private HcpClient client;

  @BeforeEach
  void start() throws IOException {
    hcp = new StandInHcp().serve(PLAN);
    client = new HcpClient(hcp.hosts(), StandInHcp.LIMITS);
  }

  @AfterEach
  void stop() {
    hcp.close();
  }

  @Test
  void plan_is_fetched_where_it_is_redirected_to_without_the_token() {
    assertArrayEquals(PLAN, client.plan(hcp.task()));

    assertEquals(
        List.of(BEARER, ""), hcp.asked().stream().map(StandInHcp.Asked::authorization).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 429, 500, 503})
  void what_may_pass_is_asked_again(int status) {
    hcp.failPlan(status).failPlan(status);

    assertArrayEquals(PLAN, client.plan(hcp.task()));
    assertEquals(4, hcp.asked().size());
  }

  @Test
  void connection_that_breaks_is_made_again() {
    hcp.failPlan(exchange -> exchange.close());

    assertArrayEquals(PLAN, client.plan(hcp.task()));
  }

  @Test
  void slow_answer_is_given_up_and_asked_for_again() {
    hcp.failPlan(exchange -> {});

    assertArrayEquals(PLAN, client.plan(hcp.task()));
  }

  /** The JDK's own limit ends with the headers. */
  @Test
  void answer_that_stops_in_the_middle_is_given_up() {
    hcp.serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(PLAN);
          exchange.getResponseBody().flush();
        });

    assertEquals(
        "plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: no answer within 1 s",
        refusal());
  }

  @Test
  void five_failures_are_enough() {
    for (int i = 0; i < 5; i++) {
      hcp.failPlan(503);
    }

    assertEquals("plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: HTTP 503", refusal());
    assertEquals(5, hcp.asked().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 422})
  void refusal_is_final(int status) {
    hcp.failPlan(status);

    assertEquals(
        "plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: HTTP " + status, refusal());
    assertEquals(1, hcp.asked().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void plan_that_is_too_long_is_not_read_to_its_end(boolean told) {
    byte[] part = new byte[10_000];
    hcp.serve(
        exchange -> {
          exchange.sendResponseHeaders(200, told ? 1_000_000 : 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(part);
          }
          exchange.close();
        });

    assertEquals(
        "plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: answer must have at most"
            + " 500000 bytes, got more",
        refusal());
    assertEquals(2, hcp.asked().size());
  }

  /**
   * Somebody who has the HMAC key, or can name a redirect, must not be given a token or a way in.
   */
  @ParameterizedTest
  @CsvSource({
    "plan_json_api_url, https://evil.example/plan",
    "plan_json_api_url, file:///etc/passwd",
    "plan_json_api_url, http://169.254.169.254/latest/meta-data",
    "plan_json_api_url, http://127.0.0.1:1@evil.example/",
    "task_result_callback_url, https://evil.example/callback",
    "task_result_callback_url, https://user:secret@evil.example/callback"
  })
  void token_goes_to_no_other_host(String key, String url) {
    ObjectNode request = hcp.request("taskrs-1").put(key, url);
    RunTask task = RunTask.parse(request.toString().getBytes(StandardCharsets.UTF_8));

    String said =
        assertThrows(
                CommandFailedException.class,
                () -> {
                  client.report(task, TaskResult.failed("x"));
                  client.plan(task);
                })
            .getMessage();

    assertEquals(key + " must be at " + hcp.hosts().api(), said.split(", got")[0]);
    assertFalse(said.contains("/latest") || said.contains("secret"), said);
    assertEquals(
        List.of(),
        hcp.asked().stream().filter(asked -> !asked.path().endsWith("/callback")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/latest", "file:///etc/passwd", "::", ""})
  void redirect_leads_to_the_host_of_downloads_only(String url) {
    hcp.redirectTo(url);

    assertThrows(CommandFailedException.class, () -> client.plan(hcp.task()));

    assertEquals(1, hcp.asked().size());
  }

  @Test
  void result_is_told_again_while_it_may_pass() throws InterruptedException {
    hcp.failCallback(500).failCallback(429);

    client.report(hcp.task(), TaskResult.failed("no plan"));

    assertEquals(
        "{\"data\":{\"type\":\"task-results\",\"attributes\":{\"status\":\"failed\",\"message\":\"not"
            + " reviewed: no plan\"}}}",
        hcp.result().toString());
    assertEquals(3, hcp.asked().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 422})
  void refused_result_is_not_told_again_and_no_message_has_the_token(int status) {
    hcp.failCallback(status);

    String said =
        assertThrows(
                CommandFailedException.class,
                () -> client.report(hcp.task(), TaskResult.failed("no plan")))
            .getMessage();

    assertEquals(
        "result of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: HTTP " + status, said);
    assertEquals(1, hcp.asked().size());
  }

  /** Reasons that HCP Terraform cannot read must not cost the verdict. */
  @Test
  void refused_outcomes_are_left_out() throws Exception {
    hcp.failCallback(422);

    client.report(hcp.task(), resultWithOutcome());

    assertEquals(
        "{\"data\":{\"type\":\"task-results\",\"attributes\":{\"status\":\"passed\",\"message\":\"x\"}}}",
        hcp.result().toString());
    assertEquals(2, hcp.asked().size());
  }

  private static TaskResult resultWithOutcome() {
    return new TaskResult(
        TaskResult.Status.passed,
        "x",
        List.of(new TaskResult.Outcome("id", "what", "clean", TaskResult.Level.none, "why")));
  }

  private String refusal() {
    return assertThrows(CommandFailedException.class, () -> client.plan(hcp.task())).getMessage();
  }
}
