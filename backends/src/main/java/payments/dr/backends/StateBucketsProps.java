package payments.dr.backends;

import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.region.Region;

/**
 * What the buckets of a state need.
 *
 * @param bucket name of the one that Terraform writes to; all other names are made from it, so that
 *     buckets under a new name collide with none of the old ones
 * @param regions the replica's, and the state's own as {@code dr}
 * @param protectData whether versions, buckets and keys refuse to be deleted
 */
public record StateBucketsProps(
    String bucket,
    RegionPair<Region> regions,
    EncryptionSettings encryption,
    StorageSettings storage,
    boolean protectData) {}
