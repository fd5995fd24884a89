package payments.dr.operations.review.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * HCP Terraform on the loopback, as its documents describe what a run task meets: request, callback
 * and outcomes by <i>Run tasks integration API</i>, a plan that is redirected to another host by
 * <i>Plans API</i> (both of developer.hashicorp.com/terraform/cloud-docs/api-docs, in the
 * repository hashicorp/web-unified-docs), and the token of a verification by
 * hashicorp/terraform-run-task-scaffolding-go.
 */
final class StandInHcp implements AutoCloseable {

  static final String TOKEN = "4QEuyyxug1f2rw.atlasv1.token-of-one-run";

  static final HcpClient.Limits LIMITS =
      new HcpClient.Limits(Duration.ofSeconds(1), Duration.ofMillis(1), 500_000);

  private static final String PLAN = "/api/v2/plans/plan-6AFmRJW1PFJ7qbAh/json-output";
  private static final String CALLBACK = "/api/v2/task-results/5ea8d46c/callback";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer api;
  private final HttpServer archivist;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<JsonNode> results = new LinkedBlockingQueue<>();
  private final Queue<Answer> planFaults = new ArrayDeque<>();
  private final Queue<Integer> callbackFaults = new ArrayDeque<>();
  private volatile Answer download = exchange -> send(exchange, 404, new byte[0]);
  private volatile String redirect;

  /**
   * A request that came.
   *
   * @param authorization empty: none
   */
  record Asked(String method, String path, String authorization) {}

  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  StandInHcp() throws IOException {
    api = listen();
    archivist = listen();
    redirect = at(archivist) + "/v1/object/dmF1bHQ";
    api.createContext(PLAN, noting(this::plan));
    api.createContext(CALLBACK, noting(this::callback));
    archivist.createContext("/v1/object/dmF1bHQ", noting(exchange -> download.to(exchange)));
  }

  private HttpServer listen() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private com.sun.net.httpserver.HttpHandler noting(Answer answer) {
    return exchange -> {
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                  .orElse("")));
      answer.to(exchange);
    };
  }

  HcpHosts hosts() {
    return new HcpHosts(URI.create(at(api)), URI.create(at(archivist)));
  }

  /** What a run's plan is. */
  StandInHcp serve(byte[] plan) {
    download = exchange -> send(exchange, 200, plan);
    return this;
  }

  /** How the host of downloads answers instead. */
  StandInHcp serve(Answer answer) {
    download = answer;
    return this;
  }

  /** The next request for a plan is answered so, before any that is answered well. */
  StandInHcp failPlan(int status) {
    planFaults.add(exchange -> send(exchange, status, new byte[0]));
    return this;
  }

  StandInHcp failPlan(Answer answer) {
    planFaults.add(answer);
    return this;
  }

  StandInHcp failCallback(int status) {
    callbackFaults.add(status);
    return this;
  }

  StandInHcp redirectTo(String url) {
    redirect = url;
    return this;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Returns the next result that was accepted. */
  JsonNode result() throws InterruptedException {
    JsonNode result = results.poll(20, TimeUnit.SECONDS);
    if (result == null) {
      throw new AssertionError("no result came, only " + asked);
    }
    return result;
  }

  /** The body of a request after a plan. */
  ObjectNode request(String id) {
    return JSON.createObjectNode()
        .put("payload_version", 1)
        .put("stage", "post_plan")
        .put("access_token", TOKEN)
        .put("is_speculative", false)
        .put("organization_name", "acme")
        .put("plan_json_api_url", at(api) + PLAN)
        .put("run_id", "run-i3Df5to9ELvibKpQ")
        .put("task_result_callback_url", at(api) + CALLBACK)
        .put("task_result_enforcement_level", "mandatory")
        .put("task_result_id", id)
        .put("workspace_name", "payments-dr-dev")
        .putNull("vcs_pull_request_url");
  }

  RunTask task() {
    return RunTask.parse(request("taskrs-1").toString().getBytes(StandardCharsets.UTF_8));
  }

  private void plan(HttpExchange exchange) throws IOException {
    Answer fault = planFaults.poll();
    if (fault != null) {
      fault.to(exchange);
      return;
    }
    exchange.getResponseHeaders().set("Location", redirect);
    send(exchange, 307, new byte[0]);
  }

  private void callback(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    Integer fault = callbackFaults.poll();
    boolean good =
        exchange.getRequestMethod().equals("PATCH")
            && "application/vnd.api+json"
                .equals(exchange.getRequestHeaders().getFirst("Content-Type"))
            && ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && List.of("passed", "failed", "running")
                .contains(body.at("/data/attributes/status").asText())
            && body.at("/data/type").asText().equals("task-results")
            && fits(body);
    if (fault == null && good) {
      results.add(body);
    }
    send(exchange, fault != null ? fault : good ? 200 : 422, new byte[0]);
  }

  /** By the schemas runtask-result.json and runtask-outcome.json of HCP Terraform's documents. */
  private static boolean fits(JsonNode body) {
    JsonNode outcomes = body.at("/data/relationships/outcomes/data");
    boolean fits = within(body.at("/data/attributes/message"), 1000) && outcomes.size() <= 250;
    for (JsonNode outcome : outcomes) {
      JsonNode attributes = outcome.path("attributes");
      fits &=
          outcome.path("type").asText().equals("task-result-outcomes")
              && within(attributes.path("outcome-id"), 64)
              && within(attributes.path("description"), 1000)
              && within(attributes.path("body"), 10_000);
    }
    return fits;
  }

  private static boolean within(JsonNode text, int longest) {
    return !text.asText().isEmpty() && text.asText().length() <= longest;
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String at(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    api.stop(0);
    archivist.stop(0);
    threads.shutdownNow();
  }
}
