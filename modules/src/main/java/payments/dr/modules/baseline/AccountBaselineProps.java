package payments.dr.modules.baseline;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/**
 * What the baseline of an account needs.
 *
 * @param names those of the account; its bucket prefix is that of its environments
 */
public record AccountBaselineProps(
    ResourceNames names, BaselineSettings settings, RegionPair<Region> regions) {}
