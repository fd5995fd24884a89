package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered without any database; drills (DrillIT in operations) have one. */
class WebServerTest {

  private static final String PAYMENT = "{\"amount\": 1299, \"currency\": \"EUR\"}";

  private final TestGuide guide = new TestGuide();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final JsonLog log =
      new JsonLog(new PrintStream(lines, true, StandardCharsets.UTF_8), Clock.systemUTC());
  private final Follower follower =
      new Follower(
          guide,
          pointer -> DatabasePool.open(pointer.generation(), BrokenConnections.refused()),
          log);
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        WebServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Routes("us-east-1", follower, new Payments("us-east-1"), log));
  }

  @AfterEach
  void close() {
    server.close();
    follower.close();
  }

  @Test
  void it_is_alive_without_a_database() throws Exception {
    HttpResponse<String> answer = get("/health.html");

    assertEquals(200, answer.statusCode());
    assertEquals("us-east-1", answer.headers().firstValue("Served-By-Region").orElseThrow());
    assertFalse(answer.headers().firstValue("Served-By-Generation").isPresent());
  }

  @Test
  void before_the_pointer_is_known_everything_else_is_for_later() throws Exception {
    assertLater("writes are off in us-east-1", pay("key-1", PAYMENT));
    assertLater("the database of us-east-1 is not known yet", get("/healthz/payments"));
    assertLater("the database of us-east-1 is not known yet", get("/payments/key-1"));
  }

  @Test
  void a_database_that_is_away_is_for_later() throws Exception {
    look();

    for (HttpResponse<String> answer :
        List.of(pay("key-1", PAYMENT), get("/healthz/payments"), get("/payments/key-1"))) {
      assertLater("the database did not answer as it should", answer);
      assertEquals("v1", answer.headers().firstValue("Served-By-Generation").orElseThrow());
    }
    assertEquals(200, get("/health.html").statusCode());
  }

  /** One look without them may be one call that failed. */
  @Test
  void probe_fails_while_the_sessions_do_not_answer_and_payments_go_on() throws Exception {
    look();
    guide.sessionsAnswer = false;
    look();
    assertLater("the database did not answer as it should", get("/healthz/payments"));

    look();
    assertLater("the sessions of us-east-1 do not answer", get("/healthz/payments"));
    assertLater("the database did not answer as it should", pay("key-1", PAYMENT));

    guide.sessionsAnswer = true;
    look();
    assertLater("the database did not answer as it should", get("/healthz/payments"));
  }

  @Test
  void no_payment_is_made_while_writes_are_off() throws Exception {
    guide.writesAreOff = true;
    follower.look();

    assertLater("writes are off in us-east-1", pay("key-1", PAYMENT));
    assertEquals(200, get("/health.html").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /payments, 405",
    "DELETE, /payments/key-1, 405",
    "POST, /healthz/payments, 405",
    "POST, /health.html, 405",
    "GET, /, 404",
    "GET, /healthz/payments/, 404",
    "GET, /paymentsx, 404",
    "GET, /payments/, 400",
    "GET, /payments/a%2Fb, 400"
  })
  void other_requests_are_refused(String method, String path, int status) throws Exception {
    HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.noBody()));

    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(status == 405, answer.headers().firstValue("Allow").isPresent());
  }

  @Test
  void a_payment_needs_a_key_and_a_body_of_moderate_length() throws Exception {
    assertEquals(
        400, send(request("/payments").POST(BodyPublishers.ofString(PAYMENT))).statusCode());
    assertEquals(400, pay("key with blanks", PAYMENT).statusCode());
    assertEquals(400, pay("k".repeat(65), PAYMENT).statusCode());
    assertEquals(400, pay("key-1", "{}").statusCode());
    assertEquals(413, pay("key-1", PAYMENT + " ".repeat(1024)).statusCode());
  }

  @Test
  void what_clients_send_is_not_in_the_log() throws Exception {
    pay("key-1", "{\"amount\": 4111111111111111, \"currency\": \"EUR\"}");

    String line = lines.toString(StandardCharsets.UTF_8);
    assertTrue(line.contains("\"event\":\"request\""), line);
    assertTrue(line.contains("\"status\":400"), line);
    assertFalse(line.contains("4111"), line);
  }

  private void look() {
    follower.look();
    follower.lookForSessions();
  }

  private static void assertLater(String why, HttpResponse<String> answer) {
    assertEquals(503, answer.statusCode(), answer.body());
    assertEquals("{\"error\":\"" + why + "\"}", answer.body());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
  }

  private HttpResponse<String> pay(String key, String body) throws Exception {
    return send(
        request("/payments").header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
