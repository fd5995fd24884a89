package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * What reaches the fleet and what it reaches: the load balancer comes in, TLS goes out, databases
 * add themselves. Both ends of the way from the load balancer are opened here, where both groups
 * are known.
 */
final class FleetSecurityGroup extends Component {

  private final Reference group;

  FleetSecurityGroup(Fleet fleet, String id, Region region, FleetProps props) {
    super(fleet, id);
    String name = props.names().regional(region.role(), "app-sg");
    SecurityGroup.Builder.create(this, "group")
        .provider(region.provider())
        .name(name)
        .description("application fleet")
        .vpcId(props.network().vpcId())
        .tags(Map.of("Name", name))
        .build();
    group = Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "group");
    VpcSecurityGroupIngressRule.Builder.create(this, "from-load-balancer")
        .provider(region.provider())
        .securityGroupId(group.id())
        .description("requests and health checks from the load balancer")
        .referencedSecurityGroupId(props.loadBalancer().securityGroupId())
        .ipProtocol("tcp")
        .fromPort(Fleet.PORT)
        .toPort(Fleet.PORT)
        .build();
    VpcSecurityGroupEgressRule.Builder.create(this, "load-balancer-to-fleet")
        .provider(region.provider())
        .securityGroupId(props.loadBalancer().securityGroupId())
        .description("requests and health checks to the application")
        .referencedSecurityGroupId(group.id())
        .ipProtocol("tcp")
        .fromPort(Fleet.PORT)
        .toPort(Fleet.PORT)
        .build();
    // AWS's APIs have no fixed addresses; the Amazon DNS and time servers need no rule.
    VpcSecurityGroupEgressRule.Builder.create(this, "to-aws")
        .provider(region.provider())
        .securityGroupId(group.id())
        .description("TLS to AWS APIs, endpoints and package repositories")
        .cidrIpv4("0.0.0.0/0")
        .ipProtocol("tcp")
        .fromPort(443)
        .toPort(443)
        .build();
  }

  String id() {
    return group.id();
  }
}
