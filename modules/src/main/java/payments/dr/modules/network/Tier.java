package payments.dr.modules.network;

import java.util.Locale;
import payments.dr.configuration.region.CidrBlock;

/**
 * A kind of subnet. Each tier owns one quarter of the VPC, the last quarter stays free, so that one
 * prefix names a whole tier in routes and rules.
 */
public enum Tier {
  /** Load balancers and NAT gateways; the only one with a route from the internet. */
  PUBLIC,
  /** The fleet; reaches the internet through NAT. */
  APPLICATION,
  /** Databases; no route to the internet at all. */
  DATABASE;

  /** Two bits choose the tier, two more the zone. */
  private static final int BITS = 2;

  /** Lower-case name, as construct id and in names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  CidrBlock cidrBlock(CidrBlock vpc) {
    return vpc.subnet(BITS, ordinal());
  }

  CidrBlock subnet(CidrBlock vpc, int zone) {
    return cidrBlock(vpc).subnet(BITS, zone);
  }
}
