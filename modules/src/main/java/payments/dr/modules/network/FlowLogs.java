package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLog;
import java.util.Map;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** A record of all traffic of a VPC, accepted and rejected, in CloudWatch Logs. */
final class FlowLogs extends Component {

  FlowLogs(Network network, String id, Region region, NetworkProps props) {
    super(network, id);
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(props.names().path(region.role().id() + "/flow-logs"))
        .retentionInDays(props.settings().flowLogRetentionDays())
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    Reference group = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    ServiceRole role =
        new ServiceRole(
            this,
            "role",
            region,
            ServiceRoleProps.of(
                props.names().regional(region.role(), "flow-logs"),
                "vpc-flow-logs.amazonaws.com",
                Statement.allow("WriteFlowLogs")
                    .actions("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
                    .on(group.arn() + ":*")));
    FlowLog.Builder.create(this, "flow-log")
        .provider(region.provider())
        .vpcId(network.vpcId())
        .trafficType("ALL")
        .maxAggregationInterval(60)
        .logDestination(group.arn())
        .iamRoleArn(role.arn())
        .tags(Map.of("Name", props.names().regional(region.role(), "flow-logs")))
        .build();
  }
}
