package payments.dr.modules.compute;

import java.util.Optional;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.network.Network;

/**
 * What a fleet needs.
 *
 * @param renewer of the Region's lease; empty: the fleet renews none
 */
public record FleetProps(
    ResourceNames names,
    ComputeSettings settings,
    Network network,
    LoadBalancer loadBalancer,
    EncryptionKeys keys,
    Optional<LeaseRenewer> renewer) {}
