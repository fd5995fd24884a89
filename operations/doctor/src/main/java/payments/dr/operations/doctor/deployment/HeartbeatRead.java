package payments.dr.operations.doctor.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Whether the DR Region's failover controller writes the heartbeat into the database, or reads what
 * the primary Region wrote. Without it, no loss can be estimated, and a person is asked at each
 * failover. The primary Region's controller says nothing of this while the DR Region writes.
 *
 * @param namespace of the controller's metrics
 * @param oldest how old the heartbeat that is read may be: the target of the recovery point
 */
public record HeartbeatRead(
    String where, String namespace, String environment, Duration oldest, InstantSource clock)
    implements Check {

  /** Metrics of the newest minutes may still be missing. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int MINUTE = 60;

  @Override
  public String name() {
    return "heartbeat";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("cloudwatch:GetMetricStatistics"));
  }

  @Override
  public Result ask(Clients aws) {
    CloudWatchClient cloudWatch = aws.cloudWatch(where);
    double written = most(cloudWatch, "Heartbeats", Statistic.SUM, Datapoint::sum).orElse(0);
    if (written > 0) {
      return Result.ok("written into the database here");
    }
    OptionalDouble age =
        most(cloudWatch, "HeartbeatAgeSeconds", Statistic.MAXIMUM, Datapoint::maximum);
    if (age.isEmpty()) {
      return Result.fails(
          "neither written nor read within %d minutes".formatted(WINDOW.toMinutes()),
          "./dr database init %s; ./dr status %s and the controller's log say what is wrong"
              .formatted(environment, environment));
    }
    String found = "read here, at most %.0f s old".formatted(age.getAsDouble());
    return age.getAsDouble() <= oldest.toSeconds()
        ? Result.ok(found)
        : Result.attention(
            found,
            "more than %d s would be lost: look at replication".formatted(oldest.toSeconds()));
  }

  private OptionalDouble most(
      CloudWatchClient cloudWatch,
      String metric,
      Statistic statistic,
      ToDoubleFunction<Datapoint> value) {
    Instant now = clock.instant();
    return cloudWatch
        .getMetricStatistics(
            request ->
                request
                    .namespace(namespace)
                    .metricName(metric)
                    .dimensions(Dimension.builder().name("Environment").value(environment).build())
                    .startTime(now.minus(WINDOW))
                    .endTime(now)
                    .period(MINUTE)
                    .statistics(statistic))
        .datapoints()
        .stream()
        .mapToDouble(value)
        .max();
  }
}
