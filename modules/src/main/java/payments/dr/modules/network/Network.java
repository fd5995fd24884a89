package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroup;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGateway;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The VPC of one Region: three tiers of subnets over its zones, with their routes and logs. */
public final class Network extends Component {

  private final Region region;
  private final RegionSettings place;
  private final String vpcId;
  private final Map<Tier, List<Reference>> subnets = new EnumMap<>(Tier.class);
  private final Routing routing;

  public Network(Region region, String id, NetworkProps props) {
    super(region, id);
    this.region = region;
    this.place = props.place();
    Vpc.Builder.create(this, "vpc")
        .provider(region.provider())
        .cidrBlock(cidrBlock().toString())
        .enableDnsSupport(true)
        .enableDnsHostnames(true)
        .tags(named(props, "vpc"))
        .build();
    vpcId = Reference.to(this, Vpc.TF_RESOURCE_TYPE, "vpc").id();
    // The group that AWS makes with the VPC allows its members everything; without rules, nothing.
    DefaultSecurityGroup.Builder.create(this, "default-security-group")
        .provider(region.provider())
        .vpcId(vpcId)
        .build();
    InternetGateway internet =
        InternetGateway.Builder.create(this, "internet-gateway")
            .provider(region.provider())
            .vpcId(vpcId)
            .tags(named(props, "internet-gateway"))
            .build();
    for (Tier tier : Tier.values()) {
      subnets.put(tier, subnets(tier, props));
    }
    routing = new Routing(this, "routing", region, props, internet);
    new VpcEndpoints(this, "endpoints", region, props);
    new FlowLogs(this, "flow-logs", region, props);
  }

  public String vpcId() {
    return vpcId;
  }

  public CidrBlock cidrBlock() {
    return place.cidrBlock();
  }

  /** Those that have a subnet of each tier, as the settings name them: for construct ids. */
  public List<String> availabilityZones() {
    return place.availabilityZones();
  }

  /**
   * Their names, such as {@code us-east-1a}, for what takes no zone's id. Where the settings give
   * ids, they are what AWS says of a tier's subnets.
   */
  public List<String> zoneNames(Tier tier) {
    return place.zonesAreIds()
        ? subnets.get(tier).stream().map(subnet -> subnet.attribute("availability_zone")).toList()
        : availabilityZones();
  }

  /** The prefix that holds all subnets of a tier. */
  public CidrBlock cidrBlock(Tier tier) {
    return tier.cidrBlock(cidrBlock());
  }

  /** In the order of the Region's zones. */
  public List<String> subnetIds(Tier tier) {
    return subnets.get(tier).stream().map(Reference::id).toList();
  }

  /** What must exist before anything in a tier can use the internet; none for databases. */
  public List<Route> internetRoutes(Tier tier) {
    return routing.internetRoutes(tier);
  }

  /** Id of every route table of a tier, by a name that is stable as a construct id. */
  public Map<String, String> routeTableIds(Tier tier) {
    return routing.tableIds(tier);
  }

  private List<Reference> subnets(Tier tier, NetworkProps props) {
    Component scope = new Component(this, tier.id());
    List<String> zones = availabilityZones();
    List<Reference> created = new ArrayList<>();
    for (int i = 0; i < zones.size(); i++) {
      String zone = zones.get(i);
      Subnet.Builder subnet =
          Subnet.Builder.create(scope, zone)
              .provider(region.provider())
              .vpcId(vpcId)
              .cidrBlock(tier.subnet(cidrBlock(), i).toString())
              .mapPublicIpOnLaunch(false)
              .tags(named(props, tier.id() + "-" + zone));
      if (place.zonesAreIds()) {
        subnet.availabilityZoneId(zone);
      } else {
        subnet.availabilityZone(zone);
      }
      subnet.build();
      created.add(Reference.to(scope, Subnet.TF_RESOURCE_TYPE, zone));
    }
    return List.copyOf(created);
  }

  private Map<String, String> named(NetworkProps props, String resource) {
    return Map.of("Name", props.names().regional(region.role(), resource));
  }
}
