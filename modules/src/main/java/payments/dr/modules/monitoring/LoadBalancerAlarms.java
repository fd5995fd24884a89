package payments.dr.modules.monitoring;

import java.util.Map;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Alarms on what customers meet first in one Region: hosts that fail, requests that fail. */
public final class LoadBalancerAlarms extends Component {

  /**
   * RequestCount leaves out what the load balancer answers itself, so those errors belong below the
   * line too: with all hosts gone, every request is such an error and RequestCount is zero.
   */
  private static final String PERCENT =
      "100 * (FILL(own, 0) + FILL(target, 0)) / (FILL(requests, 0) + FILL(own, 0))";

  public LoadBalancerAlarms(Region region, String id, LoadBalancerAlarmsProps props) {
    super(region, id);
    MonitoringSettings settings = props.settings();
    LoadBalancerDimensions loadBalancer = props.loadBalancer();
    Alarm.named(props.names().regional(region.role(), "unhealthy-alarm"))
        .whenAbove(settings.unhealthyHostThreshold(), loadBalancer.unhealthyHosts())
        // A fleet without hosts reports nothing at all.
        .silenceIsBad()
        .saying(
            "Hosts behind the load balancer of %s fail their health check, or there are none. Look at"
                + " the target group for the reason and at the Auto Scaling group for replacements.",
            region.name())
        .first("status " + props.names().environment(), "docs/operate/troubleshooting.md#health")
        .create(this, "unhealthy", region, props.topicArn());
    Alarm.named(props.names().regional(region.role(), "http-5xx-alarm"))
        .whenAbove(
            settings.http5xxPercent(),
            new Expression(
                "5xx per cent",
                PERCENT,
                Map.of(
                    "own", loadBalancer.ownErrors(),
                    "target", loadBalancer.targetErrors(),
                    "requests", loadBalancer.requests())))
        .in(3, 5)
        .saying(
            "More than %d %% of requests in %s fail. Look at the application's logs, then at the"
                + " database; if the Region is sick but not dead, `./dr switchover` leaves it without loss.",
            settings.http5xxPercent(), region.name())
        .first("status " + props.names().environment(), "docs/oncall.md")
        .create(this, "http-5xx", region, props.topicArn());
  }
}
