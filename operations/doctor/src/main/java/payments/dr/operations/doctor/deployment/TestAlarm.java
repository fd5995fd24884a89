package payments.dr.operations.doctor.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Tries whether alarms of a Region reach its topic: what CloudWatch may not publish or encrypt is
 * told in the history of the alarm and nowhere else.
 *
 * <p>It writes, and is asked for. It gives a state to the one alarm that is there for this, and
 * takes it away again, also when the program is interrupted. The state is OK: an alarm that goes
 * off would wake the failover controller. If even that fails, CloudWatch takes the state away when
 * it next looks at the alarm, which has no data, within a minute.
 *
 * @param alarm its name
 * @param topic ARN that the alarm notifies
 * @param pause between two looks at the history
 */
public record TestAlarm(
    String where, String account, String alarm, String topic, InstantSource clock, Runnable pause)
    implements Check {

  /** Looks at the history; an action is on record within seconds. */
  private static final int LOOKS = 30;

  /** SNS counts its deliveries some minutes late: those of the try are seen by the next one. */
  private static final Duration WINDOW = Duration.ofHours(3);

  private static final String SUCCEEDED = "Successfully executed action";

  @Override
  public String name() {
    return "test alarm";
  }

  @Override
  public List<Permission> permissions() {
    String arn = "arn:aws:cloudwatch:%s:%s:alarm:%s".formatted(where, account, alarm);
    return List.of(
        Permission.of("cloudwatch:DescribeAlarms"),
        Permission.of("cloudwatch:GetMetricStatistics"),
        new Permission("cloudwatch:DescribeAlarmHistory", arn),
        new Permission("cloudwatch:SetAlarmState", arn));
  }

  @Override
  public Result ask(Clients aws) {
    CloudWatchClient cloudWatch = aws.cloudWatch(where);
    List<MetricAlarm> found =
        cloudWatch.describeAlarms(request -> request.alarmNames(alarm)).metricAlarms();
    if (found.isEmpty()) {
      return Result.fails("alarm " + alarm + " must be there, got none", "deploy again");
    }
    Runnable takeAway = () -> set(cloudWatch, StateValue.INSUFFICIENT_DATA);
    Thread interrupted = new Thread(takeAway, "test alarm");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      if (found.get(0).stateValue() != StateValue.INSUFFICIENT_DATA) {
        takeAway.run(); // only a change is told
      }
      return act(cloudWatch);
    } finally {
      if (isStillOurs(interrupted)) {
        takeAway.run();
      }
    }
  }

  /** Whether the program goes on; otherwise the thread runs, or has run. */
  private static boolean isStillOurs(Thread interrupted) {
    try {
      return Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private Result act(CloudWatchClient cloudWatch) {
    Optional<AlarmHistoryItem> before = lastAction(cloudWatch);
    set(cloudWatch, StateValue.OK);
    for (int look = 0; look < LOOKS; look++) {
      Optional<AlarmHistoryItem> last = lastAction(cloudWatch);
      if (!last.equals(before)) {
        return judge(cloudWatch, last.orElseThrow());
      }
      pause.run();
    }
    return Result.fails(
        "an action of %s must be on record after %d s, got none".formatted(alarm, LOOKS),
        "its actions must be enabled and OK must notify " + topic + ": deploy again");
  }

  private Result judge(CloudWatchClient cloudWatch, AlarmHistoryItem action) {
    if (!action.historySummary().startsWith(SUCCEEDED)) {
      return Result.fails(
          String.join(" ", action.historySummary().lines().toList()),
          "no alarm of this Region reaches anybody: the policies of the topic and of its key must"
              + " let cloudwatch.amazonaws.com in; deploy again");
    }
    int failed = failedDeliveries(cloudWatch);
    String published = "the topic took a message at " + action.timestamp();
    return failed == 0
        ? Result.ok(published + "; ask those who are subscribed whether it arrived")
        : Result.attention(
            "%s, and %d deliveries failed in %d hours"
                .formatted(published, failed, WINDOW.toHours()),
            "aws sns list-subscriptions-by-topic --region %s --topic-arn %s tells to whom"
                .formatted(where, topic));
  }

  private Optional<AlarmHistoryItem> lastAction(CloudWatchClient cloudWatch) {
    return cloudWatch
        .describeAlarmHistory(
            request ->
                request
                    .alarmName(alarm)
                    .historyItemType(HistoryItemType.ACTION)
                    .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                    .maxRecords(1))
        .alarmHistoryItems()
        .stream()
        .findFirst();
  }

  private void set(CloudWatchClient cloudWatch, StateValue state) {
    cloudWatch.setAlarmState(
        request ->
            request
                .alarmName(alarm)
                .stateValue(state)
                .stateReason("./dr doctor --test-alarm tries whether alarms reach people"));
  }

  private int failedDeliveries(CloudWatchClient cloudWatch) {
    Instant now = clock.instant();
    return (int)
        cloudWatch
            .getMetricStatistics(
                request ->
                    request
                        .namespace("AWS/SNS")
                        .metricName("NumberOfNotificationsFailed")
                        .dimensions(
                            Dimension.builder()
                                .name("TopicName")
                                .value(topic.substring(topic.lastIndexOf(':') + 1))
                                .build())
                        .startTime(now.minus(WINDOW))
                        .endTime(now)
                        .period((int) WINDOW.toSeconds())
                        .statistics(Statistic.SUM))
            .datapoints()
            .stream()
            .mapToDouble(Datapoint::sum)
            .sum();
  }
}
