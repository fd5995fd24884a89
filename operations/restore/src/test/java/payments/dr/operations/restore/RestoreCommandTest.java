package payments.dr.operations.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/** A restore, its list and its removal, on AWS's answers; nobody reaches the database here. */
class RestoreCommandTest {

  private static final int UNREACHABLE = 2;

  private final Restoring restoring = new Restoring();
  private final FakePlace place = restoring.place;

  @Test
  void cluster_stands_beside_the_running_one_on_the_environments_ground() {
    assertEquals(UNREACHABLE, restore());

    RestoreDbClusterFromSnapshotRequest asked = place.rds.restores.get(0);
    assertEquals(FakePlace.POINT, asked.snapshotIdentifier());
    assertEquals("17.7", asked.engineVersion());
    assertEquals(6432, asked.port());
    assertEquals("primary-db-subnets-v2-local", asked.dbSubnetGroupName());
    assertEquals("primary-db-params-v2-local", asked.dbClusterParameterGroupName());
    assertEquals("[sg-1]", asked.vpcSecurityGroupIds().toString());
    assertEquals(FakePlace.KEY, asked.kmsKeyId());
    assertTrue(asked.deletionProtection());
    assertTrue(asked.enableIAMDatabaseAuthentication());
    assertEquals(
        Set.of(
            "Environment=local",
            "Generation=v2",
            "RestoredFrom=" + FakePlace.POINT,
            "RestoredTo=2026-11-25T02:00:00Z",
            "SessionsFrom=" + FakePlace.SESSIONS),
        asked.tags().stream().map(RestoreCommandTest::text).collect(Collectors.toSet()));
    DBCluster made = place.rds.clusters.get(restoredCluster());
    assertEquals("available", made.status());
    assertEquals(
        "available",
        place
            .rds
            .instances
            .get(restoredCluster().replace("-local", "-0-local"))
            .dbInstanceStatus());
    assertEquals("available", place.rds.clusters.get(FakeRds.RUNNING).status());
  }

  private static String text(Tag tag) {
    return tag.key() + "=" + tag.value();
  }

  @Test
  void session_table_of_the_same_run_is_restored_and_protected() {
    place.point(
        "arn:aws:backup:us-east-1:123456789012:recovery-point:earlier",
        "DynamoDB",
        "arn:aws:dynamodb:us-east-1:123456789012:table/" + FakeDynamoDb.RUNNING,
        "01:01");

    restore();

    JsonNode job = place.jobs.get(0);
    assertEquals(FakePlace.SESSIONS, job.path("RecoveryPointArn").asText());
    assertEquals("KMS", job.at("/Metadata/encryptionType").asText());
    assertEquals(FakePlace.KEY, job.at("/Metadata/kmsMasterKeyArn").asText());
    assertTrue(place.dynamoDb.tables.get(restoredTable()).deletionProtectionEnabled());
    assertFalse(place.dynamoDb.tables.get(FakeDynamoDb.RUNNING).deletionProtectionEnabled());
  }

  @Test
  void database_that_is_not_reached_is_told_with_where_it_is() {
    assertEquals(UNREACHABLE, restore());

    assertTrue(
        restoring.err.startsWith(
            "dr: restored database must be readable, got \"connection timed out\";"),
        restoring.err);
    assertTrue(restoring.err.contains("fleet's network"), restoring.err);
  }

  /** At each call that changes something, before AWS does it and after. */
  @Test
  void restore_that_is_killed_anywhere_goes_on_and_makes_nothing_twice() {
    int cuts = 0;
    boolean whole = false;
    while (!whole) {
      Restoring cut = new Restoring();
      cutOff(cut, cuts);
      try {
        cut.run("--point", FakePlace.POINT);
        whole = true;
      } catch (Killed e) {
        // As planned.
      }
      cut.place.calls = call -> {};
      assertEquals(UNREACHABLE, cut.run("--point", FakePlace.POINT), cut.err);
      assertEquals(2, cut.place.rds.clusters.size(), "after a cut at call " + cuts);
      assertEquals(1, cut.place.rds.instances.size(), "after a cut at call " + cuts);
      assertEquals(2, cut.place.dynamoDb.tables.size(), "after a cut at call " + cuts);
      assertEquals(1, cut.place.rds.restores.size(), "after a cut at call " + cuts);
      assertEquals(1, cut.place.jobs.size(), "after a cut at call " + cuts);
      cuts++;
    }
    assertTrue(cuts >= 20, "cut at " + cuts + " calls");
  }

