package payments.dr.modules.storage;

import payments.dr.modules.region.Region;

/**
 * What the replication of a bucket needs.
 *
 * @param id of the rule, shown in S3's metrics and events
 * @param roleName unique in the account
 * @param prefix of the keys that are copied; empty for all
 * @param deletions whether deleting an object deletes its copy too; versions always stay
 */
public record BucketReplicationProps(
    String id, String roleName, End source, End target, String prefix, boolean deletions) {

  /** One side: a bucket of a Region, and the key of that Region under which it encrypts. */
  public record End(Region region, PrivateBucket bucket, String kmsKeyArn) {}
}
