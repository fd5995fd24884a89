package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.lb_target_group.LbTargetGroup;
import com.hashicorp.cdktf.providers.aws.lb_target_group.LbTargetGroupHealthCheck;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The instances behind a load balancer; one that fails its check is out after 20 seconds. */
final class TargetGroup {

  private TargetGroup() {}

  static Reference create(
      LoadBalancer loadBalancer, String id, Region region, LoadBalancerProps props) {
    LbTargetGroup.Builder.create(loadBalancer, id)
        .provider(region.provider())
        .name(props.names().regional(region.role(), "tg"))
        .vpcId(props.network().vpcId())
        .targetType("instance")
        .protocol("HTTP")
        .port(Fleet.PORT)
        .deregistrationDelay(String.valueOf(props.settings().deregistrationDelaySeconds()))
        .healthCheck(
            LbTargetGroupHealthCheck.builder()
                .path(props.settings().healthCheckPath())
                .matcher("200")
                .interval(10)
                .timeout(5)
                .healthyThreshold(2)
                .unhealthyThreshold(2)
                .build())
        .build();
    return Reference.to(loadBalancer, LbTargetGroup.TF_RESOURCE_TYPE, id);
  }
}
