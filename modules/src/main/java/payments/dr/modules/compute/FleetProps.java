package payments.dr.modules.compute;

import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.network.Network;

/** What a fleet needs. */
public record FleetProps(
    ResourceNames names,
    ComputeSettings settings,
    Network network,
    LoadBalancer loadBalancer,
    EncryptionKeys keys) {}
