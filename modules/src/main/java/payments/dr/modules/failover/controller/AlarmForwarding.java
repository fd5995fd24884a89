package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Sends the primary Region's alarms to the DR Region's bus. Best effort: they may wake its
 * controller earlier, and nothing is missing when the primary Region can send nothing any more.
 */
final class AlarmForwarding extends Component {

  AlarmForwarding(FailoverController primary, String id, FailoverControllerProps props) {
    super(primary, id);
    Region region = props.regions().primary();
    String bus = props.busArn(props.regions().dr());
    CloudwatchEventRule.Builder.create(this, "rule")
        .provider(region.provider())
        .name(props.names().global("failover-forward-rule"))
        .description("Sends alarms to " + props.regions().dr().name())
        .eventPattern(AlarmWakeUp.pattern(props.names()))
        .build();
    Reference rule = Reference.to(this, CloudwatchEventRule.TF_RESOURCE_TYPE, "rule");
    ServiceRole role =
        new ServiceRole(
            this,
            "role",
            region,
            ServiceRoleProps.of(
                    roleName(props),
                    "events.amazonaws.com",
                    Statement.allow("SendAlarms").actions("events:PutEvents").on(bus))
                .onlyFor(rule.arn()));
    CloudwatchEventTarget.Builder.create(this, "target")
        .provider(region.provider())
        .rule(rule.name())
        .targetId("dr")
        .arn(bus)
        .roleArn(role.arn())
        .dependsOn(role.permissions())
        .build();
  }

  /** Known to the bus that lets it in. */
  static String roleName(FailoverControllerProps props) {
    return props.names().regional(RegionRole.PRIMARY, "failover-forward");
  }
}
