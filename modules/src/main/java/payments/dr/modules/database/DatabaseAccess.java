package payments.dr.modules.database;

import com.hashicorp.cdktf.providers.aws.db_subnet_group.DbSubnetGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.util.Map;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.Tier;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Where in a Region's network the cluster stands, and who reaches it: the application of the same
 * Region, on one port. The cluster itself opens no connections, but to another generation's ({@link
 * ReplicationAccess}).
 */
public final class DatabaseAccess extends Component {

  private final Reference subnets;
  private final Reference group;

  public DatabaseAccess(Component scope, String id, Region region, GenerationProps props) {
    super(scope, id);
    Network network = props.database().networks().get(region.role());
    String application = props.database().applicationSecurityGroupIds().get(region.role());
    int port = props.settings().port();
    DbSubnetGroup.Builder.create(this, "subnets")
        .provider(region.provider())
        .name(props.regional(region, "db-subnets"))
        .description("database tier")
        .subnetIds(network.subnetIds(Tier.DATABASE))
        .build();
    subnets = Reference.to(this, DbSubnetGroup.TF_RESOURCE_TYPE, "subnets");
    SecurityGroup.Builder.create(this, "security-group")
        .provider(region.provider())
        .name(props.regional(region, "db-sg"))
        .description("database")
        .vpcId(network.vpcId())
        .tags(Map.of("Name", props.regional(region, "db-sg")))
        .build();
    group = Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "security-group");
    VpcSecurityGroupIngressRule.Builder.create(this, "from-application")
        .provider(region.provider())
        .securityGroupId(group.id())
        .description("PostgreSQL from the application")
        .referencedSecurityGroupId(application)
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .build();
    // Here, not with the application, which is built first and knows no generation.
    VpcSecurityGroupEgressRule.Builder.create(this, "application-to-database")
        .provider(region.provider())
        .securityGroupId(application)
        .description("PostgreSQL to " + props.regional(region, "db-cluster"))
        .referencedSecurityGroupId(group.id())
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .build();
  }

  public String securityGroupId() {
    return group.id();
  }

  String subnetGroupName() {
    return subnets.name();
  }
}
