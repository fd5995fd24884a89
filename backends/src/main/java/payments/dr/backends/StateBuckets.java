package payments.dr.backends;

import java.util.List;
import java.util.Set;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.BucketReplication;
import payments.dr.modules.storage.BucketReplicationProps;
import payments.dr.modules.storage.BucketReplicationProps.End;
import payments.dr.modules.storage.PrivateBucket;

/**
 * The buckets that keep Terraform's states: one outside the primary Region, which Terraform reads
 * and writes, and its replica in the primary Region for the day on which the first one is dark.
 *
 * <p>Defaults: a key of its own in each Region and no other encryption, every version kept 30 days
 * after it is replaced, request logs, TLS only; while data is protected nobody deletes a version.
 */
public final class StateBuckets {

  // S3 stops at 63 characters; with these added, 50 are left for the name that settings give.
  private static final String REPLICA = "-replica";
  private static final String LOGS = "-logs";

  private final StateBucketsProps props;
  private final RegionPair<EncryptionKeys> keys;

  /** Makes one construct named {@code id} in each Region. */
  public StateBuckets(String id, StateBucketsProps props) {
    this.props = props;
    keys =
        EncryptionKeys.pair(
            "encryption",
            new EncryptionProps(
                (role, purpose) -> bucketName(role),
                props.encryption(),
                props.regions(),
                Set.of(KeyPurpose.STATE),
                props.protectData()));
    RegionPair<PrivateBucket> buckets =
        new RegionPair<>(bucket(id, props.regions().primary()), bucket(id, props.regions().dr()));
    new BucketReplication(
        props.regions().dr(),
        id + "-replication",
        new BucketReplicationProps(
            "state",
            props.bucket() + "-replication",
            end(buckets, RegionRole.DR),
            end(buckets, RegionRole.PRIMARY),
            "",
            // Without it the replica would show locks that were released long ago.
            true));
  }

  private End end(RegionPair<PrivateBucket> buckets, RegionRole role) {
    return new End(props.regions().get(role), buckets.get(role), keyArn(role));
  }

  private String keyArn(RegionRole role) {
    return keys.get(role).arn(KeyPurpose.STATE);
  }

  private String bucketName(RegionRole role) {
    return switch (role) {
      case PRIMARY -> props.bucket() + REPLICA;
      case DR -> props.bucket();
    };
  }

  private PrivateBucket bucket(String id, Region region) {
    String name = bucketName(region.role());
    AccessLogs logs =
        new AccessLogs(
            region,
            "access-logs",
            new AccessLogsProps(name + LOGS, props.storage(), false, props.protectData()));
    return new PrivateBucket(
        region,
        id,
        region,
        new BucketProps(
            name,
            keyArn(region.role()),
            null,
            logs,
            props.protectData()
                ? List.of(otherEncryption(name), deletion(name))
                : List.of(otherEncryption(name)),
            !props.protectData()));
  }

  /** Terraform names no encryption, and so gets the bucket's; whoever names another is refused. */
  private static Statement otherEncryption(String bucket) {
    return Statement.deny("RefuseOtherEncryption")
        .toAws("*")
        .actions("s3:PutObject")
        .on("arn:aws:s3:::" + bucket + "/*")
        .when("Null", "s3:x-amz-server-side-encryption", "false")
        .when("StringNotEquals", "s3:x-amz-server-side-encryption", "aws:kms");
  }

  /** A state that is overwritten or deleted can be brought back, whoever did it. */
  private static Statement deletion(String bucket) {
    return Statement.deny("RefuseDeletionOfVersions")
        .toAws("*")
        .actions("s3:DeleteObjectVersion", "s3:DeleteBucket")
        .on("arn:aws:s3:::" + bucket, "arn:aws:s3:::" + bucket + "/*");
  }
}
