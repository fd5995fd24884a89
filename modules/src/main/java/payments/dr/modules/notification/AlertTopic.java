package payments.dr.modules.notification;

import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import com.hashicorp.cdktf.providers.aws.sns_topic_policy.SnsTopicPolicy;
import com.hashicorp.cdktf.providers.aws.sns_topic_subscription.SnsTopicSubscription;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The topic of one Region that its alarms publish to. */
public final class AlertTopic extends Component {

  private final Region region;
  private final String name;
  private final Reference topic;

  public AlertTopic(Region region, String id, AlertTopicProps props) {
    super(region, id);
    this.region = region;
    name = props.names().regional(region.role(), "alerts");
    SnsTopic.Builder.create(this, "topic")
        .provider(region.provider())
        .name(name)
        .kmsMasterKeyId(props.keys().arn(KeyPurpose.NOTIFICATIONS))
        // SHA-256 instead of the default SHA-1.
        .signatureVersion(2)
        .build();
    topic = Reference.to(this, SnsTopic.TF_RESOURCE_TYPE, "topic");
    SnsTopicPolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .arn(topic.arn())
        .policy(policy())
        .build();
    for (String email : props.settings().emails()) {
      SnsTopicSubscription.Builder.create(this, email)
          .provider(region.provider())
          .topicArn(topic.arn())
          .protocol("email")
          .endpoint(email)
          .build();
    }
  }

  public String arn() {
    return topic.arn();
  }

  /** The text, not a reference: who tells both Regions must not lean on either. */
  public String givenArn() {
    return "arn:aws:sns:" + region.name() + ":" + region.accountId() + ":" + name;
  }

  /**
   * CloudWatch has no policy of its own and needs this one; roles of the account publish by theirs.
   * A refusal is silent, so either is enough that AWS documents: the account that an alarm is of,
   * or <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html">its
   * ARN</a>. EventBridge is not admitted: it sends no source account to demand.
   */
  private String policy() {
    return PolicyDocument.of(
        Statement.allow("PublishByAlarms")
            .toService("cloudwatch.amazonaws.com")
            .actions("sns:Publish")
            .on(topic.arn())
            .when("StringEquals", "aws:SourceAccount", region.accountId()),
        Statement.allow("PublishByAlarmsOfRegion")
            .toService("cloudwatch.amazonaws.com")
            .actions("sns:Publish")
            .on(topic.arn())
            .when(
                "ArnLike",
                "aws:SourceArn",
                "arn:aws:cloudwatch:%s:%s:alarm:*".formatted(region.name(), region.accountId())),
        Statement.refusePlainText("sns:Publish", topic.arn()));
  }
}
