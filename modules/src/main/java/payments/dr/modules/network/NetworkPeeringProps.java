package payments.dr.modules.network;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/** What the peering needs. */
public record NetworkPeeringProps(
    ResourceNames names, RegionPair<Region> regions, RegionPair<Network> networks) {}