  private static void cutOff(Restoring restoring, int calls) {
    int[] left = {calls};
    restoring.place.calls =
        call -> {
          if (left[0]-- == 0) {
            throw new Killed();
          }
        };
  }

  /** Like the end of the program: nothing catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @Test
  void removal_that_is_killed_anywhere_goes_on_and_leaves_what_runs() {
    int cuts = 0;
    boolean whole = false;
    while (!whole) {
      Restoring cut = new Restoring();
      cut.run("--point", FakePlace.POINT);
      String cluster = restoredCluster(cut);
      cutOff(cut, cuts);
      try {
        assertEquals(0, cut.clean(cluster, cluster), cut.err);
        whole = true;
      } catch (Killed e) {
        cut.place.calls = call -> {};
        // With the cluster, the record is gone: then all is.
        int status = cut.clean(cluster, cluster);
        assertTrue(status == 0 || cut.err.contains("no such cluster in us-east-1"), cut.err);
      }
      assertEquals(Set.of(FakeRds.RUNNING), cut.place.rds.clusters.keySet(), "cut at " + cuts);
      assertEquals(Set.of(), cut.place.rds.instances.keySet(), "cut at " + cuts);
      assertEquals(Set.of(FakeDynamoDb.RUNNING), cut.place.dynamoDb.tables.keySet());
      cuts++;
    }
    assertTrue(cuts >= 20, "cut at " + cuts + " calls");
  }

  @Test
  void nothing_is_removed_before_its_name_was_typed() {
    restore();

    assertEquals(1, restoring.clean(restoredCluster(), "yes"));

    assertTrue(restoring.err.contains("nothing was changed"), restoring.err);
    assertEquals(2, place.rds.clusters.size());
  }

  @Test
  void cluster_that_no_restore_made_is_not_removed() {
    assertEquals(1, restoring.clean(FakeRds.RUNNING, FakeRds.RUNNING));
    assertTrue(
        restoring.err.endsWith(
            "got \"%s\": a cluster without the tags of a restore%n".formatted(FakeRds.RUNNING)),
        restoring.err);

    restore();
    DBCluster made = place.rds.clusters.get(restoredCluster());
    place.rds.clusters.put(
        "primary-copy", made.toBuilder().dbClusterIdentifier("primary-copy").build());
    assertEquals(1, restoring.clean("primary-copy", "primary-copy"));
    assertEquals(3, place.rds.clusters.size());
  }

  @Test
  void cluster_that_serves_by_now_is_not_removed() {
    restore();
    place.rds.globals.put("global-db-v2-local", restoredCluster());
    assertEquals(1, restoring.clean(restoredCluster(), restoredCluster()));
    assertTrue(restoring.err.contains("got a member of global-db-v2-local"), restoring.err);

    place.rds.globals.remove("global-db-v2-local");
    place.rds.addMember(restoredCluster(), "somebodys");
    assertEquals(1, restoring.clean(restoredCluster(), restoredCluster()));
    assertTrue(restoring.err.contains("got somebodys: somebody uses it"), restoring.err);
    assertEquals(2, place.rds.clusters.size());
  }

  @Test
  void what_was_begun_goes_on_without_its_recovery_point() {
    restore();
    place.points.removeAll();
    place.points.addObject();
    place.rds.instances.clear();

    assertEquals(UNREACHABLE, restore(), restoring.err);

    assertEquals(1, place.rds.instances.size());
  }

  /** The payments must not wait for sessions, without which customers sign in again. */
  @Test
  void failed_job_of_the_table_is_told_and_a_second_run_starts_another() {
    place.jobEnds = "FAILED";
    assertEquals(UNREACHABLE, restore());
    assertTrue(
        restoring.out.contains(
            "restore of %s must complete, got FAILED".formatted(restoredTable())),
        restoring.out);
    assertTrue(restoring.out.contains("ATTENTION   sessions are not restored"), restoring.out);
    assertTrue(restoring.err.contains("connection timed out"), restoring.err);

    place.jobEnds = "COMPLETED";
    assertEquals(UNREACHABLE, restore());
    assertTrue(restoring.out.contains("sessions: 3 in " + restoredTable()), restoring.out);
    assertEquals(2, place.jobs.size());
  }

