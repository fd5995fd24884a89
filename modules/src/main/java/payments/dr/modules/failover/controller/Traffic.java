package payments.dr.modules.failover.controller;

import java.util.List;
import payments.dr.configuration.region.RegionPair;

/**
 * What customers' traffic depends on.
 *
 * @param serviceName the record that customers resolve
 * @param signalName the TXT record with the checkers' verdict on the primary endpoint
 * @param nameServers of the zone with both
 * @param loadBalancers the names that AWS gave them
 * @param tls whether they speak HTTPS
 * @param latchBuckets plain texts
 */
public record Traffic(
    String serviceName,
    String signalName,
    List<String> nameServers,
    RegionPair<String> loadBalancers,
    boolean tls,
    RegionPair<String> latchBuckets) {}
