package payments.dr.modules.encryption;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/**
 * What the keys need.
 *
 * @param protectData whether Terraform refuses to delete a key: what it encrypted goes with it
 */
public record EncryptionProps(
    ResourceNames names,
    EncryptionSettings settings,
    RegionPair<Region> regions,
    boolean protectData) {}
