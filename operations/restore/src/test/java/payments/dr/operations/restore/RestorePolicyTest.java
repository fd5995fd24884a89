package payments.dr.operations.restore;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the printed policy allows: every call that is made, and no harm to what runs. */
class RestorePolicyTest {

  private static final String RDS = "arn:aws:rds:us-east-1:123456789012:";
  private static final String DYNAMODB = "arn:aws:dynamodb:us-east-1:123456789012:table/";
  private static final String VAULT =
      "backup arn:aws:backup:us-east-1:123456789012:backup-vault:primary-backup-vault-local";
  private static final String RESTORED = "primary-restored-v2-1f3a55c0-local";
  private static final String TABLE = DYNAMODB + "primary-restored-sessions-v2-1f3a55c0-local";
  private static final String CLUSTER = "rds " + RDS + "cluster:" + RESTORED;
  private static final String INSTANCE = "rds " + RDS + "db:primary-restored-v2-1f3a55c0-0-local";

  /**
   * The service and the resources on which AWS's service authorization reference has each operation
   * allowed, for what it is called with.
   */
  private static final Map<String, List<String>> CALLS =
      Map.ofEntries(
          entry("DescribeBackupVault", List.of(VAULT)),
          entry("ListRecoveryPointsByBackupVault", List.of(VAULT)),
          entry("StartRestoreJob", List.of("backup " + FakePlace.SESSIONS)),
          entry("ListRestoreJobs", List.of("backup *")),
          entry("GetRestoreJobMetadata", List.of("backup *")),
          entry("DescribeSecurityGroups", List.of("ec2 *")),
          entry("DescribeKey", List.of("kms " + FakePlace.KEY)),
          entry(
              "RestoreDBClusterFromSnapshot",
              List.of(
                  CLUSTER,
                  "rds " + FakePlace.POINT,
                  "rds " + RDS + "subgrp:primary-db-subnets-v2-local",
                  "rds " + RDS + "cluster-pg:primary-db-params-v2-local",
                  "rds " + RDS + "og:default:aurora-postgresql-17")),
          entry(
              "RestoreDBClusterToPointInTime",
              List.of(
                  CLUSTER,
                  "rds " + RDS + "cluster:" + FakeRds.RUNNING,
                  "rds " + RDS + "cluster-auto-backup:ab-1",
                  "rds " + RDS + "subgrp:primary-db-subnets-v2-local",
                  "rds " + RDS + "cluster-pg:primary-db-params-v2-local",
                  "rds " + RDS + "og:default:aurora-postgresql-17")),
          entry("AddTagsToResource", List.of(CLUSTER, INSTANCE)),
          entry("DescribeDBClusterSnapshots", List.of("rds " + FakePlace.POINT)),
          entry("DescribeDBClusters", List.of("rds " + RDS + "cluster:*")),
          entry(
              "DescribeDBClusterAutomatedBackups", List.of("rds " + RDS + "cluster-auto-backup:*")),
          entry(
              "CreateDBInstance",
              List.of(
                  CLUSTER,
                  INSTANCE,
                  "rds " + RDS + "subgrp:primary-db-subnets-v2-local",
                  "rds " + RDS + "pg:default.aurora-postgresql17",
                  "rds " + RDS + "og:default:aurora-postgresql-17")),
          entry("DescribeDBInstances", List.of(INSTANCE)),
          entry("ModifyDBCluster", List.of(CLUSTER)),
          entry("DeleteDBInstance", List.of(INSTANCE)),
          entry("DeleteDBCluster", List.of(CLUSTER)),
          entry(
              "DescribeGlobalClusters", List.of("rds arn:aws:rds::123456789012:global-cluster:*")),
          entry(
              "DescribeContinuousBackups", List.of("dynamodb " + DYNAMODB + FakeDynamoDb.RUNNING)),
          entry(
              "RestoreTableToPointInTime",
              List.of("dynamodb " + DYNAMODB + FakeDynamoDb.RUNNING, "dynamodb " + TABLE)),
          entry("DescribeTable", List.of("dynamodb " + TABLE)),
          entry("TagResource", List.of("dynamodb " + TABLE)),
          entry("UpdateTable", List.of("dynamodb " + TABLE)),
          entry("Scan", List.of("dynamodb " + TABLE)),
          entry("DeleteTable", List.of("dynamodb " + TABLE)),
          entry(
              "GetSecretValue",
              List.of(
                  "secretsmanager arn:aws:secretsmanager:us-east-2:123456789012:secret:db-password-v2-local-AbCdEf")),
          entry("PassRole", List.of("iam arn:aws:iam::123456789012:role/backup-role-local")));