  /** Somebody may have deleted the role of AWS Backup, or the backup of the table. */
  @Test
  void cluster_is_restored_although_nothing_restores_the_table() {
    place.calls =
        call -> {
          if (call.equals("StartRestoreJob")) {
            throw SdkClientException.create("cannot be assumed by AWS Backup");
          }
        };

    assertEquals(UNREACHABLE, restore());

    assertTrue(
        restoring.out.contains(
            "ATTENTION   sessions are not restored: cannot be assumed by AWS Backup"),
        restoring.out);
    assertEquals(1, place.rds.instances.size());
  }

  /** AWS Backup's own tests restore the newest recovery points twice a week. */
  @Test
  void jobs_of_others_of_the_same_recovery_point_are_not_taken_for_its_own() {
    ObjectNode others = JSON.createObjectNode().put("targetTableName", "awsbackup-restore-test-1");
    place.job(FakePlace.SESSIONS, "FAILED", others);
    place.job(FakePlace.SESSIONS, "RUNNING", others);

    assertEquals(
        UNREACHABLE, assertTimeoutPreemptively(Duration.ofSeconds(30), this::restore).intValue());

    assertTrue(restoring.out.contains("sessions: 3 in " + restoredTable()), restoring.out);
    assertEquals(3, place.jobs.size());
  }

  @Test
  void two_that_begin_at_once_share_one_job_of_the_table() {
    Restoring other = new Restoring(place);
    boolean[] begun = {false};
    place.calls =
        call -> {
          if (call.equals("StartRestoreJob") && !begun[0]) {
            begun[0] = true;
            other.run("--point", FakePlace.POINT);
          }
        };

    assertEquals(UNREACHABLE, restore(), restoring.err);

    assertTrue(begun[0]);
    assertEquals(1, place.jobs.size());
    assertTrue(restoring.out.contains("sessions: 3 in " + restoredTable()), restoring.out);
  }

  @Test
  void two_that_begin_at_once_share_one_table_of_a_time() {
    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    place.rds.keepContinuously("active", time, time);
    place.calls =
        call -> {
          if (call.equals("RestoreTableToPointInTime")) {
            place.dynamoDb.make(restoredTable(), "CREATING");
          }
        };

    assertEquals(UNREACHABLE, restoring.run("--at", time.toString()), restoring.err);

    assertTrue(restoring.out.contains("sessions: 3 in " + restoredTable()), restoring.out);
  }

  /** AWS gives a cluster of a time its own port, which the network keeps closed. */
  @Test
  void time_is_restored_with_the_port_of_the_settings() {
    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    place.rds.keepContinuously("active", time, time);

    restoring.run("--at", time.toString());

    assertEquals(6432, place.rds.timeRestores.get(0).port());
  }

  @Test
  void key_of_the_vault_that_waits_for_its_deletion_is_told_before_anything_is_made() {
    place.keyStates.put("alias/primary-backup-local", "PendingDeletion");

    assertEquals(1, restore());

    assertTrue(
        restoring.err.contains("key alias/primary-backup-local of us-east-1 must be Enabled"),
        restoring.err);
    assertEquals(1, place.rds.clusters.size());

    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    place.rds.keepContinuously("active", time, time);
    assertEquals(UNREACHABLE, restoring.run("--at", time.toString()), restoring.err);
  }

  /** A person stops it to save money; AWS starts it after a week alone. */
  @Test
  void cluster_that_was_stopped_is_told_with_the_command_that_starts_it() {
    restore();
    place.rds.stop(restoredCluster());

    assertEquals(2, assertTimeoutPreemptively(Duration.ofSeconds(30), this::restore).intValue());
    assertTrue(
        restoring.err.contains(
            "aws rds start-db-cluster --db-cluster-identifier %s --region us-east-1"
                .formatted(restoredCluster())),
        restoring.err);

    assertEquals(2, restoring.clean(restoredCluster(), restoredCluster()));
    assertTrue(restoring.err.contains("aws rds start-db-cluster"), restoring.err);
  }

  @Test
  void cluster_that_is_made_the_database_while_its_name_is_typed_is_not_removed() {
    restore();
    String cluster = restoredCluster();
    boolean[] looked = {false};
    place.calls =
        call -> {
          if (call.equals("DescribeGlobalClusters") && looked[0]) {
            place.rds.globals.put("global-db-v2-local", cluster);
          }
          looked[0] |= call.equals("DescribeGlobalClusters");
        };

    assertEquals(1, restoring.clean(cluster, cluster));

    assertTrue(restoring.err.contains("got a member of global-db-v2-local"), restoring.err);
    assertEquals(1, place.rds.instances.size());
    assertEquals(2, place.dynamoDb.tables.size());
  }

