package payments.dr.modules.failover;

import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;

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
