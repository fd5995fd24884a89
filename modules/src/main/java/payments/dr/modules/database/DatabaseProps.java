package payments.dr.modules.database;

import java.util.Optional;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.network.Network;
import payments.dr.modules.region.Region;

/**
 * What a generation of the database needs.
 *
 * @param applicationSecurityGroupIds the only clients, each in its own Region; the way to the
 *     database is opened in these groups too
 * @param protectData whether neither AWS nor Terraform may delete it, and a final snapshot is taken
 *     if that is lifted one day
 * @param finalSnapshot given when it retires: its protection is lifted, and this is what the last
 *     snapshot of each cluster is called, with role and environment around it
 */
public record DatabaseProps(
    ResourceNames names,
    GenerationSettings settings,
    RegionPair<Region> regions,
    RegionPair<Network> networks,
    RegionPair<EncryptionKeys> keys,
    RegionPair<String> applicationSecurityGroupIds,
    boolean protectData,
    Optional<String> finalSnapshot) {}
