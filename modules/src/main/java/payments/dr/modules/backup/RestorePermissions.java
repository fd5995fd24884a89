package payments.dr.modules.backup;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;

/**
 * What AWS Backup may do when it restores clusters and tables for a test: what <a
 * href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForRestores.html">AWS's
 * own policy</a> allows for these two services, on what a test makes alone. AWS Backup <a
 * href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html">makes
 * up the names</a> of that, behind a prefix.
 *
 * <p>Deleting it is not among them: a service-linked role does that. The policies of the keys let
 * both services use them for everybody in the account.
 */
final class RestorePermissions {

  private static final String PREFIX = "awsbackup-restore-test*";

  private RestorePermissions() {}

  /**
   * Returns the statements for restores in one Region.
   *
   * @param subnetGroupName of the restored clusters
   */
  static Statement[] of(Region region, String subnetGroupName, EncryptionKeys keys) {
    String rds = "arn:aws:rds:%s:%s:".formatted(region.name(), region.accountId());
    String cluster = rds + "cluster:" + PREFIX;
    String snapshot = rds + "cluster-snapshot:awsbackup:*";
    String table =
        "arn:aws:dynamodb:%s:%s:table/%s".formatted(region.name(), region.accountId(), PREFIX);
    return new Statement[] {
      Statement.allow("RestoreTables")
          .actions(
              "dynamodb:RestoreTableFromAwsBackup",
              "dynamodb:BatchWriteItem",
              "dynamodb:DeleteItem",
              "dynamodb:DescribeTable",
              "dynamodb:GetItem",
              "dynamodb:PutItem",
              "dynamodb:Query",
              "dynamodb:Scan",
              "dynamodb:UpdateItem")
          .on(table),
      Statement.allow("RestoreClusters")
          .actions("rds:RestoreDBClusterFromSnapshot")
          .on(
              cluster,
              snapshot,
              rds + "subgrp:" + subnetGroupName,
              // AWS's own, of whichever version the snapshot is.
              rds + "cluster-pg:default.aurora-postgresql*",
              rds + "og:default:aurora-postgresql-*"),
      Statement.allow("FollowClusters")
          .actions("rds:AddTagsToResource", "rds:DescribeDBClusters", "rds:ListTagsForResource")
          .on(cluster),
      Statement.allow("ReadSnapshots")
          .actions("rds:DescribeDBClusterSnapshots", "rds:ListTagsForResource")
          .on(snapshot),
      Statement.allow("LookAtKeys")
          .actions("kms:DescribeKey")
          .on(keys.arn(KeyPurpose.DATA), keys.arn(KeyPurpose.BACKUP))
    };
  }
}
