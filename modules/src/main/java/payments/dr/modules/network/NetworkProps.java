package payments.dr.modules.network;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.network.NetworkSettings;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What a VPC needs.
 *
 * @param place address range and zones
 */
public record NetworkProps(
    ResourceNames names, NetworkSettings settings, RegionSettings place, EncryptionKeys keys) {}
