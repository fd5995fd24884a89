package payments.dr.modules.compute;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.lb.Lb;
import com.hashicorp.cdktf.providers.aws.lb.LbAccessLogs;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.modules.network.Tier;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The public entrance of one Region: an application load balancer and its target group. */
public final class LoadBalancer extends Component {

  /** Below {@code AccessLogs}' bucket, which admits this prefix only. */
  private static final String LOG_PREFIX = "alb";

  private final LoadBalancerProps props;
  private final Reference securityGroup;
  private final Reference loadBalancer;
  private final Reference targetGroup;

  public LoadBalancer(Region region, String id, LoadBalancerProps props) {
    super(region, id);
    this.props = props;
    String securityGroupName = props.names().regional(region.role(), "alb-sg");
    SecurityGroup.Builder.create(this, "security-group")
        .provider(region.provider())
        .name(securityGroupName)
        .description("public load balancer")
        .vpcId(props.network().vpcId())
        .tags(Map.of("Name", securityGroupName))
        .build();
    securityGroup = Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "security-group");
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
    return loadBalancer.arn();
  }

  /** As CloudWatch names it in the dimension {@code LoadBalancer}. */
  public String arnSuffix() {
    return loadBalancer.attribute("arn_suffix");
  }

  public String dnsName() {
    return loadBalancer.attribute("dns_name");
  }

  /** Of AWS's zone that holds {@link #dnsName()}, for alias records. */
  public String hostedZoneId() {
    return loadBalancer.attribute("zone_id");
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
    return securityGroup.id();
  }

  public String targetGroupArn() {
    return targetGroup.arn();
  }

  /** As CloudWatch names it in the dimension {@code TargetGroup}. */
  public String targetGroupArnSuffix() {
    return targetGroup.attribute("arn_suffix");
  }

  private Reference loadBalancer(Region region) {
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
            .securityGroups(List.of(securityGroup.id()))
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
    // The bindings' schema is older than the next four.
    created.addOverride(
        "connection_logs",
        Map.of("bucket", props.accessLogs().bucketName(), "prefix", LOG_PREFIX, "enabled", true));
    created.addOverride("client_keep_alive", props.settings().clientKeepAliveSeconds());
    created.addOverride("enable_zonal_shift", true);
    props
        .settings()
        .loadBalancerCapacityUnits(region.role())
        .ifPresent(
            units ->
                created.addOverride(
                    "minimum_load_balancer_capacity", Map.of("capacity_units", units)));
    return Reference.to(this, Lb.TF_RESOURCE_TYPE, "load-balancer");
  }
}
