package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTaskServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> reviewed = new CopyOnWriteArrayList<>();
  private final List<String> givenUp = new CopyOnWriteArrayList<>();
  private final Semaphore may = new Semaphore(1000);

  @TempDir Path folder;

  private StandInHcp hcp;
  private RunTaskServer server;

  @BeforeEach
  void start() throws IOException {
    start(RunTaskServer.Limits.OF_HCP);
  }

  private void start(RunTaskServer.Limits limits) throws IOException {
    hcp = new StandInHcp();
    server =
        new RunTaskServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            SharedKey.read(Files.writeString(folder.resolve("key"), SharedKeyTest.TEXT)),
            new Reviewer() {
              @Override
              public void review(RunTask task) {
                try {
                  may.acquire();
                  reviewed.add(task.id());
                } catch (InterruptedException e) {
                  giveUp(task, "interrupted");
                }
              }

              @Override
              public void giveUp(RunTask task, String why) {
                givenUp.add(task.id() + ": " + why);
              }
            },
            limits);
  }

  private void restart(Duration waiting, Duration lastReviews) throws IOException {
    stop();
    may.drainPermits();
    start(new RunTaskServer.Limits(waiting, lastReviews));
  }

  @AfterEach
  void stop() {
    may.release(1000);
    server.close();
    hcp.close();
  }

  @Test
  void signed_request_is_answered_at_once_and_reviewed() throws Exception {
    may.drainPermits();

    assertEquals(200, post(hcp.request("taskrs-1")));
    assertEquals(List.of(), reviewed);

    may.release();
    server.close();
    assertEquals(List.of("taskrs-1"), reviewed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deadbeef", "00", "\u00e4"})
  void wrong_signature_is_refused(String signature) throws Exception {
    assertEquals(401, send("POST", "/run-task", bytes(hcp.request("taskrs-1")), signature));
    assertNothingReviewed();
  }

  @Test
  void signature_of_another_body_is_refused() throws Exception {
    String signature = signature(bytes(hcp.request("taskrs-1")));

    assertEquals(401, send("POST", "/run-task", bytes(hcp.request("taskrs-2")), signature));
    assertNothingReviewed();
  }

  @Test
  void verification_of_the_address_goes_no_further() throws Exception {
    assertEquals(200, post(hcp.request("taskrs-1").put("access_token", "test-token")));
    assertNothingReviewed();
  }

  /** Not each kind of verification names a stage or a plan. */
  @Test
  void verification_needs_nothing_but_its_token() throws Exception {
    byte[] body = "{\"access_token\": \"test-token\"}".getBytes(StandardCharsets.UTF_8);

    assertEquals(200, send("POST", "/run-task", body, signature(body)));
    assertNothingReviewed();
  }

  /** Two are under way and a third waits when the server is stopped. */
  @Test
  void a_run_that_waits_when_the_server_is_stopped_is_told() throws Exception {
    restart(Duration.ofMinutes(9), Duration.ofMillis(100));
    for (int i = 1; i <= 3; i++) {
      assertEquals(200, post(hcp.request("taskrs-" + i)));
    }

    server.close();

    assertEquals(List.of(), reviewed);
    assertEquals(
        List.of(
            "taskrs-1: interrupted",
            "taskrs-2: interrupted",
            "taskrs-3: the review server was stopped; run the task again"),
        givenUp.stream().sorted().toList());
  }

  @Test
  void task_that_waited_too_long_is_not_reviewed() throws Exception {
    restart(Duration.ofMillis(300), Duration.ofSeconds(60));
    for (int i = 1; i <= 3; i++) {
      assertEquals(200, post(hcp.request("taskrs-" + i)));
    }
    Thread.sleep(400);

    may.release(1000);
    server.close();

    assertEquals(List.of("taskrs-1", "taskrs-2"), reviewed.stream().sorted().toList());
    assertEquals(List.of("taskrs-3: it waited for more than 0 s"), givenUp);
  }

  @Test
  void slow_requests_keep_nobody_from_an_answer() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /run-task HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
      }

      HttpRequest health =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health"))
              .timeout(Duration.ofSeconds(5))
              .build();
      assertEquals(200, HTTP.send(health, BodyHandlers.discarding()).statusCode());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void replay_is_answered_and_not_reviewed_again() throws Exception {
    assertEquals(200, post(hcp.request("taskrs-1")));
    assertEquals(200, post(hcp.request("taskrs-1")));
    assertEquals(200, post(hcp.request("taskrs-2")));

    server.close();
    assertEquals(List.of("taskrs-1", "taskrs-2"), reviewed.stream().sorted().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payload_version | 2",
        "task_result_id | ''",
        "access_token | ''",
        "access_token | 'a\nb: c'",
        "access_token | 'token of a run'",
        "access_token | 'token–'",
        "organization_name | ''",
        "plan_json_api_url | 'not a url'"
      })
  void body_that_is_no_run_task_is_refused(String key, String value) throws Exception {
    assertEquals(400, post(hcp.request("taskrs-1").put(key, value)));
    assertNothingReviewed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null"})
  void body_that_is_no_object_is_refused(String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertEquals(400, send("POST", "/run-task", bytes, signature(bytes)));
  }

  @Test
  void long_body_is_refused_before_anything_is_made_of_it() throws Exception {
    assertEquals(413, post(hcp.request("taskrs-1").put("run_message", "x".repeat(70_000))));
    assertNothingReviewed();
  }

  @Test
  void only_what_is_there_is_answered() throws Exception {
    assertEquals(200, send("GET", "/health", new byte[0], ""));
    assertEquals(405, send("GET", "/run-task", new byte[0], ""));
    assertEquals(404, send("GET", "/", new byte[0], ""));
  }

  /** Two are reviewed, 32 wait; HCP Terraform asks again for what it was refused. */
  @Test
  void full_queue_is_said_and_forgets_what_it_did_not_take() throws Exception {
    may.drainPermits();
    for (int i = 0; i < 34; i++) {
      assertEquals(200, post(hcp.request("taskrs-" + i)));
    }

    assertEquals(503, post(hcp.request("taskrs-34")));

    may.release(1000);
    int status = 503;
    for (int i = 0; i < 100 && status == 503; i++) {
      Thread.sleep(20);
      status = post(hcp.request("taskrs-34"));
    }
    assertEquals(200, status);
    server.close();
    assertEquals(35, reviewed.size());
    assertTrue(reviewed.contains("taskrs-34"));
  }

  private void assertNothingReviewed() {
    server.close();
    assertEquals(List.of(), reviewed);
  }

  private int post(ObjectNode request) throws Exception {
    byte[] body = bytes(request);
    return send("POST", "/run-task", body, signature(body));
  }

  private int send(String method, String path, byte[] body, String signature) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("X-TFC-Task-Signature", signature)
                .method(method, BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static byte[] bytes(ObjectNode request) {
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String signature(byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(SharedKeyTest.TEXT.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
    StringBuilder hex = new StringBuilder();
    for (byte part : mac.doFinal(body)) {
      hex.append("%02x".formatted(part));
    }
    return hex.toString();
  }
}
