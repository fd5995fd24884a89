package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.cloudwatch_event_bus.CloudwatchEventBus;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_bus_policy.CloudwatchEventBusPolicy;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The event bus of one Region: the controller's notices, and alarms that the other Region sends.
 */
final class FailoverBus extends Component {

  private final Reference bus;

  FailoverBus(
      FailoverController controller, String id, Region region, FailoverControllerProps props) {
    super(controller, id);
    CloudwatchEventBus.Builder.create(this, "bus")
        .provider(region.provider())
        .name(props.busName())
        .build();
    bus = Reference.to(this, CloudwatchEventBus.TF_RESOURCE_TYPE, "bus");
    CloudwatchEventBusPolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .eventBusName(bus.name())
        .policy(PolicyDocument.of(onlyPublishers(region, props)))
        .build();
  }

  String name() {
    return bus.name();
  }

  /** Whoever may put events by a role of the account could pretend to be the controller. */
  private Statement onlyPublishers(Region region, FailoverControllerProps props) {
    return Statement.deny("RefuseOthers")
        .toAws("*")
        .actions("events:PutEvents")
        .on(bus.arn())
        .when(
            "ArnNotEquals",
            "aws:PrincipalArn",
            role(region, FailoverController.roleName(region, props)),
            role(region, AlarmForwarding.roleName(props)));
  }

  private static String role(Region region, String name) {
    return "arn:aws:iam::" + region.accountId() + ":role/" + name;
  }
}
