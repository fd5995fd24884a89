package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.aws.Channel;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.Metrics;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sns.SnsClient;

/** The channels and the metrics, on a local AWS. */
class AwsNotifierIT {

  private static final String NOTICE = "{\"from\":\"STEADY\",\"to\":\"SUSPECT\"}";

  /** Without it, no rule sends to the queue. */
  private static final String LETS_RULES_IN =
      """
      {"Policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Effect\\": \\"Allow\\", \
      \\"Principal\\": {\\"Service\\": \\"events.amazonaws.com\\"}, \\"Action\\": \\"sqs:SendMessage\\", \
      \\"Resource\\": \\"arn:aws:sqs:us-east-2:123456789012:bus-it\\"}]}"}""";

  @TempDir static Path home;

  private static TwoRegions regions;

  @BeforeAll
  static void start() {
    regions = TwoRegions.start(home);
  }

  @AfterAll
  static void stop() {
    regions.close();
  }

  @Test
  void a_topic_and_a_bus_pass_the_notice_on() throws Exception {
    SnsClient sns = regions.client(SnsClient.builder(), TwoRegions.PRIMARY);
    EventBridgeClient events = regions.client(EventBridgeClient.builder(), TwoRegions.DR);
    String topic = sns.createTopic(request -> request.name("primary-topic-it")).topicArn();
    events.createEventBus(request -> request.name("dr-bus-it"));
    String fromTopic = queue(TwoRegions.PRIMARY, "topic-it");
    String fromBus = queue(TwoRegions.DR, "bus-it");
    sns.subscribe(
        request ->
            request
                .topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:123456789012:topic-it")
                .attributes(Map.of("RawMessageDelivery", "true")));
    events.putRule(
        request ->
            request
                .name("it")
                .eventBusName("dr-bus-it")
                .eventPattern(
                    "{\"source\":[\"%s\"],\"detail-type\":[\"%s\"],\"detail\":{\"to\":[\"SUSPECT\"]}}"
                        .formatted(Channel.SOURCE, Channel.DETAIL_TYPE)));
    Target target =
        Target.builder().id("heard").arn("arn:aws:sqs:us-east-2:123456789012:bus-it").build();
    regions.cli(
        TwoRegions.DR,
        "sqs set-queue-attributes --queue-url %s --attributes '%s'"
            .formatted(fromBus, LETS_RULES_IN));
    events.putTargets(request -> request.rule("it").eventBusName("dr-bus-it").targets(target));

    new Channel.Topic(sns, topic).tell(NOTICE);
    new Channel.Bus(events, "dr-bus-it").tell(NOTICE);

    assertEquals(NOTICE, received(TwoRegions.PRIMARY, fromTopic));
    JsonNode event = new ObjectMapper().readTree(received(TwoRegions.DR, fromBus));
    assertEquals(new ObjectMapper().readTree(NOTICE), event.get("detail"));
  }

  @Test
  void a_topic_that_is_not_there_is_a_failure() {
    Channel missing =
        new Channel.Topic(
            regions.client(SnsClient.builder(), TwoRegions.PRIMARY),
            "arn:aws:sns:us-east-1:123456789012:nowhere");

    assertThrows(SdkException.class, () -> missing.tell(NOTICE));
  }

  @Test
  void figures_come_out_of_cloudwatch_as_they_went_in() {
    Metrics metrics =
        new Metrics(
            regions.client(CloudWatchClient.builder(), TwoRegions.DR),
            "PaymentsDr",
            "it",
            new JsonLog(System.out, InstantSource.system()));

    metrics.put(
        List.of(
            metrics.count("Ticks", 26),
            metrics.seconds("MeasuredRtoSeconds", Duration.ofMillis(254_500))));

    assertEquals(26, sum("Ticks"));
    assertEquals(254.5, sum("MeasuredRtoSeconds"));
  }

  private static String queue(String region, String name) {
    return regions.cli(
        region, "sqs create-queue --queue-name " + name + " --query QueueUrl --output text");
  }

  private static String received(String region, String queue) {
    return regions.cli(
        region,
        "sqs receive-message --queue-url " + queue + " --query 'Messages[0].Body' --output text");
  }

  private static double sum(String name) {
    Instant now = Instant.now();
    return Double.parseDouble(
        regions.cli(
            TwoRegions.DR,
            "cloudwatch get-metric-statistics --namespace PaymentsDr --metric-name %s"
                    .formatted(name)
                + " --dimensions Name=Environment,Value=it --statistics Sum --period 3600"
                + " --start-time %s --end-time %s --query 'Datapoints[0].Sum' --output text"
                    .formatted(now.minusSeconds(1800), now.plusSeconds(1800))));
  }
}