  /** A cluster that somebody else made by that name is not this restore's. */
  @Test
  void cluster_of_that_name_without_its_tags_is_left_alone() {
    restore();
    DBCluster made = place.rds.clusters.get(restoredCluster());
    place.rds.clusters.put(made.dbClusterIdentifier(), made.toBuilder().tagList(List.of()).build());
    place.rds.instances.clear();

    assertEquals(1, restore());

    assertTrue(restoring.err.contains("must carry the tags of this restore"), restoring.err);
    assertEquals(0, place.rds.instances.size());
  }

  @Test
  void key_that_waits_for_its_deletion_is_told_before_anything_is_made() {
    place.keyStates.put("alias/primary-data-local", "PendingDeletion");

    assertEquals(1, restore());

    assertTrue(
        restoring.err.contains("key alias/primary-data-local of us-east-1 must be Enabled"),
        restoring.err);
    assertTrue(
        restoring.err.contains("aws kms cancel-key-deletion --key-id 1 --region us-east-1"),
        restoring.err);
    assertEquals(1, place.rds.clusters.size());
  }

  @Test
  void network_that_is_gone_is_told_before_anything_is_made() {
    place.securityGroups = 0;

    assertEquals(1, restore());

    assertTrue(
        restoring.err.contains("security group primary-db-sg-v2-local must be in us-east-1 once"),
        restoring.err);
    assertEquals(1, place.rds.clusters.size());
  }

  @Test
  void time_is_restored_by_the_resource_id_even_of_a_deleted_cluster() {
    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    place.rds.keepContinuously("retained", time.minusSeconds(60), time.plusSeconds(60));

    assertEquals(UNREACHABLE, restoring.run("--at", time.toString()), restoring.err);
    assertEquals(UNREACHABLE, restoring.run("--at", time.toString()), restoring.err);

    assertEquals(1, place.rds.timeRestores.size());
    RestoreDbClusterToPointInTimeRequest asked = place.rds.timeRestores.get(0);
    assertEquals(FakeRds.RESOURCE, asked.sourceDbClusterResourceId());
    assertNull(asked.sourceDBClusterIdentifier());
    assertEquals(time, asked.restoreToTime());
    assertEquals(FakePlace.KEY, asked.kmsKeyId());
    assertTrue(asked.deletionProtection());
    assertEquals(1, place.dynamoDb.restores.size());
    assertEquals(time, place.dynamoDb.restores.get(0).restoreDateTime());
    assertEquals(
        FakePlace.KEY, place.dynamoDb.restores.get(0).sseSpecificationOverride().kmsMasterKeyId());
  }

