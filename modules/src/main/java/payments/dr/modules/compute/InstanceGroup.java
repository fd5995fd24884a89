package payments.dr.modules.compute;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroup;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupInstanceRefresh;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupInstanceRefreshPreferences;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupLaunchTemplate;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroupTag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.compute.FleetSize;
import payments.dr.modules.network.Tier;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The Auto Scaling group of a fleet: its size, its health and how a new template rolls out. */
final class InstanceGroup {

  private InstanceGroup() {}

  static Reference create(
      Fleet fleet, String id, Region region, FleetProps props, Reference template) {
    String name = props.names().regional(region.role(), "asg");
    ComputeSettings settings = props.settings();
    FleetSize size = settings.size(region.role());
    AutoscalingGroup created =
        AutoscalingGroup.Builder.create(fleet, id)
            .provider(region.provider())
            .name(name)
            .launchTemplate(
                AutoscalingGroupLaunchTemplate.builder()
                    .id(template.id())
                    .version(template.attribute("latest_version"))
                    .build())
            .vpcZoneIdentifier(props.network().subnetIds(Tier.APPLICATION))
            .minSize(size.min())
            .desiredCapacity(size.desired())
            .maxSize(size.max())
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
            .tag(tags(region, name))
            // Scaling and failovers own it after the first apply.
            .lifecycle(
                TerraformResourceLifecycle.builder()
                    .ignoreChanges(List.of("desired_capacity"))
                    .build())
            // An instance that boots before its way out exists would fail and be replaced.
            .dependsOn(props.network().internetRoutes(Tier.APPLICATION))
            .build();
    // The bindings' schema is older than this argument: launch first, terminate then.
    created.addOverride("instance_refresh.preferences.max_healthy_percentage", 150);
    return Reference.to(fleet, AutoscalingGroup.TF_RESOURCE_TYPE, id);
  }

  private static AutoscalingGroupInstanceRefresh refresh() {
    return AutoscalingGroupInstanceRefresh.builder()
        .strategy("Rolling")
        .preferences(
            AutoscalingGroupInstanceRefreshPreferences.builder().minHealthyPercentage(100).build())
        .build();
  }

  /** The provider's default tags reach neither groups nor what they launch. */
  private static List<AutoscalingGroupTag> tags(Region region, String name) {
    Map<String, String> tags = new TreeMap<>(region.tags());
    tags.put("Name", name);
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
}
