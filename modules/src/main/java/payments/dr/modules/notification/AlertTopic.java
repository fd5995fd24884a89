package payments.dr.modules.notification;

import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import com.hashicorp.cdktf.providers.aws.sns_topic_policy.SnsTopicPolicy;
import com.hashicorp.cdktf.providers.aws.sns_topic_subscription.SnsTopicSubscription;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** The topic of one Region that its alarms publish to. */
public final class AlertTopic extends Construct {

  private final Region region;
  private final SnsTopic topic;

  public AlertTopic(Region region, String id, AlertTopicProps props) {
    super(region, id);
    this.region = region;
    topic =
        SnsTopic.Builder.create(this, "topic")
            .provider(region.provider())
            .name(props.names().regional(region.role(), "alerts"))
            .kmsMasterKeyId(props.keys().arn(KeyPurpose.NOTIFICATIONS))
            // SHA-256 instead of the default SHA-1.
            .signatureVersion(2)
            .build();
    SnsTopicPolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .arn(topic.getArn())
        .policy(policy())
        .build();
    for (String email : props.settings().emails()) {
      SnsTopicSubscription.Builder.create(this, email)
          .provider(region.provider())
          .topicArn(topic.getArn())
          .protocol("email")
          .endpoint(email)
          .build();
    }
  }

  public String arn() {
    return topic.getArn();
  }

  /** The text, not a reference: who tells both Regions must not lean on either. */
  public String givenArn() {
    return "arn:aws:sns:" + region.name() + ":" + region.accountId() + ":" + topic.getNameInput();
  }

  /**
   * CloudWatch has no policy of its own and needs this one; roles of the account publish by theirs.
   * EventBridge is not admitted: it sends no source account to demand.
   */
  private String policy() {
    return PolicyDocument.of(
        Statement.allow("PublishByAlarms")
            .toService("cloudwatch.amazonaws.com")
            .actions("sns:Publish")
            .on(topic.getArn())
            .when("StringEquals", "aws:SourceAccount", region.accountId()),
        Statement.deny("RefusePlainText")
            .toAws("*")
            .actions("sns:Publish")
            .on(topic.getArn())
            .when("Bool", "aws:SecureTransport", "false"));
  }
}
