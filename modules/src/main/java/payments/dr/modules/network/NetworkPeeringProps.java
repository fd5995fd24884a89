package payments.dr.modules.network;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/** What the peering needs. */
public record NetworkPeeringProps(
    ResourceNames names, RegionPair<Region> regions, RegionPair<Network> networks) {}
