package payments.dr.operations.doctor.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/**
 * Whether alarms hear anything. CloudWatch takes an alarm on a metric that nobody publishes, for
 * instance because a dimension is another one, and most alarms here take silence for health.
 *
 * @param topics by Region, the topic that the environment's alarms notify
 */
public record MetricsArrive(Map<String, String> topics, InstantSource clock) implements Check {

  /** Each is published all the time, in either Region. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "AWS/ApplicationELB UnHealthyHostCount",
          "AWS/Lambda Invocations",
          "AWS/RDS CPUUtilization",
          "AWS/RDS DatabaseConnections");

  /** Each is published all the time in the Region that follows, and may be in the other. */
  private static final Set<String> WHERE_IT_FOLLOWS =
      Set.of("AWS/RDS AuroraGlobalDBRPOLag", "PaymentsDr ReplicationLagMillis");

  private static final Duration WINDOW = Duration.ofHours(3);

  /** What an alarm that was just made watches may not be there yet. */
  private static final Duration NEW = Duration.ofHours(1);

  private static final int HOUR = 3600;

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public String where() {
    return "global";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("cloudwatch:DescribeAlarms"), Permission.of("cloudwatch:GetMetricData"));
  }

  @Override
  public Result ask(Clients aws) {
    Set<String> silent = new TreeSet<>();
    Set<String> toldSomewhere = new TreeSet<>();
    int asked = 0;
    for (Map.Entry<String, String> one : topics.entrySet()) {
      String region = one.getKey();
      CloudWatchClient cloudWatch = aws.cloudWatch(region);
      List<Metric> metrics = watched(cloudWatch, one.getValue());
      Set<Metric> told = told(cloudWatch, metrics);
      for (Metric metric : metrics) {
        if (told.contains(metric)) {
          toldSomewhere.add(kind(metric));
        } else {
          silent.add("%s%s in %s".formatted(kind(metric), dimensions(metric), region));
        }
      }
      asked += metrics.size();
    }
    silent.removeIf(
        metric ->
            WHERE_IT_FOLLOWS.stream()
                .anyMatch(kind -> metric.startsWith(kind) && toldSomewhere.contains(kind)));
    if (asked == 0) {
      return Result.attention(
          "no alarm on a metric that is always published is older than an hour",
          "ask again in an hour: nothing was looked at");
    }
    return silent.isEmpty()
        ? Result.ok("%d that alarms watch, all with data".formatted(asked))
        : Result.fails(
            "nothing within %d hours of: %s".formatted(WINDOW.toHours(), String.join("; ", silent)),
            "see what stopped, or which dimensions CloudWatch has: the alarms hear nothing");
  }

  private List<Metric> watched(CloudWatchClient cloudWatch, String topic) {
    Instant old = clock.instant().minus(NEW);
    return cloudWatch
        .describeAlarmsPaginator(request -> request.alarmTypes(AlarmType.METRIC_ALARM))
        .metricAlarms()
        .stream()
        .filter(alarm -> alarm.alarmActions().contains(topic))
        .filter(alarm -> alarm.alarmConfigurationUpdatedTimestamp().isBefore(old))
        .flatMap(MetricsArrive::metrics)
        .filter(metric -> EVERYWHERE.contains(kind(metric)) || follows(metric))
        .distinct()
        .toList();
  }

  private static Stream<Metric> metrics(MetricAlarm alarm) {
    return alarm.metricName() == null
        ? alarm.metrics().stream()
            .map(MetricDataQuery::metricStat)
            .filter(stat -> stat != null)
            .map(MetricStat::metric)
        : Stream.of(
            Metric.builder()
                .namespace(alarm.namespace())
                .metricName(alarm.metricName())
                .dimensions(alarm.dimensions())
                .build());
  }

  private static boolean follows(Metric metric) {
    return WHERE_IT_FOLLOWS.contains(kind(metric));
  }

  private Set<Metric> told(CloudWatchClient cloudWatch, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return Set.of();
    }
    Instant now = clock.instant();
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      queries.add(
          MetricDataQuery.builder()
              .id("m" + i)
              .metricStat(stat -> stat.metric(metric).period(HOUR).stat("SampleCount"))
              .build());
    }
    return cloudWatch
        .getMetricDataPaginator(
            request -> request.startTime(now.minus(WINDOW)).endTime(now).metricDataQueries(queries))
        .metricDataResults()
        .stream()
        .filter(MetricDataResult::hasValues)
        .filter(result -> !result.values().isEmpty())
        .map(result -> metrics.get(Integer.parseInt(result.id().substring(1))))
        .collect(Collectors.toSet());
  }

  private static String kind(Metric metric) {
    return metric.namespace() + " " + metric.metricName();
  }

  private static String dimensions(Metric metric) {
    return metric.dimensions().stream()
        .map(Dimension::value)
        .sorted()
        .collect(Collectors.joining(", ", " of ", ""));
  }
}
