package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudWatch metric, the same in alarms and on dashboards.
 *
 * @param dimensions all that the service reports it under: with one too few CloudWatch finds
 *     nothing, and an alarm stays silent for ever
 */
record Metric(String namespace, String name, String statistic, Map<String, String> dimensions)
    implements Signal {

  static Metric average(String namespace, String name) {
    return new Metric(namespace, name, "Average", Map.of());
  }

  static Metric maximum(String namespace, String name) {
    return new Metric(namespace, name, "Maximum", Map.of());
  }

  static Metric minimum(String namespace, String name) {
    return new Metric(namespace, name, "Minimum", Map.of());
  }

  static Metric sum(String namespace, String name) {
    return new Metric(namespace, name, "Sum", Map.of());
  }

  Metric of(String dimension, String value) {
    Map<String, String> added = new LinkedHashMap<>(dimensions);
    added.put(dimension, value);
    return new Metric(namespace, name, statistic, added);
  }

  @Override
  public void watchedBy(CloudwatchMetricAlarm.Builder alarm, int periodSeconds) {
    alarm
        .namespace(namespace)
        .metricName(name)
        .statistic(statistic)
        .dimensions(dimensions)
        .period(periodSeconds);
  }

  /** The row of a dashboard's widget. */
  List<Object> onDashboard(String label) {
    List<Object> row = new ArrayList<>(List.of(namespace, name));
    dimensions.forEach(
        (dimension, value) -> {
          row.add(dimension);
          row.add(value);
        });
    row.add(Map.of("stat", statistic, "label", label));
    return row;
  }
}
