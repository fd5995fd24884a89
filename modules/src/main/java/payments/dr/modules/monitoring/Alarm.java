package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import java.util.List;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * An alarm as one declaration; each method returns a changed copy.
 *
 * @param description what it means and what to do, for the person whom it wakes
 * @param datapoints of the last {@code periods} values, how many must be bad
 * @param missingData what a value that never came counts as
 */
record Alarm(
    String name,
    String description,
    Signal signal,
    String comparison,
    long threshold,
    int periodSeconds,
    int datapoints,
    int periods,
    String missingData) {

  /** Bad in two of the last three minutes; silence is good unless said otherwise. */
  static Alarm named(String name) {
    return new Alarm(name, "", null, "GreaterThanThreshold", 0, 60, 2, 3, "notBreaching");
  }

  Alarm whenAbove(long limit, Signal watched) {
    return when("GreaterThanThreshold", limit, watched);
  }

  Alarm whenBelow(long limit, Signal watched) {
    return when("LessThanThreshold", limit, watched);
  }

  Alarm in(int bad, int ofLast) {
    return new Alarm(
        name, description, signal, comparison, threshold, periodSeconds, bad, ofLast, missingData);
  }

  Alarm everySeconds(int seconds) {
    return new Alarm(
        name,
        description,
        signal,
        comparison,
        threshold,
        seconds,
        datapoints,
        periods,
        missingData);
  }

  Alarm silenceIsBad() {
    return silence("breaching");
  }

  /** Then it neither goes off nor clears. */
  Alarm silenceIsUnknown() {
    return silence("missing");
  }

  private Alarm silence(String countsAs) {
    return new Alarm(
        name,
        description,
        signal,
        comparison,
        threshold,
        periodSeconds,
        datapoints,
        periods,
        countsAs);
  }

  /** {@code format} as in {@link String#format}. */
  Alarm saying(String format, Object... values) {
    return new Alarm(
        name,
        format.formatted(values),
        signal,
        comparison,
        threshold,
        periodSeconds,
        datapoints,
        periods,
        missingData);
  }

  /**
   * Ends what it says with what to do first.
   *
   * @param command of {@code ./dr}, such as {@code status prod}
   * @param page of this project, with a heading where it has several
   */
  Alarm first(String command, String page) {
    return saying("%s First run `./dr %s`, then read %s.", description, command, page);
  }

  /** Creates it, speaking and clearing on the topic of its Region. */
  Reference create(Component scope, String id, Region region, String topicArn) {
    CloudwatchMetricAlarm.Builder builder =
        CloudwatchMetricAlarm.Builder.create(scope, id)
            .provider(region.provider())
            .alarmName(name)
            .alarmDescription(description)
            .comparisonOperator(comparison)
            .threshold(threshold)
            .datapointsToAlarm(datapoints)
            .evaluationPeriods(periods)
            .treatMissingData(missingData)
            .alarmActions(List.of(topicArn))
            .okActions(List.of(topicArn));
    signal.watchedBy(builder, periodSeconds);
    builder.build();
    return Reference.to(scope, CloudwatchMetricAlarm.TF_RESOURCE_TYPE, id);
  }

  private Alarm when(String operator, long limit, Signal watched) {
    return new Alarm(
        name,
        description,
        watched,
        operator,
        limit,
        periodSeconds,
        datapoints,
        periods,
        missingData);
  }
}
