package payments.dr.modules.network;

import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection.VpcPeeringConnection;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection_accepter.VpcPeeringConnectionAccepterA;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection_options.VpcPeeringConnectionOptions;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection_options.VpcPeeringConnectionOptionsAccepter;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection_options.VpcPeeringConnectionOptionsRequester;
import java.util.List;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The private line between the two VPCs: requested by the primary, accepted by the DR Region, with
 * name resolution and routes from each side. Only application and database tiers are routed.
 */
public final class NetworkPeering {

  private static final List<Tier> PEERED = List.of(Tier.APPLICATION, Tier.DATABASE);

  /** Makes one construct named {@code id} in each Region. */
  public NetworkPeering(String id, NetworkPeeringProps props) {
    Region primary = props.regions().primary();
    Region dr = props.regions().dr();
    Component requesting = new Component(primary, id);
    Component accepting = new Component(dr, id);
    Map<String, String> name = Map.of("Name", props.names().global("peering"));

    VpcPeeringConnection.Builder.create(requesting, "connection")
        .provider(primary.provider())
        .vpcId(props.networks().primary().vpcId())
        .peerVpcId(props.networks().dr().vpcId())
        .peerRegion(dr.name())
        // Across Regions the requester cannot accept for the other side.
        .autoAccept(false)
        .tags(name)
        .build();
    Reference connection =
        Reference.to(requesting, VpcPeeringConnection.TF_RESOURCE_TYPE, "connection");
    VpcPeeringConnectionAccepterA.Builder.create(accepting, "accepter")
        .provider(dr.provider())
        .vpcPeeringConnectionId(connection.id())
        .autoAccept(true)
        .tags(name)
        .build();
    String accepted =
        Reference.to(accepting, VpcPeeringConnectionAccepterA.TF_RESOURCE_TYPE, "accepter").id();
    // Keyed on the accepter: options are refused until the connection is active.
    VpcPeeringConnectionOptions.Builder.create(requesting, "options")
        .provider(primary.provider())
        .vpcPeeringConnectionId(accepted)
        .requester(
            VpcPeeringConnectionOptionsRequester.builder()
                .allowRemoteVpcDnsResolution(true)
                .build())
        .build();
    VpcPeeringConnectionOptions.Builder.create(accepting, "options")
        .provider(dr.provider())
        .vpcPeeringConnectionId(accepted)
        .accepter(
            VpcPeeringConnectionOptionsAccepter.builder().allowRemoteVpcDnsResolution(true).build())
        .build();
    routes(requesting, primary, props.networks().primary(), props.networks().dr(), accepted);
    routes(accepting, dr, props.networks().dr(), props.networks().primary(), accepted);
  }

  private static void routes(
      Component scope, Region region, Network from, Network to, String connectionId) {
    for (Tier source : PEERED) {
      from.routeTableIds(source)
          .forEach(
              (name, tableId) ->
                  PEERED.forEach(
                      destination ->
                          Route.Builder.create(scope, name + "-to-" + destination.id())
                              .provider(region.provider())
                              .routeTableId(tableId)
                              .destinationCidrBlock(to.cidrBlock(destination).toString())
                              .vpcPeeringConnectionId(connectionId)
                              .build()));
    }
  }
}
