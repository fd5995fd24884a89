package payments.dr.modules.failover;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;

/**
 * What the latch needs.
 *
 * @param protectData whether its buckets must be emptied by hand before they can be destroyed, and
 *     Terraform refuses to replace its health checks
 */
public record TrafficLatchProps(
    ResourceNames names,
    RegionPair<Region> regions,
    RegionPair<AccessLogs> accessLogs,
    boolean protectData) {}