  /** AWS checks these along with a call that has another name. */
  private static final Set<String> BESIDE =
      Set.of("AddTagsToResource", "GetSecretValue", "PassRole");

  private JsonNode policy;

  @BeforeEach
  void print() throws IOException {
    Restoring printing = new Restoring();
    assertEquals(0, printing.run("--policy"), printing.err);
    assertEquals(Set.of(), printing.place.called, "asks nothing");
    policy = new ObjectMapper().readTree(printing.out);
  }

  @Test
  void every_call_is_allowed() {
    Set<String> refused = new TreeSet<>();
    CALLS.forEach(
        (operation, resources) ->
            resources.stream()
                .filter(on -> !allows(on.split(" ")[0] + ":" + operation, on.split(" ")[1]))
                .forEach(on -> refused.add(operation + " " + on)));

    assertEquals(Set.of(), refused);
  }

  @Test
  void calls_are_those_that_are_made() {
    Restoring restoring = new Restoring();
    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    restoring.place.rds.keepContinuously("active", time, time);
    restoring.run();
    restoring.run("--at", time.toString());
    restoring.run("--point", FakePlace.POINT);
    for (String cluster : List.copyOf(restoring.place.rds.clusters.keySet())) {
      restoring.clean(cluster, cluster);
    }
    Set<String> made = new TreeSet<>(restoring.place.called);
    made.addAll(BESIDE);

    assertEquals(new TreeSet<>(CALLS.keySet()), made);
  }

  @Test
  void nothing_that_runs_is_changed_or_read() {
    for (String cluster : List.of("primary-db-cluster-v2-local", "primary-restored-v2-1-prod")) {
      for (String action :
          List.of(
              "DeleteDBCluster",
              "ModifyDBCluster",
              "AddTagsToResource",
              "CreateDBInstance",
              "RestoreDBClusterFromSnapshot")) {
        assertFalse(allows("rds:" + action, RDS + "cluster:" + cluster), action + " " + cluster);
      }
    }
    assertFalse(allows("rds:DeleteDBInstance", RDS + "db:primary-db-instance-v2-0-local"));
    for (String action : List.of("DeleteTable", "UpdateTable", "Scan", "PutItem", "DeleteItem")) {
      assertFalse(allows("dynamodb:" + action, DYNAMODB + FakeDynamoDb.RUNNING), action);
      assertFalse(allows("dynamodb:" + action, DYNAMODB + "dr-ledger-local"), action);
    }
    for (String action :
        List.of("DeleteRecoveryPoint", "PutBackupVaultAccessPolicy", "DeleteBackupVault")) {
      assertFalse(allows("backup:" + action, "*"), action);
      assertFalse(allows("backup:" + action, VAULT.split(" ")[1]), action);
    }
    assertFalse(
        allows(
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:us-east-2:123456789012:secret:db-password-v2-prod-AbCdEf"));
    assertFalse(allows("iam:PassRole", "arn:aws:iam::123456789012:role/Administrator"));
  }

  @Test
  void role_is_passed_to_aws_backup_alone_and_the_keys_are_the_environments() {
    assertEquals(
        "backup.amazonaws.com",
        condition("iam:PassRole", "/StringEquals/iam:PassedToService").asText());
    assertEquals(
        List.of("alias/primary-data-local", "alias/primary-backup-local"),
        texts(condition("kms:DescribeKey", "/ForAnyValue:StringEquals/kms:ResourceAliases")));
  }

  private JsonNode condition(String action, String place) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(statement -> texts(statement.path("Action")).contains(action))
        .map(statement -> statement.path("Condition").at(place))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a statement has the action, word by word, and a pattern that the resource fits. */
  private boolean allows(String action, String resource) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(statement -> texts(statement.path("Action")).contains(action))
        .flatMap(statement -> texts(statement.path("Resource")).stream())
        .anyMatch(pattern -> glob(pattern).matcher(resource).matches());
  }

  private static List<String> texts(JsonNode array) {
    assertTrue(array.isArray());
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
  }
}
