package payments.dr.modules.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import java.util.Map;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** A log group that keeps events of one Region, with whatever rules fill it. */
final class LoggedEvents {

  /** The only place where EventBridge writes logs; {@link LogDelivery} admits it. */
  private static final String PREFIX = "/aws/events/";

  private static final int RETENTION_DAYS = 400;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Region region;
  private final String name;
  private final Reference log;

  /** Makes the log group directly in {@code scope}. */
  LoggedEvents(Component scope, Region region, String suffix, EncryptionKeys keys) {
    this.region = region;
    name = PREFIX + suffix;
    CloudwatchLogGroup.Builder.create(scope, "log-group")
        .provider(region.provider())
        .name(name)
        .retentionInDays(RETENTION_DAYS)
        .kmsKeyId(keys.arn(KeyPurpose.LOGS))
        .build();
    log = Reference.to(scope, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
  }

  String logName() {
    return name;
  }

  /**
   * Makes a rule in {@code scope}, and returns how often it writes to the log. Alarms go through
   * CloudWatch: EventBridge itself would need a topic that admits every account's rules.
   */
  Metric of(Component scope, String ruleName, String description, Map<String, Object> pattern) {
    CloudwatchEventRule.Builder.create(scope, "rule")
        .provider(region.provider())
        .name(ruleName)
        .description(description)
        .eventPattern(json(pattern))
        .build();
    CloudwatchEventTarget.Builder.create(scope, "target")
        .provider(region.provider())
        .rule(Reference.to(scope, CloudwatchEventRule.TF_RESOURCE_TYPE, "rule").name())
        .targetId("log")
        .arn(log.arn())
        .build();
    return Metric.sum("AWS/Events", "Invocations").of("RuleName", ruleName);
  }

  private static String json(Map<String, Object> pattern) {
    try {
      return JSON.writeValueAsString(pattern);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pattern of texts is always JSON", e);
    }
  }
}
