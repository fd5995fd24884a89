package payments.dr.modules.failover;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.RegionPair;

/**
 * What the routing needs.
 *
 * @param loadBalancerDnsNames the host names that AWS gave the load balancers
 * @param tls whether the load balancers speak HTTPS; without it the probes use HTTP
 */
public record TrafficRoutingProps(
    ResourceNames names,
    DnsSettings dns,
    FailoverSettings failover,
    HostedZone zone,
    TrafficLatch latch,
    RegionPair<String> loadBalancerDnsNames,
    boolean tls) {}
