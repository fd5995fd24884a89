package payments.dr.modules.failover.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTargetRetryPolicy;
import com.hashicorp.cdktf.providers.aws.lambda_permission.LambdaPermission;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Wakes the function when an alarm of the environment goes off, rather than at the next minute.
 * What the event says is not trusted: it only starts a look.
 */
final class AlarmWakeUp extends Component {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  AlarmWakeUp(
      FailoverController controller,
      String id,
      Region region,
      Source source,
      FailoverFunction function) {
    super(controller, id);
    CloudwatchEventRule.Builder.create(this, "rule")
        .provider(region.provider())
        .name(source.ruleName())
        .description(source.description())
        .eventBusName(source.busName())
        .eventPattern(source.pattern())
        .build();
    Reference rule = Reference.to(this, CloudwatchEventRule.TF_RESOURCE_TYPE, "rule");
    LambdaPermission permission =
        LambdaPermission.Builder.create(this, "permission")
            .provider(region.provider())
            .statementId(id)
            .action("lambda:InvokeFunction")
            .functionName(function.name())
            .qualifier(function.aliasName())
            .principal("events.amazonaws.com")
            .sourceArn(rule.arn())
            .build();
    CloudwatchEventTarget.Builder.create(this, "target")
        .provider(region.provider())
        .rule(rule.name())
        .eventBusName(source.busName())
        .targetId("controller")
        .arn(function.aliasArn())
        .retryPolicy(
            // The schedule comes soon enough.
            CloudwatchEventTargetRetryPolicy.builder()
                .maximumEventAgeInSeconds(60)
                .maximumRetryAttempts(0)
                .build())
        .dependsOn(List.of(permission))
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
