package payments.dr.modules.network;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.RegionSettings;

/**
 * What a VPC needs.
 *
 * @param place address range and zones
 */
public record NetworkProps(
    ResourceNames names, NetworkSettings settings, RegionSettings place, EncryptionKeys keys) {}
