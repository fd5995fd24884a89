package payments.dr.modules.compute;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.lb.Lb;
import com.hashicorp.cdktf.providers.aws.lb.LbAccessLogs;
import com.hashicorp.cdktf.providers.aws.lb_target_group.LbTargetGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.modules.network.Tier;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** The public entrance of one Region: an application load balancer and its target group. */
public final class LoadBalancer extends Construct {

  /** Below {@code AccessLogs}' bucket, which admits this prefix only. */
  private static final String LOG_PREFIX = "alb";

  private final LoadBalancerProps props;
  private final SecurityGroup securityGroup;
  private final Lb loadBalancer;
  private final LbTargetGroup targetGroup;

  public LoadBalancer(Region region, String id, LoadBalancerProps props) {
    super(region, id);
    this.props = props;
    String securityGroupName = props.names().regional(region.role(), "alb-sg");
    securityGroup =
        SecurityGroup.Builder.create(this, "security-group")
            .provider(region.provider())
            .name(securityGroupName)
            .description("public load balancer")
            .vpcId(props.network().vpcId())
            .tags(Map.of("Name", securityGroupName))
            .build();
    loadBalancer = loadBalancer(region);
    targetGroup = TargetGroup.create(this, "target-group", region, props);
    Listeners listeners = new Listeners(this, "listeners", region);
    if (props.certificate().isPresent()) {
      listeners.forwardHttps(props.certificate().get().arn());
      listeners.redirectHttp();
    } else {
      listeners.forwardHttp();
    }
  }

  public String arn() {
    return loadBalancer.getArn();
  }

  /** As CloudWatch names it in the dimension {@code LoadBalancer}. */
  public String arnSuffix() {
    return loadBalancer.getArnSuffix();
  }

  public String dnsName() {
    return loadBalancer.getDnsName();
  }

  /** Of AWS's zone that holds {@link #dnsName()}, for alias records. */
  public String hostedZoneId() {
    return loadBalancer.getZoneId();
  }

  /** Where this Region answers whatever the public name says; no certificate is for this name. */
  public String endpoint() {
    return (props.certificate().isEmpty() ? "http://" : "https://") + dnsName();
  }

  /** Of the certificate that it shows; empty without TLS. */
  public Optional<String> certificateArn() {
    return props.certificate().map(Certificate::arn);
  }

  public String securityGroupId() {
    return securityGroup.getId();
  }

  public String targetGroupArn() {
    return targetGroup.getArn();
  }

  /** As CloudWatch names it in the dimension {@code TargetGroup}. */
  public String targetGroupArnSuffix() {
    return targetGroup.getArnSuffix();
  }

  private Lb loadBalancer(Region region) {
    List<ITerraformDependable> before =
        new ArrayList<>(props.network().internetRoutes(Tier.PUBLIC));
    before.add(props.accessLogs().deliveryPolicy());
    Lb created =
        Lb.Builder.create(this, "load-balancer")
            .provider(region.provider())
            .name(props.names().regional(region.role(), "alb"))
            .loadBalancerType("application")
            .internal(false)
            .subnets(props.network().subnetIds(Tier.PUBLIC))
            .securityGroups(List.of(securityGroup.getId()))
            .dropInvalidHeaderFields(true)
            .desyncMitigationMode("defensive")
            .enableDeletionProtection(props.protectData())
            .accessLogs(
                LbAccessLogs.builder()
                    .bucket(props.accessLogs().bucketName())
                    .prefix(LOG_PREFIX)
                    .enabled(true)
                    .build())
            .dependsOn(before)
            .build();
    // The bindings' schema is older than the next three.
    created.addOverride(
        "connection_logs",
        Map.of("bucket", props.accessLogs().bucketName(), "prefix", LOG_PREFIX, "enabled", true));
    created.addOverride("client_keep_alive", props.settings().clientKeepAliveSeconds());
    created.addOverride("enable_zonal_shift", true);
    return created;
  }
}
