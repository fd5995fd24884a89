package payments.dr.modules.compute;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the certificates need.
 *
 * @param domainName the public name that clients use, such as {@code pay.example.com}
 * @param zoneId public hosted zone that the name lies in
 */
public record CertificateProps(
    ResourceNames names, String domainName, String zoneId, RegionPair<Region> regions) {}
