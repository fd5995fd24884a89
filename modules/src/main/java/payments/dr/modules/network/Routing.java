package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.eip.Eip;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGateway;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGateway;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.route_table.RouteTable;
import com.hashicorp.cdktf.providers.aws.route_table_association.RouteTableAssociation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.network.NatGateways;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Route tables of a VPC: one for the public tier, one a zone for the application tier (each zone
 * leaves through its own NAT gateway), one for the database tier, which has no way out.
 */
final class Routing extends Component {

  private static final String ANYWHERE = "0.0.0.0/0";

  private final Network network;
  private final Region region;
  private final NetworkProps props;
  private final Map<Tier, Map<String, String>> tableIds = new EnumMap<>(Tier.class);
  private final Map<Tier, List<Route>> internetRoutes = new EnumMap<>(Tier.class);

  Routing(Network network, String id, Region region, NetworkProps props, InternetGateway internet) {
    super(network, id);
    this.network = network;
    this.region = region;
    this.props = props;
    String open = sharedTable(Tier.PUBLIC);
    Route way =
        Route.Builder.create(this, "public-internet")
            .provider(region.provider())
            .routeTableId(open)
            .destinationCidrBlock(ANYWHERE)
            .gatewayId(
                Reference.to(network, InternetGateway.TF_RESOURCE_TYPE, "internet-gateway").id())
            .build();
    internetRoutes.put(Tier.PUBLIC, List.of(way));
    applicationTables(internet);
    sharedTable(Tier.DATABASE);
  }

  Map<String, String> tableIds(Tier tier) {
    return tableIds.get(tier);
  }

  List<Route> internetRoutes(Tier tier) {
    return internetRoutes.getOrDefault(tier, List.of());
  }

  private String sharedTable(Tier tier) {
    String table = table(tier.id());
    tableIds.put(tier, Map.of(tier.id(), table));
    List<String> zones = network.availabilityZones();
    for (int i = 0; i < zones.size(); i++) {
      associate(tier, zones.get(i), network.subnetIds(tier).get(i), table);
    }
    return table;
  }

  private void applicationTables(InternetGateway internet) {
    Map<String, String> zoneTables = new LinkedHashMap<>();
    List<Route> routes = new ArrayList<>();
    List<String> zones = network.availabilityZones();
    String natId = null;
    for (int i = 0; i < zones.size(); i++) {
      String zone = zones.get(i);
      if (natId == null || props.settings().natGateways() == NatGateways.PER_ZONE) {
        natId = natGateway(zone, network.subnetIds(Tier.PUBLIC).get(i), internet);
      }
      String table = table("application-" + zone);
      routes.add(
          Route.Builder.create(this, "application-internet-" + zone)
              .provider(region.provider())
              .routeTableId(table)
              .destinationCidrBlock(ANYWHERE)
              .natGatewayId(natId)
              .build());
      associate(Tier.APPLICATION, zone, network.subnetIds(Tier.APPLICATION).get(i), table);
      zoneTables.put("application-" + zone, table);
    }
    tableIds.put(Tier.APPLICATION, zoneTables);
    internetRoutes.put(Tier.APPLICATION, routes);
  }

  private String natGateway(String zone, String subnetId, InternetGateway internet) {
    Eip.Builder.create(this, "nat-address-" + zone)
        .provider(region.provider())
        .domain("vpc")
        .tags(named("nat-" + zone))
        .dependsOn(List.of(internet))
        .build();
    Reference address = Reference.to(this, Eip.TF_RESOURCE_TYPE, "nat-address-" + zone);
    NatGateway.Builder.create(this, "nat-" + zone)
        .provider(region.provider())
        .allocationId(address.id())
        .subnetId(subnetId)
        .tags(named("nat-" + zone))
        .build();
    return Reference.to(this, NatGateway.TF_RESOURCE_TYPE, "nat-" + zone).id();
  }

  private String table(String name) {
    RouteTable.Builder.create(this, name)
        .provider(region.provider())
        .vpcId(network.vpcId())
        .tags(named(name))
        .build();
    return Reference.to(this, RouteTable.TF_RESOURCE_TYPE, name).id();
  }

  private void associate(Tier tier, String zone, String subnetId, String tableId) {
    RouteTableAssociation.Builder.create(this, tier.id() + "-association-" + zone)
        .provider(region.provider())
        .subnetId(subnetId)
        .routeTableId(tableId)
        .build();
  }

  private Map<String, String> named(String resource) {
    return Map.of("Name", props.names().regional(region.role(), resource));
  }
}
