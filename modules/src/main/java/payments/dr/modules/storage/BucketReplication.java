package payments.dr.modules.storage;

import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRule;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDeleteMarkerReplication;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDestination;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleFilter;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleSourceSelectionCriteria;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects;
import java.util.List;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.storage.BucketReplicationProps.End;

/**
 * Copies what is written to one bucket into a bucket of the other Region, under that Region's key.
 *
 * <p>Usually within minutes, without a promise: what was written last may be lost with its Region.
 * S3 does not copy copies, so two buckets may replicate into each other.
 */
public final class BucketReplication extends Component {

  private final BucketReplicationProps props;

  public BucketReplication(Component scope, String id, BucketReplicationProps props) {
    super(scope, id);
    this.props = props;
    S3BucketReplicationConfigurationA.Builder.create(this, "replication")
        .provider(props.source().region().provider())
        .bucket(props.source().bucket().name())
        .role(role().arn())
        .rule(List.of(rule()))
        .dependsOn(
            List.of(props.source().bucket().versioning(), props.target().bucket().versioning()))
        .build();
  }

  private S3BucketReplicationConfigurationRule rule() {
    return S3BucketReplicationConfigurationRule.builder()
        .id(props.id())
        .status("Enabled")
        .filter(S3BucketReplicationConfigurationRuleFilter.builder().prefix(props.prefix()).build())
        .deleteMarkerReplication(
            S3BucketReplicationConfigurationRuleDeleteMarkerReplication.builder()
                .status(props.deletions() ? "Enabled" : "Disabled")
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
                .bucket(props.target().bucket().arn())
                .encryptionConfiguration(
                    S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration.builder()
                        .replicaKmsKeyId(props.target().kmsKeyArn())
                        .build())
                .build())
        .build();
  }

  private ServiceRole role() {
    String sourceArn = props.source().bucket().arn();
    String[] writes =
        props.deletions()
            ? new String[] {"s3:ReplicateObject", "s3:ReplicateTags", "s3:ReplicateDelete"}
            : new String[] {"s3:ReplicateObject", "s3:ReplicateTags"};
    return new ServiceRole(
        this,
        "role",
        props.source().region(),
        ServiceRoleProps.withoutSourceAccount(
            props.roleName(),
            "s3.amazonaws.com",
            Statement.allow("ReadConfiguration")
                .actions("s3:GetReplicationConfiguration", "s3:ListBucket")
                .on(sourceArn),
            Statement.allow("ReadVersions")
                .actions(
                    "s3:GetObjectVersionForReplication",
                    "s3:GetObjectVersionAcl",
                    "s3:GetObjectVersionTagging")
                .on(sourceArn + "/*"),
            Statement.allow("WriteReplicas")
                .actions(writes)
                .on(props.target().bucket().arn() + "/*"),
            key("Decrypt", props.source()).actions("kms:Decrypt"),
            key("Encrypt", props.target()).actions("kms:Encrypt", "kms:GenerateDataKey")));
  }

  private static Statement key(String sid, End end) {
    return Statement.allow(sid)
        .on(end.kmsKeyArn())
        .when("StringEquals", "kms:ViaService", "s3." + end.region().name() + ".amazonaws.com");
  }
}
