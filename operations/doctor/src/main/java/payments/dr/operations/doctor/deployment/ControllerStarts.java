package payments.dr.operations.doctor.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Whether a Region's failover controller is started every minute, and its starts do not fail.
 *
 * @param function its name
 */
public record ControllerStarts(String where, String function, InstantSource clock)
    implements Check {

  /** Metrics of the newest minutes may still be missing. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int FEWEST = 5;
  private static final int MINUTE = 60;

  @Override
  public String name() {
    return "failover controller";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("cloudwatch:GetMetricStatistics"));
  }

  @Override
  public Result ask(Clients aws) {
    CloudWatchClient cloudWatch = aws.cloudWatch(where);
    int starts = sum(cloudWatch, "Invocations");
    int errors = sum(cloudWatch, "Errors");
    String found =
        "%d starts in %d minutes, %d failed".formatted(starts, WINDOW.toMinutes(), errors);
    if (starts < FEWEST) {
      return Result.fails(
          found, "look at the schedule of %s and its role in %s".formatted(function, where));
    }
    return errors == 0
        ? Result.ok(found)
        : Result.attention(
            found, "log group /aws/lambda/%s in %s says why".formatted(function, where));
  }

  private int sum(CloudWatchClient cloudWatch, String metric) {
    Instant now = clock.instant();
    return (int)
        cloudWatch
            .getMetricStatistics(
                request ->
                    request
                        .namespace("AWS/Lambda")
                        .metricName(metric)
                        .dimensions(
                            Dimension.builder().name("FunctionName").value(function).build())
                        .startTime(now.minus(WINDOW))
                        .endTime(now)
                        .period(MINUTE)
                        .statistics(Statistic.SUM))
            .datapoints()
            .stream()
            .mapToDouble(Datapoint::sum)
            .sum();
  }
}
