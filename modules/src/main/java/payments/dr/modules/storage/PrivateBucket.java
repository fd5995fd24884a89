package payments.dr.modules.storage;

import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRule;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleExpiration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleFilter;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_logging.S3BucketLoggingA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_object_lock_configuration.S3BucketObjectLockConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_object_lock_configuration.S3BucketObjectLockConfigurationRuleA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_object_lock_configuration.S3BucketObjectLockConfigurationRuleDefaultRetentionA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_ownership_controls.S3BucketOwnershipControls;
import com.hashicorp.cdktf.providers.aws.s3_bucket_ownership_controls.S3BucketOwnershipControlsRule;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_public_access_block.S3BucketPublicAccessBlock;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationRuleA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningVersioningConfiguration;
import java.util.ArrayList;
import java.util.List;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * An S3 bucket with everything that a private one should have: versions, encryption, no public
 * access, no ACLs, TLS only, request logs, and a lifecycle that leaves no half upload behind;
 * Object Lock where it is asked for.
 */
public final class PrivateBucket extends Component {

  /** Time to notice and undo an overwrite or a deletion. */
  private static final int NONCURRENT_DAYS = 30;

  private final Region region;
  private final BucketProps props;
  private final Reference bucket;
  private final S3BucketVersioningA versioning;
  private final S3BucketPolicy policy;

  public PrivateBucket(Component scope, String id, Region region, BucketProps props) {
    super(scope, id);
    this.region = region;
    this.props = props;
    S3Bucket.Builder.create(this, "bucket")
        .provider(region.provider())
        .bucket(props.name())
        .forceDestroy(props.destroyWithContent())
        .objectLockEnabled(props.retention() == null ? null : true)
        .build();
    bucket = Reference.to(this, S3Bucket.TF_RESOURCE_TYPE, "bucket");
    S3BucketPublicAccessBlock noPublicAccess =
        S3BucketPublicAccessBlock.Builder.create(this, "public-access-block")
            .provider(region.provider())
            .bucket(bucket.id())
            .blockPublicAcls(true)
            .blockPublicPolicy(true)
            .ignorePublicAcls(true)
            .restrictPublicBuckets(true)
            .build();
    S3BucketOwnershipControls.Builder.create(this, "ownership")
        .provider(region.provider())
        .bucket(bucket.id())
        .rule(
            S3BucketOwnershipControlsRule.builder().objectOwnership("BucketOwnerEnforced").build())
        .build();
    encryption();
    versioning = keepVersions();
    lifecycle();
    if (props.retention() != null) {
      lock(props.retention());
    }
    // After the block, or S3 may judge the policy by switches that are still changing.
    policy =
        S3BucketPolicy.Builder.create(this, "policy")
            .provider(region.provider())
            .bucket(bucket.id())
            .policy(PolicyDocument.of(statements()))
            .dependsOn(List.of(noPublicAccess))
            .build();
    if (props.accessLogs() != null) {
      S3BucketLoggingA.Builder.create(this, "logging")
          .provider(region.provider())
          .bucket(bucket.id())
          .targetBucket(props.accessLogs().bucketName())
          .targetPrefix("s3/" + props.name() + "/")
          // S3 refuses a target that does not admit it yet.
          .dependsOn(List.of(props.accessLogs().deliveryPolicy()))
          .build();
    }
  }

  public String name() {
    return bucket.id();
  }

  /** The text, not a reference. */
  public String literalName() {
    return props.name();
  }

  public String arn() {
    return bucket.arn();
  }

  /** What a writer must wait for when it checks its permission on creation. */
  public S3BucketPolicy policy() {
    return policy;
  }

  /** What replication must wait for, on both sides. */
  public S3BucketVersioningA versioning() {
    return versioning;
  }

  private void encryption() {
    var byDefault =
        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA.builder()
            .sseAlgorithm(props.kmsKeyArn() == null ? "AES256" : "aws:kms")
            .kmsMasterKeyId(props.kmsKeyArn())
            .build();
    S3BucketServerSideEncryptionConfigurationA.Builder.create(this, "encryption")
        .provider(region.provider())
        .bucket(bucket.id())
        .rule(
            List.of(
                S3BucketServerSideEncryptionConfigurationRuleA.builder()
                    .applyServerSideEncryptionByDefault(byDefault)
                    .bucketKeyEnabled(props.kmsKeyArn() != null)
                    .build()))
        .build();
  }

  private S3BucketVersioningA keepVersions() {
    return S3BucketVersioningA.Builder.create(this, "versioning")
        .provider(region.provider())
        .bucket(bucket.id())
        .versioningConfiguration(
            S3BucketVersioningVersioningConfiguration.builder().status("Enabled").build())
        .build();
  }

  private void lock(Retention retention) {
    S3BucketObjectLockConfigurationA.Builder.create(this, "object-lock")
        .provider(region.provider())
        .bucket(bucket.id())
        .rule(
            S3BucketObjectLockConfigurationRuleA.builder()
                .defaultRetention(
                    S3BucketObjectLockConfigurationRuleDefaultRetentionA.builder()
                        .mode(retention.mode().name())
                        .days(retention.days())
                        .build())
                .build())
        // Locked are versions.
        .dependsOn(List.of(versioning))
        .build();
  }

  private void lifecycle() {
    var rule =
        S3BucketLifecycleConfigurationRule.builder()
            .id("expire")
            .status("Enabled")
            .filter(S3BucketLifecycleConfigurationRuleFilter.builder().prefix("").build())
            .noncurrentVersionExpiration(
                S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration.builder()
                    .noncurrentDays(NONCURRENT_DAYS)
                    .build())
            .abortIncompleteMultipartUpload(
                S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload.builder()
                    .daysAfterInitiation(1)
                    .build());
    if (props.expirationDays() != null) {
      rule.expiration(
          S3BucketLifecycleConfigurationRuleExpiration.builder()
              .days(props.expirationDays())
              .build());
    }
    // After versioning: rules on non-current versions need it.
    S3BucketLifecycleConfiguration.Builder.create(this, "lifecycle")
        .provider(region.provider())
        .bucket(bucket.id())
        .rule(List.of(rule.build()))
        .dependsOn(List.of(versioning))
        .build();
  }

  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    String[] everything = {arn(), arn() + "/*"};
    statements.add(Statement.refusePlainText("s3:*", everything));
    statements.add(
        Statement.deny("RefuseOldTls")
            .toAws("*")
            .actions("s3:*")
            .on(everything)
            .when("NumericLessThan", "s3:TlsVersion", "1.2"));
    statements.addAll(props.statements());
    return statements;
  }
}
