package payments.dr.modules.monitoring;

import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * The alarm of one Region by which {@code ./dr doctor --test-alarm} tries the way to people. Nobody
 * publishes its metric, so that it has no state until it is given one, and loses that again. It is
 * set to OK, which its topic is told of; an alarm that goes off would wake the failover controller.
 */
public final class TestAlarm extends Component {

  public TestAlarm(Region region, String id, TestAlarmProps props) {
    super(region, id);
    Alarm.named(props.names().regional(region.role(), "test-alarm"))
        .whenAbove(
            0,
            Metric.sum(props.metricsNamespace(), "NeverPublished")
                .of("Environment", props.names().environment()))
        .silenceIsUnknown()
        .saying(
            "Tries whether alarms of %s reach people, when a person asks. Nothing is wrong.",
            region.name())
        .first(
            "doctor " + props.names().environment() + " --test-alarm",
            "docs/deploy/aws.md#is-the-account-ready")
        .create(this, "alarm", region, props.topicArn());
  }
}
