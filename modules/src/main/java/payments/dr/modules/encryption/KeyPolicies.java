package payments.dr.modules.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.AwsRegion;
import payments.dr.modules.region.Region;

/**
 * Who may use each key. The account administers all of them (without that a key can be locked for
 * ever); everybody else comes through the AWS service that the key is for.
 */
final class KeyPolicies {

  private static final String[] USE = {
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:DescribeKey"
  };

  /** Administration without use. CreateGrant is left to the statements below: a grant is use. */
  private static final String[] ADMINISTER = {
    "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey",
    "kms:DisableKey", "kms:EnableKey", "kms:EnableKeyRotation", "kms:DisableKeyRotation",
    "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListGrants",
    "kms:ListKeyPolicies", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:ReplicateKey",
    "kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource",
    "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription", "kms:UpdatePrimaryRegion"
  };

  private KeyPolicies() {}

  static String of(KeyPurpose purpose, Region region, RegionPair<Region> regions) {
    // Replicas and copies are often made by the service of the Region that they come from.
    List<Region> both = List.of(regions.primary(), regions.dr());
    List<Region> own = List.of(region);
    return administered(
        region,
        switch (purpose) {
          case DATA -> backedUp(both, "rds", "dynamodb", "secretsmanager", "backup");
          case BACKUP -> backedUp(both, "backup", "rds", "dynamodb");
          case COMPUTE -> fleet(region);
          case LOGS -> List.of(logs(region));
          case NOTIFICATIONS -> publishers(region);
          case STORAGE -> viaServices(own, "s3", "firehose");
          case STATE -> viaServices(own, "s3");
          case AUDIT -> recorders(region);
        });
  }

  /** Of a key that only a table of its own Region uses. */
  static String ofTable(AwsRegion region) {
    return administered(region, viaServices(List.of(region), "dynamodb"));
  }

