package payments.dr.modules.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import java.util.Map;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * Alarms on changes of what moves traffic and data, and of who may, in one Region: each is kept
 * with who made it, and told within minutes.
 *
 * <p>They hear of changes only while a trail of the account records them; of the writes to latch
 * and ledger only if it records these, too, as that of {@code baseline} does.
 */
public final class ChangeAlarms extends Construct {

  /** The only place where EventBridge writes logs; {@link LogDelivery} admits it. */
  private static final String LOG_PREFIX = "/aws/events/";

  private static final int LOG_RETENTION_DAYS = 400;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Region region;
  private final ChangeAlarmsProps props;
  private final CloudwatchLogGroup log;

  public ChangeAlarms(Region region, String id, ChangeAlarmsProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    log =
        CloudwatchLogGroup.Builder.create(this, "log-group")
            .provider(region.provider())
            .name(LOG_PREFIX + props.names().regional(region.role(), "changes"))
            .retentionInDays(LOG_RETENTION_DAYS)
            .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
            .build();
    new Changes(region, props.watched(), props.settings().operatorRoles())
        .all()
        .forEach(this::tell);
  }

  private void tell(Change change) {
    Construct scope = new Construct(this, change.id());
    CloudwatchEventRule rule =
        CloudwatchEventRule.Builder.create(scope, "rule")
            .provider(region.provider())
            .name(props.names().regional(region.role(), "change-" + change.id()))
            .description("Changes that people are told of: " + change.id())
            .eventPattern(json(change.pattern()))
            .build();
    CloudwatchEventTarget.Builder.create(scope, "target")
        .provider(region.provider())
        .rule(rule.getName())
        .targetId("log")
        .arn(log.getArn())
        .build();
    // Through CloudWatch: EventBridge itself would need a topic that admits every account's rules.
    Alarm.named(props.names().regional(region.role(), "change-" + change.id() + "-alarm"))
        .whenAbove(0, Metric.sum("AWS/Events", "Invocations").of("RuleName", rule.getNameInput()))
        .in(1, 1)
        .saying(
            "%s In %s; log group %s names who and from where.",
            change.meaning(), region.name(), log.getNameInput())
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
