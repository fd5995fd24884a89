package payments.dr.modules.baseline;

import java.util.List;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;

/**
 * Keeps what AWS records about the account in one Region. Nobody deletes a version of it before its
 * time, not even an administrator, unless the policy is changed first.
 */
final class AccountRecords extends Component {

  private final PrivateBucket bucket;
  private final String kmsKeyArn;

  AccountRecords(
      Region region,
      String id,
      AccountBaselineProps props,
      EncryptionKeys keys,
      AccessLogs accessLogs) {
    super(region, id);
    kmsKeyArn = keys.arn(KeyPurpose.AUDIT);
    String name = props.names().bucket(region.role(), "records");
    String arn = "arn:aws:s3:::" + name;
    bucket =
        new PrivateBucket(
            this,
            "records",
            region,
            new BucketProps(
                name,
                kmsKeyArn,
                props.settings().auditRetentionDays(),
                accessLogs,
                List.of(
                    Statement.allow("LookByServices")
                        .toService("cloudtrail.amazonaws.com", "config.amazonaws.com")
                        .actions("s3:GetBucketAcl", "s3:ListBucket")
                        .on(arn)
                        .when("StringEquals", "aws:SourceAccount", region.accountId()),
                    Statement.allow("WriteByServices")
                        .toService("cloudtrail.amazonaws.com", "config.amazonaws.com")
                        .actions("s3:PutObject")
                        .on(arn + "/AWSLogs/" + region.accountId() + "/*")
                        .when("StringEquals", "aws:SourceAccount", region.accountId()),
                    Statement.deny("RefuseDeletionOfVersions")
                        .toAws("*")
                        .actions("s3:DeleteObjectVersion", "s3:DeleteBucket")
                        .on(arn, arn + "/*")),
                false));
  }

  PrivateBucket bucket() {
    return bucket;
  }

  String kmsKeyArn() {
    return kmsKeyArn;
  }
}
