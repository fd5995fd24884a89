package payments.dr.modules.encryption;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/** What the keys need. */
public record EncryptionProps(
    ResourceNames names, EncryptionSettings settings, RegionPair<Region> regions) {}
