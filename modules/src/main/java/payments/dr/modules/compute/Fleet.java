package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicy;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicyTargetTrackingConfiguration;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The instances of one Region that run the application, as many as their CPU load asks for. */
public final class Fleet extends Component {

  /** Where the application listens. */
  static final int PORT = 80;

  private final FleetIdentity identity;
  private final FleetSecurityGroup securityGroup;
  private final String groupName;
  private final Reference group;

  public Fleet(Region region, String id, FleetProps props) {
    super(region, id);
    identity = new FleetIdentity(this, "identity", region, props);
    securityGroup = new FleetSecurityGroup(this, "security-group", region, props);
    groupName = props.names().regional(region.role(), "asg");
    group =
        InstanceGroup.create(
            this,
            "group",
            region,
            props,
            InstanceTemplate.create(
                this, "launch-template", region, props, identity, securityGroup));
    new ReservedCapacity(this, "capacity", region, props);
    scaling(region, props);
  }

  public String autoScalingGroupName() {
    return group.name();
  }

  /** The text, not a reference. */
  public String autoScalingGroupLiteralName() {
    return groupName;
  }

  public String securityGroupId() {
    return securityGroup.id();
  }

  public String roleName() {
    return identity.roleName();
  }

  /** The text, not a reference: what the other Region names must not lean on this one. */
  public String roleLiteralName() {
    return identity.roleLiteralName();
  }

  public String roleArn() {
    return identity.roleArn();
  }

  /** Where the application may write its logs. */
  public String logGroupName() {
    return identity.logGroupName();
  }

  private void scaling(Region region, FleetProps props) {
    var cpu =
        AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification.builder()
            .predefinedMetricType("ASGAverageCPUUtilization")
            .build();
    AutoscalingPolicy.Builder.create(this, "cpu")
        .provider(region.provider())
        .name(props.names().regional(region.role(), "cpu"))
        .autoscalingGroupName(group.name())
        .policyType("TargetTrackingScaling")
        .targetTrackingConfiguration(
            AutoscalingPolicyTargetTrackingConfiguration.builder()
                .predefinedMetricSpecification(cpu)
                .targetValue(props.settings().targetCpuPercent())
                .build())
        .build();
  }
}
