package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_resource_policy.CloudwatchLogResourcePolicy;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Lets AWS services write into log groups of one Region that begin with their name. A Region has
 * ten such policies, so one for all environments of an account; without it they write nothing, in
 * silence.
 */
public final class LogDelivery extends Component {

  private static final String[] EVENT_BRIDGE = {
    "events.amazonaws.com", "delivery.logs.amazonaws.com"
  };

  /**
   * @param names those of the account
   */
  public LogDelivery(Region region, String id, ResourceNames names) {
    super(region, id);
    CloudwatchLogResourcePolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .policyName(names.global("log-delivery"))
        .policyDocument(
            PolicyDocument.of(
                // EventBridge says for which rule only when it writes.
                Statement.allow("PrepareByEventBridge")
                    .toService(EVENT_BRIDGE)
                    .actions("logs:CreateLogStream")
                    .on(groups(region, "/aws/events/*")),
                Statement.allow("WriteByEventBridge")
                    .toService(EVENT_BRIDGE)
                    .actions("logs:PutLogEvents")
                    .on(groups(region, "/aws/events/*"))
                    .when(
                        "ArnLike",
                        "aws:SourceArn",
                        "arn:aws:events:" + region.name() + ":" + region.accountId() + ":rule/*"),
                Statement.allow("WriteByRoute53")
                    .toService("route53.amazonaws.com")
                    .actions("logs:CreateLogStream", "logs:PutLogEvents")
                    .on(groups(region, "/aws/route53/*"))
                    .when("StringEquals", "aws:SourceAccount", region.accountId())))
        .build();
  }

  private static String groups(Region region, String name) {
    return "arn:aws:logs:" + region.name() + ":" + region.accountId() + ":log-group:" + name + ":*";
  }
}
