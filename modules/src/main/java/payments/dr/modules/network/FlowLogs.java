package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLog;
import java.util.Map;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** A record of all traffic of a VPC, accepted and rejected, in CloudWatch Logs. */
final class FlowLogs extends Construct {

  FlowLogs(Network network, String id, Region region, NetworkProps props) {
    super(network, id);
    CloudwatchLogGroup group =
        CloudwatchLogGroup.Builder.create(this, "log-group")
            .provider(region.provider())
            .name(props.names().path(region.role().id() + "/flow-logs"))
            .retentionInDays(props.settings().flowLogRetentionDays())
            .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
            .build();
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
                    .on(group.getArn() + ":*")));
    FlowLog.Builder.create(this, "flow-log")
        .provider(region.provider())
        .vpcId(network.vpcId())
        .trafficType("ALL")
        .maxAggregationInterval(60)
        .logDestination(group.getArn())
        .iamRoleArn(role.arn())
        .tags(Map.of("Name", props.names().regional(region.role(), "flow-logs")))
        .build();
  }
}
