package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * What the function reaches: AWS and the probes by TLS, the zone's name servers, and each cluster
 * of its Region. Nothing reaches the function.
 */
final class FunctionSecurityGroup extends Component {

  private static final String ANYWHERE = "0.0.0.0/0";

  private final Region region;
  private final Reference group;

  FunctionSecurityGroup(
      FailoverController controller, String id, Region region, FailoverControllerProps props) {
    super(controller, id);
    this.region = region;
    String name = props.names().regional(region.role(), "failover-sg");
    SecurityGroup.Builder.create(this, "group")
        .provider(region.provider())
        .name(name)
        .description("failover controller")
        .vpcId(props.networks().get(region.role()).vpcId())
        .tags(Map.of("Name", name))
        .build();
    group = Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "group");
    toAnywhere("tls", "TLS to AWS APIs and load balancers", "tcp", 443);
    // The zone's own name servers, past every cache; the Amazon DNS server needs no rule.
    toAnywhere("dns", "questions to name servers", "udp", 53);
    toAnywhere("dns-tcp", "questions to name servers whose answer is long", "tcp", 53);
    props.databases().forEach(this::toDatabase);
  }

  String id() {
    return group.id();
  }

  private void toAnywhere(String id, String description, String protocol, int port) {
    VpcSecurityGroupEgressRule.Builder.create(this, id)
        .provider(region.provider())
        .securityGroupId(group.id())
        .description(description)
        .cidrIpv4(ANYWHERE)
        .ipProtocol(protocol)
        .fromPort(port)
        .toPort(port)
        .build();
  }

  /** Both ends are opened here: the cluster, built first, knows no controller. */
  private void toDatabase(ControlledDatabase database) {
    String cluster = database.securityGroupIds().get(region.role());
    VpcSecurityGroupEgressRule.Builder.create(this, "to-" + database.generation())
        .provider(region.provider())
        .securityGroupId(group.id())
        .description("PostgreSQL to " + database.clusterNames().get(region.role()))
        .referencedSecurityGroupId(cluster)
        .ipProtocol("tcp")
        .fromPort(database.port())
        .toPort(database.port())
        .build();
    VpcSecurityGroupIngressRule.Builder.create(this, "into-" + database.generation())
        .provider(region.provider())
        .securityGroupId(cluster)
        .description("PostgreSQL from the failover controller")
        .referencedSecurityGroupId(group.id())
        .ipProtocol("tcp")
        .fromPort(database.port())
        .toPort(database.port())
        .build();
  }
}
