package payments.dr.modules.failover;

import payments.dr.configuration.failover.DnsSettings;

/**
 * What the zone needs.
 *
 * @param protectData whether Terraform refuses to destroy it: a new zone has other name servers, so
 *     the parent domain would point nowhere
 */
public record HostedZoneProps(DnsSettings settings, boolean protectData) {}
