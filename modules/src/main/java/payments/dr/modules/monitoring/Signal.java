package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;

/** What an alarm watches. */
interface Signal {

  /** Writes itself into an alarm that looks at one value per period. */
  void watchedBy(CloudwatchMetricAlarm.Builder alarm, int periodSeconds);
}
