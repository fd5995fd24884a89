package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Private ways to AWS: gateways to S3 and DynamoDB, which are free, and the interface endpoints
 * that the settings name. Each admits the own account only; what its principals may do is IAM's
 * business.
 */
final class VpcEndpoints extends Component {

  private final Network network;
  private final Region region;
  private final NetworkProps props;

  VpcEndpoints(Network network, String id, Region region, NetworkProps props) {
    super(network, id);
    this.network = network;
    this.region = region;
    this.props = props;
    gateway("dynamodb", PolicyDocument.of(ownAccount()));
    gateway("s3", PolicyDocument.of(ownAccount(), packageRepositories(), agentFiles()));
    if (!props.settings().interfaceEndpoints().isEmpty()) {
      Reference group = securityGroup();
      props.settings().interfaceEndpoints().forEach(service -> endpoint(service, group));
    }
  }

  private void gateway(String service, String policy) {
    VpcEndpoint.Builder.create(this, service)
        .provider(region.provider())
        .vpcId(network.vpcId())
        .serviceName(serviceName(service))
        .vpcEndpointType("Gateway")
        .routeTableIds(
            Stream.of(Tier.APPLICATION, Tier.DATABASE)
                .flatMap(tier -> network.routeTableIds(tier).values().stream())
                .toList())
        .policy(policy)
        .tags(named(service + "-endpoint"))
        .build();
  }

  private void endpoint(String service, Reference group) {
    VpcEndpoint.Builder.create(this, service)
        .provider(region.provider())
        .vpcId(network.vpcId())
        .serviceName(serviceName(service))
        .vpcEndpointType("Interface")
        .privateDnsEnabled(true)
        .subnetIds(network.subnetIds(Tier.APPLICATION))
        .securityGroupIds(List.of(group.id()))
        .policy(PolicyDocument.of(ownAccount()))
        .tags(named(service + "-endpoint"))
        .build();
  }

  private Reference securityGroup() {
    SecurityGroup.Builder.create(this, "security-group")
        .provider(region.provider())
        .name(props.names().regional(region.role(), "endpoint-sg"))
        .description("interface endpoints")
        .vpcId(network.vpcId())
        .tags(named("endpoint-sg"))
        .build();
    Reference group = Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "security-group");
    VpcSecurityGroupIngressRule.Builder.create(this, "from-application")
        .provider(region.provider())
        .securityGroupId(group.id())
        .description("TLS from the application tier")
        .cidrIpv4(network.cidrBlock(Tier.APPLICATION).toString())
        .ipProtocol("tcp")
        .fromPort(443)
        .toPort(443)
        .build();
    return group;
  }

  private Statement ownAccount() {
    return Statement.allow("OwnAccount")
        .toAws("*")
        .actions("*")
        .on("*")
        .when("StringEquals", "aws:PrincipalAccount", region.accountId());
  }

  /** Amazon Linux reads its packages from AWS's buckets without signing in. */
  private Statement packageRepositories() {
    return Statement.allow("AmazonLinuxPackages")
        .toAws("*")
        .actions("s3:GetObject")
        .on(AwsBuckets.amazonLinux(region.name()));
  }

  /** The agents of Systems Manager and Inspector read AWS's buckets without signing in, too. */
  private Statement agentFiles() {
    return Statement.allow("AgentFiles")
        .toAws("*")
        .actions("s3:GetObject")
        .on(
            Stream.concat(
                    AwsBuckets.systemsManager(region.name()).stream(),
                    Stream.of(AwsBuckets.inspector(region.name())))
                .toList());
  }

  private String serviceName(String service) {
    return "com.amazonaws." + region.name() + "." + service;
  }

  private Map<String, String> named(String resource) {
    return Map.of("Name", props.names().regional(region.role(), resource));
  }
}
