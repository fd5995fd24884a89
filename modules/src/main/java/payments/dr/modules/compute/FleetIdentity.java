package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.iam_instance_profile.IamInstanceProfile;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.network.AwsBuckets;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Who the fleet's instances are to AWS: reachable through Session Manager, patched by Patch
 * Manager, allowed to write one log group, and nothing else until {@link ApplicationPermissions}
 * adds it.
 */
final class FleetIdentity extends Component {

  private final String name;
  private final Reference logGroup;
  private final ServiceRole role;
  private final Reference profile;

  FleetIdentity(Fleet fleet, String id, Region region, FleetProps props) {
    super(fleet, id);
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(props.names().path(region.role().id() + "/application"))
        .retentionInDays(props.settings().logRetentionDays())
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    logGroup = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    name = props.names().regional(region.role(), "application");
    role =
        new ServiceRole(
            this,
            "role",
            region,
            ServiceRoleProps.withoutSourceAccount(
                    name,
                    "ec2.amazonaws.com",
                    Statement.allow("WriteLogs")
                        .actions(
                            "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
                        .on(logGroup.arn() + ":*"),
                    // AmazonSSMManagedInstanceCore has none of them, and the agent signs some
                    // requests.
                    Statement.allow("ReadAgentFiles")
                        .actions("s3:GetObject")
                        .on(AwsBuckets.systemsManager(region.name())))
                .withManagedPolicies("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));
    IamInstanceProfile.Builder.create(this, "profile")
        .provider(region.provider())
        .name(name)
        .role(role.name())
        .build();
    profile = Reference.to(this, IamInstanceProfile.TF_RESOURCE_TYPE, "profile");
  }

  String profileArn() {
    return profile.arn();
  }

  String roleName() {
    return role.name();
  }

  String roleLiteralName() {
    return name;
  }

  String roleArn() {
    return role.arn();
  }

  String logGroupName() {
    return logGroup.name();
  }
}
