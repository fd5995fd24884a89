package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.SimulatedRegions;
import payments.dr.operations.drill.load.AcknowledgedPayment;
import payments.dr.operations.drill.load.Load;
import payments.dr.operations.drill.load.PaymentClient;
import payments.dr.operations.drill.load.PaymentJournal;

/** What the page of a sandbox is told, and by whom it may be read. */
class SandboxTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedRegions world = new SimulatedRegions();
  private final ControllerClient controller = world.client("local", Optional.empty());
  private String phase = "STEADY";
  private int counted;

  @Test
  void page_is_told_the_status_the_payments_and_what_is_broken() throws Exception {
    JsonNode state = afterOnePayment(client -> status());

    assertEquals("us-east-1", state.at("/regions/primary").asText());
    assertEquals("us-east-2", state.at("/regions/dr").asText());
    assertEquals("STEADY", state.at("/status/phase").asText());
    assertEquals("gray", state.at("/faults/us-east-1/0").asText());
    assertEquals(1, state.path("acknowledged").asInt());
    assertEquals(1, state.at("/seconds/0/accepted/us-east-1").asInt());
    assertFalse(state.has("failure"));
    assertFalse(state.has("lost"), "nobody failed over");
  }

  @Test
  void payments_are_shown_while_the_ledger_does_not_answer() throws Exception {
    JsonNode state =
        afterOnePayment(
            client -> {
              throw new LedgerUnavailableException("ledger must answer", new IOException("dark"));
            });

    assertEquals("ledger must answer", state.path("failure").asText());
    assertFalse(state.has("status"));
    assertEquals(1, state.path("acknowledged").asInt());
  }

  @Test
  void lost_payments_are_counted_once_after_each_failover() throws Exception {
    Load load = load();
    SandboxState state = state(load, client -> status());

    for (String next : new String[] {"STEADY", "PROMOTING", "FAILED_OVER", "FAILED_OVER"}) {
      phase = next;
      assertEquals(next.equals("FAILED_OVER"), JSON.readTree(state.json()).has("lost"), next);
    }
    assertEquals(1, counted);
    phase = "STEADY";
    assertEquals(1, JSON.readTree(state.json()).path("lost").asInt(), "it is still known");
    phase = "FAILED_OVER";

    assertEquals(2, JSON.readTree(state.json()).path("lost").asInt());
  }

  @Test
  void a_fail_back_that_is_given_up_is_no_failover() throws Exception {
    SandboxState state = state(load(), client -> status());

    for (String next : new String[] {"STEADY", "FAILED_OVER", "LOOSENING", "FAILED_OVER"}) {
      phase = next;
      state.json();
    }

    assertEquals(1, counted);
  }

  /** As after Ctrl-C: what that failover lost, another process has counted. */
  @Test
  void a_failover_before_the_page_began_is_not_counted() throws Exception {
    phase = "FAILED_OVER";

    assertFalse(JSON.readTree(state(load(), client -> status()).json()).has("lost"));
  }

  @Test
  void a_failover_is_not_charged_with_what_another_one_lost() throws Exception {
    Load load = payOnce();
    SandboxState state = state(load, client -> status(), List::size);
    for (String next : new String[] {"STEADY", "FAILED_OVER"}) {
      phase = next;
      state.json();
    }
    phase = "STEADY";
    assertEquals(1, JSON.readTree(state.json()).path("lost").asInt());
    phase = "FAILED_OVER";

    assertEquals(0, JSON.readTree(state.json()).path("lost").asInt());
  }

  @Test
  void database_that_aws_does_not_find_is_told_and_ends_nothing() throws Exception {
    SandboxState state =
        state(
            load(),
            client -> status(),
            payments -> {
              throw new BadInputException("global database global-db-local must have a writer");
            });
    state.json();
    phase = "FAILED_OVER";

    JsonNode shown = JSON.readTree(state.json());

    assertEquals(
        "global database global-db-local must have a writer", shown.path("failure").asText());
    assertEquals("FAILED_OVER", shown.at("/status/phase").asText());
  }

  @Test
  void payments_of_hours_ago_are_counted_and_not_kept() throws Exception {
    Load load = payOnce();
    SandboxState state = state(load, client -> status());
    world.sleepUntil(world.instant().plus(Duration.ofHours(2)));

    assertEquals(1, JSON.readTree(state.json()).path("acknowledged").asInt());

    assertEquals(List.of(), load.tally().acknowledged());
  }

  @Test
  void page_has_all_that_it_needs_in_itself() throws Exception {
    try (SandboxPage page = SandboxPage.open(0)) {
      HttpResponse<String> answer = get(page.address());

      assertEquals(200, answer.statusCode());
      assertTrue(
          answer
              .headers()
              .firstValue("Content-Security-Policy")
              .orElseThrow()
              .startsWith("default-src 'none';"));
      assertFalse(
          Pattern.compile("\\b(src|href)=|@import|url\\(|https?://(?!www\\.w3\\.org/2000/svg)")
              .matcher(answer.body())
              .find(),
          "a resource from elsewhere");
    }
  }

  @Test
  void newest_state_is_served_and_nothing_else() throws Exception {
    try (SandboxPage page = SandboxPage.open(0)) {
      page.show("{\"a\": 1}");
      page.show("{\"a\": 2}");

      assertEquals("{\"a\": 2}", get(page.address() + "state").body());
      assertEquals(404, get(page.address() + "etc/passwd").statusCode());
    }
  }

  /** A page of somebody else's name that leads to this machine. */
  @Test
  void who_asks_for_another_host_reads_nothing() throws Exception {
    try (SandboxPage page = SandboxPage.open(0);
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort())) {
      page.show("{\"secret\": 1}");
      socket
          .getOutputStream()
          .write(
              "GET /state HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
      assertFalse(answer.contains("secret"), answer);
    }
  }

  @Test
  void taken_port_is_told_with_a_way_out() {
    try (SandboxPage page = SandboxPage.open(0)) {
      int taken = URI.create(page.address()).getPort();

      assertEquals(
          "--port must be a free one on 127.0.0.1, got %d (Address already in use): make sandbox PORT=8700 takes another"
              .formatted(taken),
          assertThrows(BadInputException.class, () -> SandboxPage.open(taken)).getMessage());
    }
  }

  private JsonNode afterOnePayment(StatusReport status) throws Exception {
    return JSON.readTree(state(payOnce(), status).json());
  }

  private Load payOnce() throws InterruptedException {
    Load load = load();
    load.start(1);
    while (load.tally().acknowledged().isEmpty()) {
      Thread.sleep(5);
    }
    load.close();
    return load;
  }

  private Load load() {
    return new Load(
        key -> new PaymentClient.Answer("us-east-1", "1", "201"),
        new PaymentJournal(Writer.nullWriter()),
        world);
  }

  private SandboxState state(Load load, StatusReport status) {
    return state(load, status, payments -> ++counted);
  }

  private SandboxState state(
      Load load, StatusReport status, ToIntFunction<List<AcknowledgedPayment>> lost) {
    JsonNode faults =
        JsonNodeFactory.instance
            .objectNode()
            .set("us-east-1", JsonNodeFactory.instance.arrayNode().add("gray"));
    return new SandboxState(controller, status, () -> faults, load.tally(), lost);
  }

  private String status() {
    String writer = List.of("STEADY", "PROMOTING").contains(phase) ? "PRIMARY" : "DR";
    return "{\"phase\": \"%s\", \"database\": {\"writer\": \"%s\"}}".formatted(phase, writer);
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
