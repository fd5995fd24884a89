package payments.dr.modules.failover.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTargetRetryPolicy;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTargetSqsTarget;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Sends alarms of the environment that go off to the queue that wakes the function, rather than to
 * wait for the next minute. What the event says is not trusted: it only starts a look.
 */
final class AlarmWakeUp extends Component {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** An alarm that could not be sent for so long says nothing any more. */
  private static final int MAXIMUM_AGE_SECONDS = 60;

  /** More than fit into that age, as EventBridge waits longer after each. */
  private static final int RETRIES = 10;

  AlarmWakeUp(
      FailoverController controller, String id, Region region, Source source, WakeUpQueue queue) {
    super(controller, id);
    CloudwatchEventRule.Builder.create(this, "rule")
        .provider(region.provider())
        .name(source.ruleName())
        .description(source.description())
        .eventBusName(source.busName())
        .eventPattern(source.pattern())
        .build();
    Reference rule = Reference.to(this, CloudwatchEventRule.TF_RESOURCE_TYPE, "rule");
    CloudwatchEventTarget.Builder.create(this, "target")
        .provider(region.provider())
        .rule(rule.name())
        .eventBusName(source.busName())
        .targetId("controller")
        .arn(queue.arn())
        .sqsTarget(
            CloudwatchEventTargetSqsTarget.builder().messageGroupId(WakeUpQueue.GROUP).build())
        .retryPolicy(
            CloudwatchEventTargetRetryPolicy.builder()
                .maximumEventAgeInSeconds(MAXIMUM_AGE_SECONDS)
                .maximumRetryAttempts(RETRIES)
                .build())
        .build();
  }

  /**
   * Where alarms are told.
   *
   * @param busName {@code default} for those of the same Region
   */
  record Source(String ruleName, String description, String busName, String pattern) {}

  /** Alarms of the environment that go off; their names end in its own. */
  static String pattern(ResourceNames names) {
    try {
      return JSON.writeValueAsString(
          Map.of(
              "source",
              List.of("aws.cloudwatch"),
              "detail-type",
              List.of("CloudWatch Alarm State Change"),
              "detail",
              Map.of(
                  "alarmName",
                  List.of(Map.of("suffix", "-" + names.environment())),
                  "state",
                  Map.of("value", List.of("ALARM")))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pattern of texts is always JSON", e);
    }
  }
}
