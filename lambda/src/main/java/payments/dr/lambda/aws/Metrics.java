package payments.dr.lambda.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * What the function measures, in this Region's CloudWatch.
 *
 * @param environment dimension of every metric
 */
public record Metrics(CloudWatchClient client, String namespace, String environment, JsonLog log) {

  /** Writes figures as far as CloudWatch takes them. Never throws: no figure is worth a tick. */
  public void put(List<MetricDatum> data) {
    if (data.isEmpty()) {
      return;
    }
    try {
      client.putMetricData(request -> request.namespace(namespace).metricData(data));
    } catch (SdkException e) {
      log.trouble("metrics could not be put", e);
    }
  }

  public MetricDatum count(String name, int value) {
    return datum(name, StandardUnit.COUNT, value, List.of());
  }

  public MetricDatum seconds(String name, Duration value, Dimension... more) {
    return datum(name, StandardUnit.SECONDS, value.toMillis() / 1000.0, List.of(more));
  }

  public MetricDatum millis(String name, Duration value) {
    return datum(name, StandardUnit.MILLISECONDS, (double) value.toMillis(), List.of());
  }

  static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private MetricDatum datum(String name, StandardUnit unit, double value, List<Dimension> more) {
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(dimension("Environment", environment));
    dimensions.addAll(more);
    return MetricDatum.builder()
        .metricName(name)
        .unit(unit)
        .value(value)
        .dimensions(dimensions)
        .build();
  }
}