  private static String administered(AwsRegion region, List<Statement> users) {
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.allow("AdministerByAccount")
            .toAws("arn:aws:iam::" + region.accountId() + ":root")
            .actions(ADMINISTER)
            .on("*"));
    statements.addAll(users);
    return PolicyDocument.of(statements);
  }

  /**
   * Any principal of this account through the named services, as far as it may use the service
   * itself: like AWS's own keys, it asks for no permission of KMS on top.
   */
  private static List<Statement> viaServices(
      List<? extends AwsRegion> regions, String... services) {
    String account = regions.get(0).accountId();
    String[] endpoints = endpoints(regions, services);
    Statement through =
        Statement.allow("UseThroughServices")
            .toAws("*")
            .actions(USE)
            .on("*")
            .when("StringEquals", "kms:CallerAccount", account)
            .when("StringEquals", "kms:ViaService", endpoints);
    Statement grants =
        Statement.allow("GrantToServices")
            .toAws("*")
            .actions("kms:CreateGrant")
            .on("*")
            .when("StringEquals", "kms:CallerAccount", account)
            .when("StringEquals", "kms:ViaService", endpoints)
            .when("Bool", "kms:GrantIsForAWSResource", "true");
    return List.of(through, grants);
  }

  /**
   * What AWS Backup needs besides. Who makes a vault must be allowed to <a
   * href="https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html">retire a
   * grant</a>. And the two roles that back up, copy and restore may what their own policies, which
   * AWS writes, say: AWS documents that they <a
   * href="https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html">must have access
   * to the key</a>, and nowhere that all their calls come through a service.
   */
  private static List<Statement> backedUp(List<Region> regions, String... services) {
    String account = regions.get(0).accountId();
    String ofAccount = "arn:aws:iam::" + account + ":root";
    String[] roles = {
      // Of each environment, as modules.backup names it.
      "arn:aws:iam::" + account + ":role/backup-role-*",
      "arn:aws:iam::"
          + account
          + ":role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
    };
    List<Statement> statements = new ArrayList<>(viaServices(regions, services));
    statements.add(
        Statement.allow("RetireGrantsOfBackup")
            .toAws("*")
            .actions("kms:RetireGrant")
            .on("*")
            .when("StringEquals", "kms:CallerAccount", account)
            .when("StringEquals", "kms:ViaService", endpoints(regions, "backup")));
    statements.add(
        Statement.allow("UseByBackup")
            .toAws(ofAccount)
            .actions(USE)
            .on("*")
            .when("ArnLike", "aws:PrincipalArn", roles));
    statements.add(
        Statement.allow("GrantByBackup")
            .toAws(ofAccount)
            .actions("kms:CreateGrant")
            .on("*")
            .when("ArnLike", "aws:PrincipalArn", roles)
            .when("Bool", "kms:GrantIsForAWSResource", "true"));
    return statements;
  }

  /** Such as {@code backup.us-east-1.amazonaws.com}. */
  private static String[] endpoints(List<? extends AwsRegion> regions, String... services) {
    return Stream.of(services)
        .flatMap(
            service ->
                regions.stream().map(region -> service + "." + region.name() + ".amazonaws.com"))
        .toArray(String[]::new);
  }

  /**
   * Auto Scaling launches encrypted volumes under its service-linked role. The role is named in a
   * condition, not as principal: KMS refuses a policy whose principal does not exist yet, and AWS
   * makes that role only with an account's first group.
   */
  private static List<Statement> fleet(Region region) {
    String role =
        "arn:aws:iam::"
            + region.accountId()
            + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    List<Statement> statements = new ArrayList<>(viaServices(List.of(region), "ec2", "lambda"));
    statements.add(
        Statement.allow("UseByAutoScaling")
            .toAws("*")
            .actions(USE)
            .on("*")
            .when("StringEquals", "kms:CallerAccount", region.accountId())
            .when("ArnEquals", "aws:PrincipalArn", role));
    statements.add(
        Statement.allow("GrantByAutoScaling")
            .toAws("*")
            .actions("kms:CreateGrant")
            .on("*")
            .when("StringEquals", "kms:CallerAccount", region.accountId())
            .when("ArnEquals", "aws:PrincipalArn", role)
            .when("Bool", "kms:GrantIsForAWSResource", "true"));
    return statements;
  }

  private static Statement logs(Region region) {
    return Statement.allow("UseByCloudWatchLogs")
        .toService("logs." + region.name() + ".amazonaws.com")
        .actions(
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:GenerateDataKey",
            "kms:DescribeKey")
        .on("*")
        .when(
            "ArnLike",
            "kms:EncryptionContext:aws:logs:arn",
            "arn:aws:logs:" + region.name() + ":" + region.accountId() + ":log-group:*");
  }

  /**
   * CloudTrail encrypts by itself, for trails of this account and Region only; AWS Config has S3
   * write for it, as itself and not as its role.
   */
  private static List<Statement> recorders(Region region) {
    String trails = "arn:aws:cloudtrail:" + region.name() + ":" + region.accountId() + ":trail/*";
    List<Statement> statements = new ArrayList<>(viaServices(List.of(region), "s3"));
    statements.add(
        Statement.allow("EncryptByCloudTrail")
            .toService("cloudtrail.amazonaws.com")
            .actions("kms:GenerateDataKey")
            .on("*")
            .when("ArnLike", "aws:SourceArn", trails)
            .when("ArnLike", "kms:EncryptionContext:aws:cloudtrail:arn", trails));
    statements.add(
        Statement.allow("DescribeByCloudTrail")
            .toService("cloudtrail.amazonaws.com")
            .actions("kms:DescribeKey")
            .on("*")
            .when("ArnLike", "aws:SourceArn", trails));
    statements.add(
        Statement.allow("UseByConfig")
            .toService("config.amazonaws.com")
            .actions("kms:Decrypt", "kms:GenerateDataKey")
            .on("*")
            .when("StringEquals", "aws:SourceAccount", region.accountId()));
    return statements;
  }

  /**
   * Alarms publish to an encrypted topic as CloudWatch, roles of this account through SNS; what
   * could not be done is queued through SQS.
   *
   * <p>A refusal is silent, and AWS documents for no call of KMS that CloudWatch tells whom it
   * works for. So either is enough: that it tells the account, or that what it encrypts is a
   * message of a topic of this account, which SNS makes part of the ciphertext.
   */
  private static List<Statement> publishers(Region region) {
    List<Statement> statements = new ArrayList<>(viaServices(List.of(region), "sns", "sqs"));
    statements.add(
        Statement.allow("UseByAlarms")
            .toService("cloudwatch.amazonaws.com")
            .actions("kms:Decrypt", "kms:GenerateDataKey")
            .on("*")
            .when("StringEquals", "aws:SourceAccount", region.accountId()));
    statements.add(
        Statement.allow("UseByAlarmsForTopics")
            .toService("cloudwatch.amazonaws.com")
            .actions("kms:Decrypt", "kms:GenerateDataKey")
            .on("*")
            .when(
                "ArnLike",
                "kms:EncryptionContext:aws:sns:topicArn",
                "arn:aws:sns:" + region.name() + ":" + region.accountId() + ":*"));
    return statements;
  }
}
