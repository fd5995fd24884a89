package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** The life of states in S3, in a copy of the project on a local AWS of its own. */
@TestMethodOrder(OrderAnnotation.class)
class StateIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ENVIRONMENT = "main/environments/local.yaml";
  private static final String ACCOUNT = "main/accounts/local.yaml";
  private static final String BOOTSTRAP = "./dr state bootstrap local --auto-approve";
  private static final String TERRAFORM =
      "scripts/with-aws local terraform -chdir=cdktf.out/stacks/%s ";

  /** Of the state that the tests work on: the buckets' own. */
  private static final String KEY = "state-local/terraform.tfstate";

  @TempDir static Path folder;

  private static ProjectCopy copy;
  private static Map<String, String> aws;
  private static Shell shell;

  @BeforeAll
  static void synthesize() throws IOException {
    copy = ProjectCopy.builtInto(folder);
    String endpoint = copy.shell().sh(LIMIT, "emulator/local-aws start").expect(0).out().strip();
    aws =
        Map.of(
            "AWS_ENDPOINT_URL",
            endpoint,
            "AWS_ACCESS_KEY_ID",
            "local",
            "AWS_SECRET_ACCESS_KEY",
            "local",
            "AWS_PAGER",
            "");
    shell = copy.shell();
    for (var variable : new HashMap<>(aws).entrySet()) {
      shell = shell.with(variable.getKey(), variable.getValue());
    }
    copy.replace(ENVIRONMENT, "kind: local", "kind: s3");
    shell.sh(LIMIT, "scripts/synth local").expect(0);
  }

  @AfterAll
  static void stopLocalAws() {
    copy.stopLocalAws();
  }

  @Test
  @Order(1)
  void bootstrap_leaves_a_bucket_alone_that_somebody_else_made() {
    shell.sh(LIMIT, "aws s3 mb s3://state-local --region us-east-2").expect(0);

    Shell.Result refused = shell.sh(LIMIT, BOOTSTRAP).expect(2);

    assertTrue(refused.err().contains("BucketAlreadyOwnedByYou"), refused.err());
    assertTrue(refused.err().contains("--adopt"), refused.err());
    shell.sh(LIMIT, "aws s3 rb s3://state-local --region us-east-2").expect(0);
  }

  @Test
  @Order(2)
  void bootstrap_goes_on_where_it_was_killed() throws IOException, InterruptedException {
    String bucket = address("aws_s3_bucket", "dr_state_bucket");
    RunningCommand making = RunningCommand.start(folder, aws, BOOTSTRAP);
    making.waitFor(bucket + ": Creation complete", LIMIT);
    making.kill();
    // At worst, what the killed run noted is lost.
    shell.sh(LIMIT, "rm -f .bootstrap/state-local/on-disk.tfstate*").expect(0);

    RunningCommand moving = RunningCommand.start(folder, aws, BOOTSTRAP);
    moving.waitFor("adopted state-local as " + bucket, LIMIT);
    moving.waitFor("moving the state into the bucket", LIMIT);
    moving.kill();

    String said = shell.sh(LIMIT, BOOTSTRAP).expect(0).out();

    assertTrue(said.contains("state-local: done"), said);
    assertFalse(Files.exists(folder.resolve(".bootstrap/state-local")));
    assertEquals(configured(), state("state-local", "us-east-2").path("resources").size());
  }

  @Test
  @Order(3)
  void bootstrap_changes_nothing_the_second_time() {
    String said = shell.sh(LIMIT, "make bootstrap").expect(0).out();

    assertTrue(said.contains("state-local: the buckets are there"), said);
    assertTrue(said.contains("No changes."), said);
  }

  @Test
  @Order(4)
  void state_is_encrypted_by_its_own_key_and_replicated_to_the_primary_region() throws IOException {
    JsonNode state = head("state-local", "us-east-2");
    JsonNode replica = head("state-local-replica", "us-east-1");

    assertEquals("aws:kms", state.path("ServerSideEncryption").asText());
    assertEquals("COMPLETED", state.path("ReplicationStatus").asText());
    assertEquals("REPLICA", replica.path("ReplicationStatus").asText());
    assertEquals(state.path("VersionId"), replica.path("VersionId"));
    assertNotEquals(state.path("SSEKMSKeyId"), replica.path("SSEKMSKeyId"));
    assertEquals(state("state-local", "us-east-2"), state("state-local-replica", "us-east-1"));
  }

  @Test
  @Order(5)
  void second_apply_is_told_who_holds_the_lock_and_a_stale_lock_goes_on_confirmation()
      throws IOException, InterruptedException {
    copy.replace(ENVIRONMENT, "owner: payments-platform", "owner: payments-core");
    shell.sh(LIMIT, "scripts/synth local").expect(0);
    terraform("state-local", "init -input=false").expect(0);
    RunningCommand holder =
        RunningCommand.start(folder, aws, TERRAFORM.formatted("state-local") + "apply -no-color");
    holder.waitFor("Enter a value:", LIMIT);
    JsonNode before = state("state-local", "us-east-2");

    String refusal = apply().expect(1).err();

    assertTrue(refusal.contains("Error acquiring the state lock"), refusal);
    assertTrue(refusal.contains("Who:       " + System.getProperty("user.name") + "@"), refusal);
    assertEquals(before, state("state-local", "us-east-2"));
    holder.kill();
    apply().expect(1);

    Shell.Result wrong = shell.sh(LIMIT, "echo state-prod | ./dr state unlock state-local");
    wrong.expect(1);
    assertTrue(
        wrong.out().contains("locked by " + System.getProperty("user.name") + "@"), wrong.out());
    assertTrue(
        wrong.err().contains("confirmation must be \"state-local\", got \"state-prod\""),
        wrong.err());
    apply().expect(1);

    shell.sh(LIMIT, "echo state-local | ./dr state unlock state-local").expect(0);
    String applied = apply().expect(0).out();
    assertTrue(applied.contains("Apply complete!"), applied);
    assertEquals(
        "state-local is not locked\n",
        shell.sh(LIMIT, "./dr state unlock state-local").expect(0).out());
  }

  @Test
  @Order(6)
  void truncated_state_is_told_and_the_version_before_it_restored() throws IOException {
    String whole = Files.readString(download("state-local", "us-east-2"));
    upload(KEY, whole.substring(0, whole.length() / 2));

    String broken = terraform("state-local", "state list -no-color").expect(1).err();

    assertTrue(broken.contains("state file could not be parsed as JSON"), broken);
    String said =
        shell.sh(LIMIT, "echo state-local | ./dr state restore state-local").expect(0).out();
    assertTrue(said.contains("not readable"), said);
    assertEquals(JSON.readTree(whole), state("state-local", "us-east-2"));
    plan("state-local").expect(0);
  }

  @Test
  @Order(7)
  void state_of_a_newer_format_is_told_and_the_version_before_it_restored() throws IOException {
    String whole = Files.readString(download("state-local", "us-east-2"));
    upload(KEY, whole.replaceFirst("\"version\": 4", "\"version\": 99"));

    String broken = terraform("state-local", "state list -no-color").expect(1).err();

    assertTrue(broken.contains("The state file uses format version 99"), broken);
    shell.sh(LIMIT, "echo state-local | ./dr state restore state-local").expect(0);
    assertEquals(JSON.readTree(whole), state("state-local", "us-east-2"));
  }

  @Test
  @Order(8)
  void locked_state_is_not_restored() throws IOException {
    upload(
        KEY + ".tflock",
        "{\"ID\":\"1\",\"Who\":\"alice@ci\",\"Operation\":\"OperationTypeApply\","
            + "\"Created\":\"2026-11-24T05:00:00Z\"}");

    String refusal =
        shell.sh(LIMIT, "echo state-local | ./dr state restore state-local").expect(1).err();

    assertTrue(refusal.contains("state-local must not be locked"), refusal);
    String holder =
        shell.sh(LIMIT, "echo state-local | ./dr state unlock state-local").expect(0).out();
    assertTrue(
        holder.contains(
            "locked by alice@ci since 2026-11-24 05:00:00 +0000 UTC (OperationTypeApply, lock 1)"),
        holder);
  }

  /** The account's, which is small; from disk to a bucket, to another, and back. */
  @Test
  @Order(9)
  void state_moves_from_place_to_place_and_no_resource_changes() throws IOException {
    terraform("account-local", "init -input=false").expect(0);
    terraform("account-local", "apply -auto-approve -input=false").expect(0);
    for (String bucket : new String[] {"states-one", "states-two"}) {
      shell.sh(LIMIT, "aws s3 mb s3://" + bucket + " --region us-east-2").expect(0);
    }

    move("kind: local", "kind: s3\n  bucket: states-one").expect(0);
    plan("account-local").expect(0);
    move("bucket: states-one", "bucket: states-two").expect(0);
    plan("account-local").expect(0);

    copy.replace(ACCOUNT, "bucket: states-two", "bucket: states-one");
    shell.sh(LIMIT, "scripts/synth local").expect(0);
    String occupied =
        shell.sh(LIMIT, "echo account-local | ./dr state move account-local").expect(1).err();
    assertTrue(occupied.contains("no state must be at s3"), occupied);

    shell.sh(LIMIT, "rm .local-aws/account-local.tfstate*").expect(0);
    move("kind: s3\n  bucket: states-one", "kind: local").expect(0);
    plan("account-local").expect(0);
    assertEquals(
        "account-local is there already\n",
        shell.sh(LIMIT, "./dr state move account-local").expect(0).out());
  }

  @Test
  @Order(10)
  void state_of_an_unknown_place_is_not_moved() throws IOException {
    shell.sh(LIMIT, "rm -r cdktf.out/stacks/account-local/.terraform").expect(0);

    String refusal = shell.sh(LIMIT, "./dr state move account-local").expect(1).err();

    assertTrue(refusal.contains("this checkout must have used the state"), refusal);
  }

  @Test
  @Order(11)
  void buckets_in_use_are_not_removed_and_others_go_with_their_own_state() throws IOException {
    List<String> others =
        List.of("payments-dr-local/terraform.tfstate", "witness-local/terraform.tfstate");
    for (String other : others) {
      upload(
          other,
          "{\"version\": 4, \"lineage\": \"x\", \"serial\": 1, \"resources\": [{\"type\": \"aws_vpc\"}]}");
    }
    String remove = "echo state-local | ./dr state remove state-local";

    String refusal = shell.sh(LIMIT, remove).expect(1).err();

    assertTrue(
        refusal.contains(
            "no state with resources must be left in bucket state-local, got "
                + String.join(", ", others)),
        refusal);
    for (String other : others) {
      upload(other, "{\"version\": 4, \"lineage\": \"x\", \"serial\": 2, \"resources\": []}");
    }
    shell.sh(LIMIT, remove).expect(0);
    String left = shell.sh(LIMIT, "aws s3 ls").expect(0).out();
    assertFalse(left.contains("state-local"), left);
    shell.sh(LIMIT, remove).expect(1);
  }

  private static Shell.Result move(String from, String to) throws IOException {
    copy.replace(ACCOUNT, from, to);
    shell.sh(LIMIT, "scripts/synth local").expect(0);
    return shell.sh(LIMIT, "echo account-local | ./dr state move account-local");
  }

  private static Shell.Result apply() {
    return terraform("state-local", "apply -auto-approve -input=false -no-color");
  }

  private static Shell.Result plan(String stack) {
    return terraform(stack, "plan -detailed-exitcode -input=false -no-color");
  }

  private static Shell.Result terraform(String stack, String words) {
    return shell.sh(LIMIT, TERRAFORM.formatted(stack) + words);
  }

  private static JsonNode head(String bucket, String region) throws IOException {
    String command = "aws s3api head-object --bucket %s --key %s --region %s --output json";
    return JSON.readTree(shell.sh(LIMIT, command.formatted(bucket, KEY, region)).expect(0).out());
  }

  private static JsonNode state(String bucket, String region) throws IOException {
    return JSON.readTree(download(bucket, region).toFile());
  }

  private static Path download(String bucket, String region) {
    Path file = folder.resolve("downloaded.json");
    shell
        .sh(LIMIT, "aws s3 cp s3://%s/%s %s --region %s".formatted(bucket, KEY, file, region))
        .expect(0);
    return file;
  }

  private static void upload(String key, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("uploaded.json"), text);
    shell
        .sh(LIMIT, "aws s3 cp %s s3://state-local/%s --region us-east-2".formatted(file, key))
        .expect(0);
  }

  private static String address(String type, String prefix) throws IOException {
    return type
        + "."
        + synthesized().path(type).properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> name.startsWith(prefix))
            .findFirst()
            .orElseThrow();
  }

  private static int configured() throws IOException {
    int resources = 0;
    for (JsonNode type : synthesized()) {
      resources += type.size();
    }
    return resources;
  }

  private static JsonNode synthesized() throws IOException {
    return JSON.readTree(folder.resolve("cdktf.out/stacks/state-local/cdk.tf.json").toFile())
        .path("resource");
  }
}
