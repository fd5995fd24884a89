package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** How people, other systems and CloudWatch are told. */
class ChannelTest {

  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private StandInAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = StandInAws.start();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void topic_gets_the_notice_as_it_is() {
    aws.answers("Publish", "<PublishResponse/>");

    topic().tell("{\"to\":\"SUSPECT\"}");

    StandInAws.Call call = aws.call("Publish");
    assertEquals(TOPIC, call.parameters().get("TopicArn"));
    assertEquals("{\"to\":\"SUSPECT\"}", call.parameters().get("Message"));
    assertEquals(TOPIC, topic().toString());
  }

  @Test
  void topic_that_does_not_take_it_fails() {
    aws.answers("Publish", 403);

    assertThrows(SdkException.class, () -> topic().tell("{}"));
  }

  @Test
  void bus_gets_an_event_that_rules_can_match() throws IOException {
    aws.answers("PutEvents", "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}");

    bus().tell("{\"to\":\"SUSPECT\"}");

    JsonNode entry = new ObjectMapper().readTree(aws.call("PutEvents").body()).at("/Entries/0");
    assertEquals("dr-bus", entry.get("EventBusName").asText());
    assertEquals("payments-dr.failover", entry.get("Source").asText());
    assertEquals("Failover phase changed", entry.get("DetailType").asText());
    assertEquals("{\"to\":\"SUSPECT\"}", entry.get("Detail").asText());
    assertEquals("event bus dr-bus", bus().toString());
  }

  /** EventBridge answers 200 all the same. */
  @Test
  void event_that_the_bus_does_not_take_fails() {
    aws.answers(
        "PutEvents", "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"Throttled\"}]}");

    String told = assertThrows(IllegalStateException.class, () -> bus().tell("{}")).getMessage();

    assertTrue(told.startsWith("event bus dr-bus must take the event, got "), told);
    assertTrue(told.contains("Throttled"), told);
  }

  @Test
  void figures_have_their_units_and_the_environment() {
    MetricDatum count = metrics().count("Ticks", 3);
    assertEquals("Ticks", count.metricName());
    assertEquals("Count", count.unitAsString());
    assertEquals(3, count.value());
    assertEquals(List.of(Metrics.dimension("Environment", "prod")), count.dimensions());

    MetricDatum seconds =
        metrics().seconds("Age", Duration.ofMillis(1500), Metrics.dimension("Phase", "STEADY"));
    assertEquals("Seconds", seconds.unitAsString());
    assertEquals(1.5, seconds.value());
    assertEquals(Metrics.dimension("Phase", "STEADY"), seconds.dimensions().get(1));

    MetricDatum millis = metrics().millis("Lag", Duration.ofMillis(1500));
    assertEquals("Milliseconds", millis.unitAsString());
    assertEquals(1500, millis.value());
  }

  @Test
  void figures_are_put_together_and_none_are_not_put() {
    aws.answers("PutMetricData", "\u00a0");

    metrics().put(List.of());
    assertEquals(List.of(), aws.asked());

    metrics().put(List.of(metrics().count("Ticks", 3), metrics().count("Heartbeats", 2)));
    String body = aws.call("PutMetricData").body();
    assertTrue(
        body.contains("PaymentsDr") && body.contains("Ticks") && body.contains("Heartbeats"));
    assertEquals("", log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void figures_that_cloudwatch_does_not_take_are_told_and_hold_up_nothing() {
    aws.answers("PutMetricData", 403);

    assertDoesNotThrow(() -> metrics().put(List.of(metrics().count("Ticks", 3))));

    assertTrue(log.toString(StandardCharsets.UTF_8).contains("metrics could not be put"));
  }

  private Channel topic() {
    return new Channel.Topic(
        aws.clients().client(SnsClient.builder(), "us-east-1", StandInAws.PATIENT), TOPIC);
  }

  private Channel bus() {
    return new Channel.Bus(
        aws.clients().client(EventBridgeClient.builder(), "us-east-2", StandInAws.PATIENT),
        "dr-bus");
  }

  private Metrics metrics() {
    return new Metrics(
        aws.clients().client(CloudWatchClient.builder(), "us-east-2", StandInAws.PATIENT),
        "PaymentsDr",
        "prod",
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system()));
  }
}
