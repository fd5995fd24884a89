package payments.dr.operations.doctor.deployment;

import java.util.List;
import java.util.function.Predicate;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Whether the alarms of a Region are there, may act, and are quiet.
 *
 * @param topic ARN that the environment's alarms notify, by which they are told from those of
 *     others
 */
public record Alarms(String where, String topic) implements Check {

  @Override
  public String name() {
    return "alarms";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("cloudwatch:DescribeAlarms"));
  }

  @Override
  public Result ask(Clients aws) {
    List<MetricAlarm> alarms =
        aws
            .cloudWatch(where)
            .describeAlarmsPaginator(request -> request.alarmTypes(AlarmType.METRIC_ALARM))
            .metricAlarms()
            .stream()
            .filter(alarm -> alarm.alarmActions().contains(topic))
            .toList();
    List<String> silenced = names(alarms, alarm -> !alarm.actionsEnabled());
    List<String> firing = names(alarms, alarm -> alarm.stateValue() == StateValue.ALARM);
    if (alarms.isEmpty()) {
      return Result.fails("alarms must notify " + topic + ", got none", "deploy again");
    }
    if (!silenced.isEmpty()) {
      return Result.fails(
          "actions of all alarms must be enabled, got disabled: " + String.join(", ", silenced),
          "aws cloudwatch enable-alarm-actions --region %s --alarm-names %s"
              .formatted(where, String.join(" ", silenced)));
    }
    return firing.isEmpty()
        ? Result.ok(alarms.size() + " alarms, none fires")
        : Result.attention("firing: " + String.join(", ", firing), "read their descriptions");
  }

  private static List<String> names(List<MetricAlarm> alarms, Predicate<MetricAlarm> which) {
    return alarms.stream().filter(which).map(MetricAlarm::alarmName).sorted().toList();
  }
}
