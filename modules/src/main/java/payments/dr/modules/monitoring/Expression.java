package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarmMetricQuery;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarmMetricQueryMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value computed from metrics.
 *
 * @param formula in CloudWatch's metric math
 * @param metrics by the name that the formula uses
 */
record Expression(String label, String formula, Map<String, Metric> metrics) implements Signal {

  @Override
  public void watchedBy(CloudwatchMetricAlarm.Builder alarm, int periodSeconds) {
    List<CloudwatchMetricAlarmMetricQuery> queries = new ArrayList<>();
    queries.add(
        CloudwatchMetricAlarmMetricQuery.builder()
            .id("result")
            .label(label)
            .expression(formula)
            .returnData(true)
            .build());
    new TreeMap<>(metrics)
        .forEach(
            (id, metric) ->
                queries.add(
                    CloudwatchMetricAlarmMetricQuery.builder()
                        .id(id)
                        .metric(
                            CloudwatchMetricAlarmMetricQueryMetric.builder()
                                .namespace(metric.namespace())
                                .metricName(metric.name())
                                .stat(metric.statistic())
                                .dimensions(metric.dimensions())
                                .period(periodSeconds)
                                .build())
                        .build()));
    alarm.metricQuery(queries);
  }
}
