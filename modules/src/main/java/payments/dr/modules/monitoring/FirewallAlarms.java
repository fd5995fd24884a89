package payments.dr.modules.monitoring;

import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** The alarm on what the firewall of one Region refuses. */
public final class FirewallAlarms extends Component {

  public FirewallAlarms(Region region, String id, FirewallAlarmsProps props) {
    super(region, id);
    int limit = props.settings().blockedRequestsPerMinute();
    Alarm.named(props.names().regional(region.role(), "blocked-requests-alarm"))
        .whenAbove(
            limit,
            Metric.sum("AWS/WAFV2", "BlockedRequests")
                .of("WebACL", props.webAclName())
                .of("Region", region.name())
                .of("Rule", "ALL"))
        .in(3, 5)
        .saying(
            "The firewall of %s refuses more than %d requests a minute: an attack, or a rule that"
                + " refuses customers. The log group aws-waf-logs-%s names the rule and who is"
                + " refused.",
            region.name(), limit, props.webAclName())
        .first("status " + props.names().environment(), "docs/operate/alerts.md#refused-requests")
        .create(this, "blocked", region, props.topicArn());
  }
}
