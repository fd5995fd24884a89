package payments.dr.modules.baseline;

import payments.dr.configuration.baseline.BaselineSettings;
import payments.dr.configuration.baseline.RegionAdoptionSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the baseline of an account needs.
 *
 * @param names those of the account; its bucket prefix is that of its environments
 */
public record AccountBaselineProps(
    ResourceNames names, BaselineSettings settings, RegionPair<Region> regions) {

  /** Returns what a Region has already that the stack takes over. */
  RegionAdoptionSettings adopted(Region region) {
    return settings.adopt().regions().get(region.role());
  }
}
