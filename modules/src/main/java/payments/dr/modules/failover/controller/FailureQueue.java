package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.sqs_queue.SqsQueue;
import com.hashicorp.cdktf.providers.aws.sqs_queue_policy.SqsQueuePolicy;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Keeps what the schedule could not start and what failed once started, for a person to look at.
 * Alarms never end here: they wait in {@link WakeUpQueue}.
 */
final class FailureQueue extends Component {

  /** The longest that SQS keeps a message: 14 days. */
  private static final int RETENTION_SECONDS = 14 * 24 * 3600;

  private final Reference queue;

  FailureQueue(
      FailoverController controller, String id, Region region, FailoverControllerProps props) {
    super(controller, id);
    SqsQueue.Builder.create(this, "queue")
        .provider(region.provider())
        .name(props.names().regional(region.role(), "failover-failures"))
        .messageRetentionSeconds(RETENTION_SECONDS)
        .kmsMasterKeyId(props.keys().get(region.role()).arn(KeyPurpose.NOTIFICATIONS))
        // It is where failures end, not where another queue may leave its own.
        .redriveAllowPolicy("{\"redrivePermission\":\"denyAll\"}")
        .build();
    queue = Reference.to(this, SqsQueue.TF_RESOURCE_TYPE, "queue");
    SqsQueuePolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .queueUrl(queue.attribute("url"))
        .policy(PolicyDocument.of(Statement.refusePlainText("sqs:*", queue.arn())))
        .build();
  }

  String name() {
    return queue.name();
  }

  String arn() {
    return queue.arn();
  }
}
