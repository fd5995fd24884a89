package payments.dr.operations.doctor.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What the one check that writes does to its alarm, and what it makes of the alarm's history. */
class TestAlarmTest {

  private static final String ALARM = "dr-test-alarm-prod";
  private static final String TOPIC = "arn:aws:sns:us-east-2:222222222222:dr-alerts-prod";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String SUCCEEDED = "Successfully executed action " + TOPIC;

  private final FakeAws aws = new FakeAws();
  private final List<StateValue> states = new ArrayList<>();
  private final List<AlarmHistoryItem> history = new ArrayList<>();
  private int pauses;

  private final TestAlarm check =
      new TestAlarm("us-east-2", "222222222222", ALARM, TOPIC, () -> NOW, () -> pauses++);

  @Test
  void message_that_the_topic_took_is_told_with_its_time() {
    answer(StateValue.INSUFFICIENT_DATA, SUCCEEDED);

    assertOk(aws.ask(check), "took a message at 2026-05-01T12:00:01Z");

    assertEquals(List.of(StateValue.OK, StateValue.INSUFFICIENT_DATA), states);
    assertEquals(0, pauses);
  }

  /** Nobody else is told of it. */
  @Test
  void refusal_fails_with_its_reason() {
    answer(
        StateValue.INSUFFICIENT_DATA,
        "Failed to execute action %s. Received error: \"CloudWatch Alarms does not have authorization to access the SNS topic encryption key.\""
            .formatted(TOPIC));

    assertNotOk(
        FAILS, aws.ask(check), "does not have authorization", "let cloudwatch.amazonaws.com in");

    assertEquals(List.of(StateValue.OK, StateValue.INSUFFICIENT_DATA), states);
  }

  @Test
  void action_of_an_earlier_try_is_not_taken_for_this_ones() {
    history.add(item(SUCCEEDED, NOW.minusSeconds(60)));
    answer(StateValue.INSUFFICIENT_DATA, null);

    assertNotOk(FAILS, aws.ask(check), "after 30 s, got none", "must notify " + TOPIC);

    assertEquals(30, pauses);
    assertEquals(List.of(StateValue.OK, StateValue.INSUFFICIENT_DATA), states);
  }

  /** CloudWatch tells changes only. */
  @Test
  void state_that_an_interrupted_try_has_left_is_taken_away_first() {
    answer(StateValue.OK, SUCCEEDED);

    assertOk(aws.ask(check), "took a message");

    assertEquals(
        List.of(StateValue.INSUFFICIENT_DATA, StateValue.OK, StateValue.INSUFFICIENT_DATA), states);
  }

  @Test
  void state_is_taken_away_when_the_history_cannot_be_read() {
    answer(StateValue.INSUFFICIENT_DATA, SUCCEEDED);
    CloudWatchException refused =
        (CloudWatchException) CloudWatchException.builder().message("refused").build();
    aws.on(
        DescribeAlarmHistoryRequest.class,
        asked -> {
          if (states.contains(StateValue.OK)) {
            throw refused;
          }
          return DescribeAlarmHistoryResponse.builder().build();
        });

    assertEquals(refused, assertThrows(CloudWatchException.class, () -> aws.ask(check)));

    assertEquals(List.of(StateValue.OK, StateValue.INSUFFICIENT_DATA), states);
  }

  @Test
  void alarm_that_is_not_there_is_not_set() {
    aws.on(DescribeAlarmsRequest.class, DescribeAlarmsResponse.builder().build());

    assertNotOk(FAILS, aws.ask(check), "alarm dr-test-alarm-prod must be there", "deploy again");

    assertEquals(List.of("cloudwatch:DescribeAlarms"), aws.actions());
  }

  @Test
  void deliveries_that_failed_want_attention() {
    answer(StateValue.INSUFFICIENT_DATA, SUCCEEDED);
    failedDeliveries(2);

    assertNotOk(
        ATTENTION, aws.ask(check), "2 deliveries failed in 3 hours", "list-subscriptions-by-topic");
  }

  /**
   * Answers as CloudWatch does, which acts once the alarm goes to OK; not at all without a text.
   */
  private void answer(StateValue state, String summary) {
    aws.on(
            DescribeAlarmsRequest.class,
            DescribeAlarmsResponse.builder()
                .metricAlarms(MetricAlarm.builder().alarmName(ALARM).stateValue(state).build())
                .build())
        .on(
            SetAlarmStateRequest.class,
            asked -> {
              states.add(asked.stateValue());
              if (asked.stateValue() == StateValue.OK && summary != null) {
                history.add(0, item(summary, NOW.plusSeconds(1)));
              }
              return SetAlarmStateResponse.builder().build();
            })
        .on(
            DescribeAlarmHistoryRequest.class,
            asked -> DescribeAlarmHistoryResponse.builder().alarmHistoryItems(history).build());
    failedDeliveries(0);
  }

  private void failedDeliveries(double sum) {
    aws.on(
        GetMetricStatisticsRequest.class,
        GetMetricStatisticsResponse.builder()
            .datapoints(Datapoint.builder().sum(sum).build())
            .build());
  }

  private static AlarmHistoryItem item(String summary, Instant at) {
    return AlarmHistoryItem.builder()
        .alarmName(ALARM)
        .historySummary(summary)
        .timestamp(at)
        .build();
  }
}
