package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.lambda_event_source_mapping.LambdaEventSourceMapping;
import com.hashicorp.cdktf.providers.aws.sqs_queue.SqsQueue;
import com.hashicorp.cdktf.providers.aws.sqs_queue_policy.SqsQueuePolicy;
import java.util.List;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Where alarms wait until the function is woken for them: however many go off, they cause one
 * execution at a time, and leave room for those that the schedule starts. What waits while one runs
 * is not missed, because that one looks all the time.
 */
final class WakeUpQueue extends Component {

  /**
   * All alarms are of this group. Lambda runs as many executions at a time as a FIFO queue has
   * groups.
   */
  static final String GROUP = "alarms";

  /** Outlasts an execution, so that an alarm near its end wakes the next one. */
  private static final int RETENTION_SECONDS = 300;

  /** SQS's own most for a FIFO queue: one execution for all that wait. */
  private static final int BATCH_SIZE = 10;

  private final Reference queue;

  /**
   * Makes the queue, and wakes the function from it.
   *
   * @param role of the function: Lambda reads the queue with it
   * @param ruleArns of the rules of EventBridge that alone may send
   */
  WakeUpQueue(
      FailoverController armed,
      String id,
      Region region,
      FailoverControllerProps props,
      FailoverFunction function,
      ServiceRole role,
      String... ruleArns) {
    super(armed, id);
    SqsQueue.Builder.create(this, "queue")
        .provider(region.provider())
        .name(props.names().regional(region.role(), "failover-wake-ups") + ".fifo")
        .fifoQueue(true)
        // EventBridge demands it. Two alarms are never alike: each event has an id of its own.
        .contentBasedDeduplication(true)
        .messageRetentionSeconds(RETENTION_SECONDS)
        // The least that Lambda accepts: so long an execution that broke off holds up the next.
        .visibilityTimeoutSeconds(FailoverFunction.TIMEOUT_SECONDS)
        // SQS's own key: no policy of a key can keep an alarm from waking the function.
        .sqsManagedSseEnabled(true)
        .redriveAllowPolicy("{\"redrivePermission\":\"denyAll\"}")
        .build();
    queue = Reference.to(this, SqsQueue.TF_RESOURCE_TYPE, "queue");
    SqsQueuePolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .queueUrl(queue.attribute("url"))
        .policy(
            PolicyDocument.of(
                Statement.allow("SendAlarms")
                    .toService("events.amazonaws.com")
                    .actions("sqs:SendMessage")
                    .on(queue.arn())
                    .when("ArnEquals", "aws:SourceArn", ruleArns),
                Statement.refusePlainText("sqs:*", queue.arn())))
        .build();
    IamRolePolicy permission =
        IamRolePolicy.Builder.create(this, "permission")
            .provider(region.provider())
            .name("alarms")
            .role(role.name())
            .policy(
                PolicyDocument.of(
                    Statement.allow("ReadWakeUps")
                        .actions(
                            "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")
                        .on(queue.arn())))
            .build();
    LambdaEventSourceMapping.Builder.create(this, "source")
        .provider(region.provider())
        .eventSourceArn(queue.arn())
        .functionName(function.aliasArn())
        .batchSize(BATCH_SIZE)
        // Lambda tries the role's right to read the queue at once.
        .dependsOn(List.of(permission))
        .build();
  }

  String arn() {
    return queue.arn();
  }
}
