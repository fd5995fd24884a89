package payments.dr.backends;

import payments.dr.modules.encryption.EncryptionSettings;
import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;
import payments.dr.modules.storage.StorageSettings;

/**
 * What the buckets of a state need.
 *
 * @param bucket name of the one that Terraform writes to; the others' are made from it
 * @param regions the replica's, and the state's own as {@code dr}
 * @param protectData whether versions, buckets and keys refuse to be deleted
 */
public record StateBucketsProps(
    ResourceNames names,
    String bucket,
    RegionPair<Region> regions,
    EncryptionSettings encryption,
    StorageSettings storage,
    boolean protectData) {}
