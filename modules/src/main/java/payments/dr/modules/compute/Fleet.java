package payments.dr.modules.compute;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.Token;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroup;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupInstanceRefresh;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupInstanceRefreshPreferences;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupLaunchTemplate;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupTag;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicy;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicyTargetTrackingConfiguration;
import com.hashicorp.cdktf.providers.aws.autoscaling_policy.AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.modules.network.Tier;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** The instances of one Region that run the application, as many as their CPU load asks for. */
public final class Fleet extends Construct {

  /** Where the application listens. */
  static final int PORT = 80;

  private final Region region;
  private final FleetProps props;
  private final FleetIdentity identity;
  private final FleetSecurityGroup securityGroup;
  private final AutoscalingGroup group;

  public Fleet(Region region, String id, FleetProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    identity = new FleetIdentity(this, "identity", region, props);
    securityGroup = new FleetSecurityGroup(this, "security-group", region, props);
    group =
        group(
            InstanceTemplate.create(
                this, "launch-template", region, props, identity, securityGroup));
    scaling();
  }

  public String autoScalingGroupName() {
    return group.getName();
  }

  public String securityGroupId() {
    return securityGroup.id();
  }

  public String roleName() {
    return identity.roleName();
  }

  public String roleArn() {
    return identity.roleArn();
  }

  /** Where the application may write its logs. */
  public String logGroupName() {
    return identity.logGroupName();
  }

  private AutoscalingGroup group(LaunchTemplate template) {
    ComputeSettings settings = props.settings();
    AutoscalingGroup created =
        AutoscalingGroup.Builder.create(this, "group")
            .provider(region.provider())
            .name(name("asg"))
            .launchTemplate(
                AutoscalingGroupLaunchTemplate.builder()
                    .id(template.getId())
                    .version(Token.asString(template.getLatestVersion()))
                    .build())
            .vpcZoneIdentifier(props.network().subnetIds(Tier.APPLICATION))
            .minSize(settings.minInstances())
            .desiredCapacity(settings.desiredInstances())
            .maxSize(settings.maxInstances())
            .targetGroupArns(List.of(props.loadBalancer().targetGroupArn()))
            .healthCheckType("ELB")
            .healthCheckGracePeriod(settings.startupSeconds())
            .defaultInstanceWarmup(settings.startupSeconds())
            .instanceRefresh(refresh())
            .enabledMetrics(
                List.of(
                    "GroupDesiredCapacity",
                    "GroupInServiceInstances",
                    "GroupMaxSize",
                    "GroupMinSize",
                    "GroupPendingInstances",
                    "GroupTerminatingInstances",
                    "GroupTotalInstances"))
            // An image that never starts must fail the apply, not hold it and the state's lock.
            .waitForCapacityTimeout("10m")
            .tag(tags())
            // Scaling and the failover controller own it after the first apply.
            .lifecycle(
                TerraformResourceLifecycle.builder()
                    .ignoreChanges(List.of("desired_capacity"))
                    .build())
            // An instance that boots before its way out exists would fail and be replaced.
            .dependsOn(props.network().internetRoutes(Tier.APPLICATION))
            .build();
    // The bindings' schema is older than this argument: launch first, terminate then.
    created.addOverride("instance_refresh.preferences.max_healthy_percentage", 150);
    return created;
  }

  private AutoscalingGroupInstanceRefresh refresh() {
    return AutoscalingGroupInstanceRefresh.builder()
        .strategy("Rolling")
        .preferences(
            AutoscalingGroupInstanceRefreshPreferences.builder().minHealthyPercentage(100).build())
        .build();
  }

  /** The provider's default tags reach neither groups nor what they launch. */
  private List<AutoscalingGroupTag> tags() {
    Map<String, String> tags = new TreeMap<>(region.tags());
    tags.put("Name", name("asg"));
    return tags.entrySet().stream()
        .map(
            tag ->
                AutoscalingGroupTag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .propagateAtLaunch(false)
                    .build())
        .toList();
  }

  private void scaling() {
    var cpu =
        AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification.builder()
            .predefinedMetricType("ASGAverageCPUUtilization")
            .build();
    AutoscalingPolicy.Builder.create(this, "cpu")
        .provider(region.provider())
        .name(name("cpu"))
        .autoscalingGroupName(group.getName())
        .policyType("TargetTrackingScaling")
        .targetTrackingConfiguration(
            AutoscalingPolicyTargetTrackingConfiguration.builder()
                .predefinedMetricSpecification(cpu)
                .targetValue(props.settings().targetCpuPercent())
                .build())
        .build();
  }

  private String name(String resource) {
    return props.names().regional(region.role(), resource);
  }
}
