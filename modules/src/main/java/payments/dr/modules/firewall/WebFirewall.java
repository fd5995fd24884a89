package payments.dr.modules.firewall;

import com.hashicorp.cdktf.providers.aws.wafv2_web_acl.Wafv2WebAcl;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl.Wafv2WebAclDefaultAction;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl.Wafv2WebAclDefaultActionAllow;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl.Wafv2WebAclVisibilityConfig;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_association.Wafv2WebAclAssociation;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The web application firewall before the load balancer of one Region.
 *
 * <p>While it does not answer, neither does the load balancer: a Region that can no longer tell
 * attacks apart counts as down, and the controller moves customers to the other.
 */
public final class WebFirewall extends Component {

  public WebFirewall(Region region, String id, WebFirewallProps props) {
    super(region, id);
    String name = name(props.names(), region.role());
    Wafv2WebAcl acl =
        Wafv2WebAcl.Builder.create(this, "web-acl")
            .provider(region.provider())
            .name(name)
            .description("Before the load balancer of payments")
            .scope("REGIONAL")
            .defaultAction(
                Wafv2WebAclDefaultAction.builder()
                    .allow(Wafv2WebAclDefaultActionAllow.builder().build())
                    .build())
            .visibilityConfig(
                Wafv2WebAclVisibilityConfig.builder()
                    .cloudwatchMetricsEnabled(true)
                    .metricName(name)
                    .sampledRequestsEnabled(true)
                    .build())
            .build();
    // The bindings have a class for each level of each nested statement, with names of a hundred
    // letters; this is what they would write.
    acl.addOverride("rule", WebAclRules.of(props.settings(), props.probePath()));
    String arn = Reference.to(this, Wafv2WebAcl.TF_RESOURCE_TYPE, "web-acl").arn();
    new FirewallLog(this, "log", region, props, arn);
    Wafv2WebAclAssociation.Builder.create(this, "association")
        .provider(region.provider())
        .resourceArn(props.loadBalancerArn())
        .webAclArn(arn)
        .build();
  }

  /** Its name, and the one under which it reports: {@code primary-web-acl-dev}. */
  public static String name(ResourceNames names, RegionRole role) {
    return names.regional(role, "web-acl");
  }
}
