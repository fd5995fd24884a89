package payments.dr.operations.restore;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.Project;

/**
 * Makes the least IAM policy by which a person can do all that {@code ./dr restore} does: of what
 * runs it reads, and it makes, changes and removes only what has the names of restores. One thing
 * IAM cannot keep apart: the source of a cluster that is restored to a time is a cluster as the
 * restored one is, so one of the environment's names that is free can be given to it.
 *
 * <p>The policies of the keys let RDS, DynamoDB and Secrets Manager use them for everybody in the
 * account.
 */
final class RestorePolicy {

  private final ArrayNode statements;
  private final ResourceNames names;
  private final String account;

  private RestorePolicy(ArrayNode statements, ResourceNames names, String account) {
    this.statements = statements;
    this.names = names;
    this.account = account;
  }

  static ObjectNode of(Project project, Environment environment) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    RestorePolicy made =
        new RestorePolicy(
            policy.putArray("Statement"),
            environment.names(),
            project.configuration().accountOf(environment).config().id());
    for (RegionRole role : RegionRole.values()) {
      made.add(role, environment.config().regions().get(role).name());
    }
    made.everywhere(environment.config().regions().dr().name());
    return policy;
  }

  private void add(RegionRole role, String region) {
    String rds = arn("rds", region, "");
    String restored = names.regional(role, "restored*");
    String table = arn("dynamodb", region, "table/" + names.global("session-table*"));
    String restoredTable = arn("dynamodb", region, "table/" + restored);
    String vault = arn("backup", region, "backup-vault:" + names.regional(role, "backup-vault"));
    allow(
        List.of("backup:DescribeBackupVault", "backup:ListRecoveryPointsByBackupVault"),
        List.of(vault));
    allow(
        List.of("backup:StartRestoreJob"),
        // Those of tables that AWS Backup does not manage fully are of DynamoDB.
        List.of(arn("backup", region, "recovery-point:*"), table + "/backup/*"));
    String subnets = rds + "subgrp:" + names.regional(role, "db-subnets*");
    // AWS's own, of whichever version the backup is.
    String options = rds + "og:default:aurora-postgresql-*";
    allow(
        List.of("rds:RestoreDBClusterFromSnapshot", "rds:RestoreDBClusterToPointInTime"),
        List.of(
            rds + "cluster:" + restored,
            subnets,
            rds + "cluster-pg:" + names.regional(role, "db-params*"),
            options));
    allow(
        List.of("rds:RestoreDBClusterFromSnapshot"), List.of(rds + "cluster-snapshot:awsbackup:*"));
    // AWS asks it of the source, too.
    allow(
        List.of("rds:RestoreDBClusterToPointInTime"),
        List.of(
            rds + "cluster:" + names.regional(role, "db-cluster*"), rds + "cluster-auto-backup:*"));
    allow(
        List.of("rds:CreateDBInstance"),
        List.of(subnets, rds + "pg:default.aurora-postgresql*", options));
    allow(List.of("rds:DescribeDBClusterSnapshots"), List.of(rds + "cluster-snapshot:awsbackup:*"));
    // They list what there is, whatever its name.
    allow(
        List.of("rds:DescribeDBClusters", "rds:DescribeDBClusterAutomatedBackups"),
        List.of(rds + "cluster:*", rds + "cluster-auto-backup:*"));
    allow(
        List.of(
            "rds:AddTagsToResource",
            "rds:CreateDBInstance",
            "rds:DeleteDBCluster",
            "rds:DeleteDBInstance",
            "rds:DescribeDBInstances",
            "rds:ModifyDBCluster"),
        List.of(rds + "cluster:" + restored, rds + "db:" + restored));
    allow(
        List.of("dynamodb:DescribeContinuousBackups", "dynamodb:RestoreTableToPointInTime"),
        List.of(table));
    allow(
        List.of(
            "dynamodb:DeleteTable",
            "dynamodb:DescribeTable",
            "dynamodb:RestoreTableToPointInTime",
            "dynamodb:Scan",
            "dynamodb:TagResource",
            "dynamodb:UpdateTable",
            // As which it writes what it restores to a time.
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem"),
        List.of(restoredTable));
    allow(List.of("kms:DescribeKey"), List.of(arn("kms", region, "key/*")))
        .putObject("Condition")
        .putObject("ForAnyValue:StringEquals")
        .putArray("kms:ResourceAliases")
        .add("alias/" + names.regional(role, "data"))
        .add("alias/" + names.regional(role, "backup"));
  }

  private void everywhere(String dr) {
    allow(
        List.of("rds:DescribeGlobalClusters"),
        List.of("arn:aws:rds::" + account + ":global-cluster:*"));
    allow(
        List.of(
            "backup:GetRestoreJobMetadata", "backup:ListRestoreJobs", "ec2:DescribeSecurityGroups"),
        List.of("*"));
    allow(
        List.of("secretsmanager:GetSecretValue"),
        List.of(arn("secretsmanager", dr, "secret:" + names.global("db-password*") + "-??????")));
    allow(
            List.of("iam:PassRole"),
            List.of("arn:aws:iam::%s:role/%s".formatted(account, names.global("backup-role"))))
        .putObject("Condition")
        .putObject("StringEquals")
        .put("iam:PassedToService", "backup.amazonaws.com");
  }

  private ObjectNode allow(List<String> actions, List<String> resources) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow");
    ArrayNode allowed = statement.putArray("Action");
    actions.forEach(allowed::add);
    ArrayNode on = statement.putArray("Resource");
    resources.forEach(on::add);
    return statement;
  }

  private String arn(String service, String region, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, region, account, resource);
  }
}
