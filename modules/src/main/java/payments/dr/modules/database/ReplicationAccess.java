package payments.dr.modules.database;

import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import payments.dr.modules.database.ReplicationAccessProps.Member;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Lets the clusters of all deployed generations reach each other in one Region: a migration's
 * subscription is a connection from one cluster to another, forwards and, for the way back,
 * backwards. A lone generation gets nothing.
 */
public final class ReplicationAccess extends Component {

  private final Region region;

  public ReplicationAccess(Region region, String id, ReplicationAccessProps props) {
    super(region, id);
    this.region = region;
    for (Member subscriber : props.members()) {
      for (Member publisher : props.members()) {
        if (!subscriber.equals(publisher)) {
          open(subscriber, publisher);
        }
      }
    }
  }

  private void open(Member subscriber, Member publisher) {
    String path = subscriber.generation() + "-to-" + publisher.generation();
    VpcSecurityGroupIngressRule.Builder.create(this, path + "-ingress")
        .provider(region.provider())
        .securityGroupId(publisher.securityGroupId())
        .description("Logical replication to " + subscriber.generation())
        .referencedSecurityGroupId(subscriber.securityGroupId())
        .ipProtocol("tcp")
        .fromPort(publisher.port())
        .toPort(publisher.port())
        .build();
    VpcSecurityGroupEgressRule.Builder.create(this, path + "-egress")
        .provider(region.provider())
        .securityGroupId(subscriber.securityGroupId())
        .description("Logical replication from " + publisher.generation())
        .referencedSecurityGroupId(publisher.securityGroupId())
        .ipProtocol("tcp")
        .fromPort(publisher.port())
        .toPort(publisher.port())
        .build();
  }
}
