package payments.dr.modules.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import java.util.Map;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Alarms on changes of what moves traffic and data, and of who may, in one Region: each is kept
 * with who made it, and told within minutes.
 *
 * <p>They hear of changes only while a trail of the account records them; of the writes to latch
 * and ledger only if it records these, too, as that of {@code baseline} does.
 */
public final class ChangeAlarms extends Component {

  /** The only place where EventBridge writes logs; {@link LogDelivery} admits it. */
  private static final String LOG_PREFIX = "/aws/events/";

  private static final int LOG_RETENTION_DAYS = 400;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Region region;
  private final ChangeAlarmsProps props;
  private final String logName;
  private final Reference log;

  public ChangeAlarms(Region region, String id, ChangeAlarmsProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    logName = LOG_PREFIX + props.names().regional(region.role(), "changes");
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(logName)
        .retentionInDays(LOG_RETENTION_DAYS)
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    log = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    new Changes(region, props.watched(), props.settings().operatorRoles())
        .all()
        .forEach(this::tell);
  }

  private void tell(Change change) {
    Component scope = new Component(this, change.id());
    String name = props.names().regional(region.role(), "change-" + change.id());
    CloudwatchEventRule.Builder.create(scope, "rule")
        .provider(region.provider())
        .name(name)
        .description("Changes that people are told of: " + change.id())
        .eventPattern(json(change.pattern()))
        .build();
    Reference rule = Reference.to(scope, CloudwatchEventRule.TF_RESOURCE_TYPE, "rule");
    CloudwatchEventTarget.Builder.create(scope, "target")
        .provider(region.provider())
        .rule(rule.name())
        .targetId("log")
        .arn(log.arn())
        .build();
    // Through CloudWatch: EventBridge itself would need a topic that admits every account's rules.
    Alarm.named(props.names().regional(region.role(), "change-" + change.id() + "-alarm"))
        .whenAbove(0, Metric.sum("AWS/Events", "Invocations").of("RuleName", name))
        .in(1, 1)
        .saying(
            "%s In %s; log group %s names who and from where.",
            change.meaning(), region.name(), logName)
        .first(
            "status " + props.names().environment(),
            "docs/operate/alerts.md#a-change-that-nobody-announced")
        .create(scope, "alarm", region, props.topicArn());
  }

  private static String json(Map<String, Object> pattern) {
    try {
      return JSON.writeValueAsString(pattern);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pattern of texts is always JSON", e);
    }
  }
}
