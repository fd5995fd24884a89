package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRule;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDeleteMarkerReplication;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDestination;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleFilter;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleSourceSelectionCriteria;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects;
import java.util.List;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionRole;
import payments.dr.modules.storage.PrivateBucket;
import software.constructs.Construct;

/**
 * Copies what each Region archives to the other Region's bucket, under the other Region's key.
 *
 * <p>Usually within minutes, without a promise: what a Region archived in its very last minutes may
 * be lost with it. S3 does not copy copies, so nothing goes in circles, and deletions stay local.
 */
public final class ArchiveReplication {

  private final ArchiveReplicationProps props;

  /** Makes one construct named {@code id} in each Region. */
  public ArchiveReplication(String id, ArchiveReplicationProps props) {
    this.props = props;
    replicate(id, RegionRole.PRIMARY, RegionRole.DR);
    replicate(id, RegionRole.DR, RegionRole.PRIMARY);
  }

  private void replicate(String id, RegionRole from, RegionRole to) {
    Region region = props.regions().get(from);
    Construct scope = new Construct(region, id);
    PrivateBucket source = props.archives().get(from).bucket();
    PrivateBucket target = props.archives().get(to).bucket();
    S3BucketReplicationConfigurationA.Builder.create(scope, "replication")
        .provider(region.provider())
        .bucket(source.name())
        .role(role(scope, from, to).arn())
        .rule(List.of(rule(target, props.keys().get(to).arn(KeyPurpose.STORAGE))))
        .dependsOn(List.of(source.versioning(), target.versioning()))
        .build();
  }

  private static S3BucketReplicationConfigurationRule rule(PrivateBucket target, String keyArn) {
    return S3BucketReplicationConfigurationRule.builder()
        .id("metrics")
        .status("Enabled")
        .filter(S3BucketReplicationConfigurationRuleFilter.builder().prefix("metrics/").build())
        .deleteMarkerReplication(
            S3BucketReplicationConfigurationRuleDeleteMarkerReplication.builder()
                .status("Disabled")
                .build())
        .sourceSelectionCriteria(
            S3BucketReplicationConfigurationRuleSourceSelectionCriteria.builder()
                .sseKmsEncryptedObjects(
                    S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects
                        .builder()
                        .status("Enabled")
                        .build())
                .build())
        .destination(
            S3BucketReplicationConfigurationRuleDestination.builder()
                .bucket(target.arn())
                .encryptionConfiguration(
                    S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration.builder()
                        .replicaKmsKeyId(keyArn)
                        .build())
                .build())
        .build();
  }

  private ServiceRole role(Construct scope, RegionRole from, RegionRole to) {
    PrivateBucket source = props.archives().get(from).bucket();
    PrivateBucket target = props.archives().get(to).bucket();
    return new ServiceRole(
        scope,
        "role",
        props.regions().get(from),
        ServiceRoleProps.withoutSourceAccount(
            props.names().regional(from, "metric-replication"),
            "s3.amazonaws.com",
            Statement.allow("ReadConfiguration")
                .actions("s3:GetReplicationConfiguration", "s3:ListBucket")
                .on(source.arn()),
            Statement.allow("ReadVersions")
                .actions(
                    "s3:GetObjectVersionForReplication",
                    "s3:GetObjectVersionAcl",
                    "s3:GetObjectVersionTagging")
                .on(source.arn() + "/*"),
            Statement.allow("WriteReplicas")
                .actions("s3:ReplicateObject", "s3:ReplicateTags")
                .on(target.arn() + "/*"),
            key("Decrypt", from).actions("kms:Decrypt"),
            key("Encrypt", to).actions("kms:Encrypt", "kms:GenerateDataKey")));
  }

  private Statement key(String sid, RegionRole role) {
    return Statement.allow(sid)
        .on(props.keys().get(role).arn(KeyPurpose.STORAGE))
        .when(
            "StringEquals",
            "kms:ViaService",
            "s3." + props.regions().get(role).name() + ".amazonaws.com");
  }
}