  @Test
  void time_outside_of_the_window_is_told_with_its_bounds() {
    place.rds.keepContinuously(
        "active", Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-25T03:55:00Z"));

    assertEquals(1, restoring.run("--at", "2026-11-25T03:56:00Z"));

    assertEquals(
        "dr: --at must be a time that a cluster of v2 can be restored to in us-east-1, got 2026-11-25T03:56:00Z; primary-db-cluster-v2-local from 2026-11-20T00:00:00Z to 2026-11-25T03:55:00Z\n",
        restoring.err);
    assertEquals(1, place.rds.clusters.size());
  }

  @Test
  void time_without_a_backup_of_the_table_restores_the_cluster_alone() {
    Instant time = Instant.parse("2026-11-25T02:45:00Z");
    place.rds.keepContinuously("active", time, time);
    place.dynamoDb.earliest = time.plusSeconds(1);

    assertEquals(UNREACHABLE, restoring.run("--at", time.toString()), restoring.err);

    assertTrue(restoring.out.contains("no table    of sessions has a backup"), restoring.out);
    assertEquals(1, place.dynamoDb.tables.size());
  }

  @Test
  void list_tells_age_size_life_lock_and_bounds_and_what_was_restored() {
    place.vault.put("Locked", true).put("MinRetentionDays", 7);
    place.rds.keepContinuously(
        "retained", Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-25T03:55:00Z"));
    restore();

    assertEquals(0, restoring.run(), restoring.err);

    String out = restoring.out;
    assertTrue(out.contains("vault primary-backup-vault-local, locked, until somebody"), out);
    assertTrue(out.contains("7 days at least"), out);
    assertTrue(
        out.contains(
            "2026-11-25T02:00:00Z   2 h 00 old  of us-east-1   3.0 GiB  until 2026-11-26T02:00:00Z  "
                + FakePlace.POINT),
        out);
    assertTrue(
        out.contains(
            "to a time: 2026-11-20T00:00:00Z to 2026-11-25T03:55:00Z  primary-db-cluster-v2-local, which was deleted"),
        out);
    assertTrue(out.contains("session-table-v2-local"), out);
    assertTrue(
        out.contains("go on or look again: ./dr restore local --point " + FakePlace.POINT), out);
    assertTrue(out.contains("./dr restore local --clean " + restoredCluster()), out);
  }

  @Test
  void list_goes_on_where_a_service_does_not_answer() {
    place.calls =
        call -> {
          if (call.equals("DescribeDBClusterAutomatedBackups")) {
            throw DbClusterNotFoundException.builder().message("out of order").build();
          }
        };

    assertEquals(2, restoring.run());

    assertTrue(
        restoring.out.contains("NOT TOLD    continuous backups of clusters: out of order"),
        restoring.out);
    assertTrue(restoring.out.contains(FakePlace.POINT), restoring.out);
  }

  /** The account may have clusters of other teams, with tags of theirs. */
  @Test
  void clusters_with_tags_of_others_are_passed_over() {
    Map<String, String> whole =
        Map.of(
            "Environment", "local",
            "Generation", "v2",
            "RestoredFrom", "elsewhere",
            "RestoredTo", "2026-11-25T02:00:00Z");
    whole.keySet().forEach(key -> tagged("lacks-" + key, whole, key, null));
    tagged("at-no-time", whole, "RestoredTo", "a better place");
    tagged("of-no-generation", whole, "Generation", "x");
    tagged("of-another-name", whole, "Owner", "somebody");

    assertEquals(0, restoring.run(), restoring.err);

    assertFalse(restoring.out.contains("restored:"), restoring.out);
  }

  private void tagged(String cluster, Map<String, String> tags, String key, String value) {
    Map<String, String> all = new HashMap<>(tags);
    all.put(key, value);
    place.rds.clusters.put(
        cluster,
        DBCluster.builder()
            .dbClusterIdentifier(cluster)
            .status("available")
            .tagList(
                all.entrySet().stream()
                    .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                    .toList())
            .build());
  }

  @Test
  void bad_words_are_refused_before_aws_is_asked() {
    place.calls =
        call -> {
          throw new AssertionError(call);
        };
    assertRefused(
        "--point must be the ARN of a recovery point in us-east-1 or us-east-2, got \"x\"",
        "--point",
        "x");
    assertRefused("--at must be an instant such as", "--at", "yesterday");
    assertRefused(
        "--region must be us-east-1 or us-east-2, got \"eu-west-1\"",
        "--at",
        "2026-11-25T02:45:00Z",
        "--region",
        "eu-west-1");
    assertRefused(
        "--generation must be one of v2, got \"v9\"",
        "--at",
        "2026-11-25T02:45:00Z",
        "--generation",
        "v9");
    assertRefused("--region and --generation must go with --at", "--region", "us-east-1");
    assertRefused("--table must name a table", "--table", "a b");
  }

  private void assertRefused(String said, String... words) {
    assertEquals(1, restoring.run(words));
    assertTrue(restoring.err.startsWith("dr: " + said), restoring.err);
  }

  @Test
  void recovery_point_that_is_not_there_or_not_complete_is_refused() {
    assertEquals(1, restoring.run("--point", FakePlace.POINT + "9"));
    assertTrue(
        restoring.err.contains("must name a recovery point of a cluster in primary-backup-vault"),
        restoring.err);

    ((ObjectNode) place.points.get(0)).put("Status", "PARTIAL");
    assertEquals(1, restore());
    assertTrue(restoring.err.contains("must be complete, got PARTIAL"), restoring.err);
    assertEquals(1, place.rds.clusters.size());
  }

  private int restore() {
    return restoring.run("--point", FakePlace.POINT);
  }

  private String restoredCluster() {
    return restoredCluster(restoring);
  }

  private static String restoredCluster(Restoring of) {
    return of.place.rds.clusters.keySet().stream()
        .filter(name -> name.startsWith("primary-restored-v2-"))
        .findFirst()
        .orElseThrow();
  }

  private String restoredTable() {
    return restoredCluster().replace("-restored-", "-restored-sessions-");
  }
}
