package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Memory;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.PortException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

class AwsNotifierTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  private static final Channel DEAF =
      notice -> {
        throw new IllegalStateException("deaf");
      };

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<PutMetricDataRequest> metrics = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void every_channel_gets_one_json() throws Exception {
    notifier(heard::add, heard::add).tell(state(4, Phase.STEADY, 0), suspicion(), seen());

    String first = heard.take();
    assertEquals(first, heard.take());
    JsonNode told = new ObjectMapper().readTree(first);
    assertEquals(
        List.of("environment", "incident", "from", "to", "why", "seen", "act", "version", "t"),
        names(told));
    assertEquals("STEADY", told.get("from").asText());
    assertEquals("SUSPECT", told.get("to").asText());
    assertEquals("Nothing", told.get("act").asText());
    assertEquals(5, told.get("version").asInt());
    assertEquals("DOWN", told.get("seen").get("external").asText());
    assertTrue(told.get("seen").get("heartbeatAt").isNull());
    assertEquals("2026-01-01T00:01:00Z", told.get("t").asText());
  }

  @Test
  void one_that_hears_is_enough() throws Exception {
    notifier(DEAF, heard::add).tell(state(4, Phase.STEADY, 0), suspicion(), seen());

    assertEquals(1, heard.size());
  }

  @Test
  void channel_that_does_not_take_it_is_told_in_the_log() {
    AwsNotifier notifier = notifier(DEAF, DEAF);
    State from = state(4, Phase.STEADY, 0);

    assertThrows(PortException.class, () -> notifier.tell(from, suspicion(), seen()));

    String told = out.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("notice was not taken by"), told);
  }

  @Test
  void interruption_ends_the_wait_and_is_not_forgotten() {
    Channel slow = notice -> sleep(Duration.ofSeconds(20));
    Thread.currentThread().interrupt();

    notifier(slow).tell(state(4, Phase.STEADY, 0), suspicion(), seen());

    assertTrue(Thread.interrupted());
  }

  @Test
  void when_nobody_hears_the_tick_is_told() {
    AwsNotifier notifier = notifier(DEAF, DEAF);
    State from = state(4, Phase.STEADY, 0);

    assertThrows(PortException.class, () -> notifier.tell(from, suspicion(), seen()));
  }

  @Test
  void a_slow_channel_does_not_hold_up_the_act() {
    Channel slow = notice -> sleep(Duration.ofSeconds(20));
    Instant start = Instant.now();

    notifier(slow, slow).tell(state(4, Phase.STEADY, 0), suspicion(), seen());

    Duration waited = Duration.between(start, Instant.now());
    assertTrue(waited.compareTo(Duration.ofSeconds(4)) < 0, waited.toString());
  }

  @Test
  void the_phase_that_ended_is_measured() throws Exception {
    notifier(heard::add).tell(state(4, Phase.STEADY, 0), suspicion(), seen());

    var datum = metrics.take().metricData().get(0);
    assertEquals("PhaseSeconds", datum.metricName());
    assertEquals(60.0, datum.value());
    assertEquals("STEADY", datum.dimensions().get(1).value());
  }

  @Test
  void the_log_is_one_json_a_line() throws Exception {
    AwsNotifier notifier = notifier(heard::add);

    notifier.tell(state(4, Phase.STEADY, 0), suspicion(), seen());
    notifier.trouble(new PortException("broken \"quote\"", new IllegalStateException("deeper")));

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertEquals("phase", new ObjectMapper().readTree(lines.get(0)).get("event").asText());
    JsonNode trouble = new ObjectMapper().readTree(lines.get(1));
    assertTrue(trouble.get("failure").asText().contains("broken \"quote\""));
    assertTrue(trouble.get("cause").asText().contains("deeper"));
  }

  private AwsNotifier notifier(Channel... channels) {
    JsonLog log =
        new JsonLog(new PrintStream(out, true, StandardCharsets.UTF_8), InstantSource.fixed(NOW));
    return new AwsNotifier(
        "prod",
        List.of(channels),
        new MoveMetrics(
            new Metrics(new ListeningCloudWatch(), "PaymentsDr", "prod", log),
            Duration.ofSeconds(20)),
        threads,
        InstantSource.fixed(NOW),
        log);
  }

  private static Decision suspicion() {
    return new Decision(state(5, Phase.SUSPECT, 60), new Act.Nothing());
  }

  private static State state(long version, Phase phase, int sinceSecond) {
    Instant since = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(sinceSecond);
    return new State(
        version, phase, since, Incident.NONE, Memory.EMPTY, Instant.EPOCH, "", "quorum");
  }

  private static Observation seen() {
    return new Observation(
        Health.DOWN,
        Health.DOWN,
        Health.UP,
        "v1",
        new Observation.Database(
            Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN),
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
        new LeaseReading.Unproven(false));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class ListeningCloudWatch implements CloudWatchClient {

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
      metrics.add(request);
      return PutMetricDataResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "monitoring";
    }

    @Override
    public void close() {}
  }
}
