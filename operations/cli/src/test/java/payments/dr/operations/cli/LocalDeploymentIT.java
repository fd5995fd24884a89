package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.review.seeded.SeededReview;
import payments.dr.testing.DocumentedOutputs;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * One life of the whole system as a newcomer sees it: a copy of the project without anything built,
 * deployed to a local AWS of its own, deployed again, used, and destroyed.
 */
@TestMethodOrder(OrderAnnotation.class)
class LocalDeploymentIT {

  private static final Duration APPLY = Duration.ofMinutes(15);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Version 1 of the AWS CLI overlooks AWS_ENDPOINT_URL for some services. */
  private static final String AWS_CLI =
      "aws() { command aws --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"; }\n";

  private static final String TERRAFORM =
      "scripts/with-aws local terraform -chdir=cdktf.out/stacks/payments-dr-local ";

  private static final String PLAN = TERRAFORM + "plan -detailed-exitcode -no-color -input=false";
  private static final String ENVIRONMENT = "main/environments/local.yaml";

  /** The stacks of the environment, whose states are where its file says. */
  private static final List<String> STACKS = List.of("witness-local", "payments-dr-local");

  @TempDir static Path checkout;

  private static ProjectCopy copy;
  private static Shell shell;
  private static FileChannel reserved;
  private static Shell.Result deployment;

  @BeforeAll
  static void deploy() throws IOException {
    reserved = Deployment.reserve();
    copy = ProjectCopy.into(checkout);
    shell = copy.shell();
    deployment = Deployment.make(copy);
    shell =
        shell
            .with("AWS_ENDPOINT_URL", shell.sh(COMMAND, "make -s endpoint").expect(0).out().strip())
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local")
            .with("AWS_PAGER", "");
  }

  @AfterAll
  static void stopLocalAws() throws IOException {
    reserved.close();
    copy.stopLocalAws();
  }

  @Test
  @Order(1)
  void every_output_is_there_and_printed() throws IOException {
    JsonNode outputs = outputs();

    TreeSet<String> names = new TreeSet<>();
    outputs.fieldNames().forEachRemaining(names::add);
    assertEquals(DocumentedOutputs.whileNoneRetires(), names);
    names.forEach(name -> assertTrue(deployment.out().contains(name), name + " is not printed"));
    outputs
        .properties()
        .forEach(
            output -> {
              JsonNode value = output.getValue().path("value");
              assertFalse(
                  value.isArray() ? value.isEmpty() : value.asText().isBlank(), value::toString);
            });
  }

  @Test
  @Order(2)
  void password_is_in_the_secret_of_both_regions_and_nowhere_else() throws IOException {
    String secret = outputs().at("/dbPasswordSecretArn/value").asText();
    String name = secret.replaceFirst(".*:secret:", "").replaceFirst("-\\w{6}$", "");
    String password = secretValue(name, "us-east-1");

    assertTrue(password.length() >= 32, "a password of 32 characters or more");
    assertEquals(password, secretValue(name, "us-east-2"));
    String state = Files.readString(checkout.resolve(".local-aws/payments-dr-local.tfstate"));
    assertTrue(state.contains("db-password-v2-local"), "this is the state");
    assertFalse(state.contains(password), "the state holds the password");
    assertFalse(
        Files.readString(checkout.resolve("cdktf.out/stacks/payments-dr-local/cdk.tf.json"))
            .contains(password));
  }

  @Test
  @Order(3)
  void session_written_in_one_region_is_read_in_the_other() throws IOException {
    String table = outputs().at("/dynamoTableName/value").asText();
    shell
        .sh(
            COMMAND,
            AWS_CLI
                + "aws dynamodb put-item --region us-east-1 --table-name %s --item '{\"sessionId\":{\"S\":\"s-1\"}}'"
                    .formatted(table))
        .expect(0);

    String item =
        shell
            .sh(
                COMMAND,
                AWS_CLI
                    + "aws dynamodb get-item --region us-east-2 --table-name %s --key '{\"sessionId\":{\"S\":\"s-1\"}}'"
                        .formatted(table))
            .expect(0)
            .out();

    assertEquals("s-1", JSON.readTree(item).at("/Item/sessionId/S").asText());
  }

  @Test
  @Order(4)
  void first_deployment_is_one_question() throws IOException {
    SeededReview.assertFirstDeploymentIsOneQuestion(checkout, shell, "payments-dr-local");
  }

  /** From here on plans are made in half the time; the other tests go on with this deployment. */
  @Test
  @Order(5)
  void firewall_goes_when_it_is_switched_off_and_nothing_else_with_it() throws IOException {
    Deployment.withoutFirewall(copy);

    String out = shell.sh(APPLY, "env -u AWS_ENDPOINT_URL make deploy").expect(0).out();

    List<String> destroyed =
        out.lines().filter(line -> line.contains(" will be destroyed")).distinct().toList();
    assertTrue(
        destroyed.stream().anyMatch(line -> line.contains("aws_wafv2_web_acl.primary_")), out);
    assertTrue(destroyed.stream().anyMatch(line -> line.contains("aws_wafv2_web_acl.dr_")), out);
    assertEquals(
        List.of(), destroyed.stream().filter(line -> !line.contains("firewall")).toList(), out);
    assertFalse(out.contains("must be replaced"), out);
    assertTrue(out.contains("Plan: 0 to add, "), out);
    Deployment.keep(copy);
    reserved.close();
  }

  /** That a second plan is empty with a firewall, {@link ProductionIT} shows. */
  @Test
  @Order(6)
  void deploying_again_changes_nothing_and_uses_the_same_local_aws() {
    String again = shell.sh(APPLY, "env -u AWS_ENDPOINT_URL make deploy").expect(0).out();

    assertEquals(3, again.split("No changes\\.", -1).length - 1, again);
    assertFalse(again.contains("Apply complete!"), again);
    assertEquals(
        shell.sh(COMMAND, "echo $AWS_ENDPOINT_URL").expect(0).out(),
        shell.sh(COMMAND, "make -s endpoint").expect(0).out());
  }

  /**
   * In the pages' order: later blocks of a page may use what earlier ones made. They leave a
   * database upgraded, which the other tests do not go on with.
   */
  @TestFactory
  @Order(7)
  List<DynamicTest> every_local_command_of_the_pages_works() {
    return new MarkdownCommands(checkout, "local")
        .blocks().stream()
            .map(
                block ->
                    DynamicTest.dynamicTest(
                        block.name(),
                        () ->
                            shell.sh(COMMAND, AWS_CLI + "set -eu\n" + block.commands()).expect(0)))
            .toList();
  }

  /** Of real plans, most of them with faults in them. */
  @TestFactory
  @Order(8)
  List<DynamicTest> reviews_catch_faults_and_let_harmless_changes_pass() throws IOException {
    return SeededReview.tests(checkout, shell, "payments-dr-local");
  }

  @Test
  @Order(9)
  void what_is_deployed_is_reviewed_clean_and_drift_is_undone_on_approval() {
    // The pipeline's script notes the commit that it planned.
    shell
        .sh(
            COMMAND,
            "git init -q . && git -c user.name=t -c user.email=t@t commit -q --allow-empty -m one")
        .expect(0);
    String clean = shell.sh(APPLY, "scripts/ci/plan local").expect(0).out();
    assertTrue(clean.startsWith("# Plan of payments-dr-local: clean"), clean);

    shell
        .sh(
            COMMAND,
            AWS_CLI
                + "aws logs put-retention-policy --region us-east-2"
                + " --log-group-name /payments/local/dr/application --retention-in-days 7")
        .expect(0);
    String drifted = shell.sh(APPLY, "scripts/ci/drift local").expect(2).out();
    assertTrue(drifted.startsWith("# Plan of payments-dr-local: needs approval"), drifted);
    assertTrue(drifted.contains("differs in retention_in_days (rule `drift-found`)"), drifted);

    shell.sh(APPLY, "scripts/ci/plan local").expect(2);
    String applied = shell.sh(APPLY, "scripts/ci/apply local").expect(0).out();
    assertTrue(applied.contains("Resources: 0 added, 1 changed, 0 destroyed"), applied);
    // That none is left shows in the next test's plan.
    assertCommandIsPublishedOnce();
  }

  private static void assertCommandIsPublishedOnce() {
    String unpacked = shell.sh(COMMAND, "scripts/ci/publish local").expect(1).err();
    assertEquals("publish: target/dist must hold SHA256SUMS, as `make dist` leaves it\n", unpacked);
    shell
        .sh(
            COMMAND,
            "mkdir -p target/dist && git rev-parse HEAD > target/dist/COMMIT && cd target/dist"
                + " && echo packed > payments-dr-1.tar.gz"
                + " && sha256sum payments-dr-*.tar.gz > SHA256SUMS")
        .expect(0);
    String key = "s3://dr-audit-local/operations/[0-9a-f]{40}/";

    String published = shell.sh(COMMAND, "scripts/ci/publish local").expect(0).out();
    String again = shell.sh(COMMAND, "scripts/ci/publish local").expect(0).out();

    assertTrue(published.matches(key + "payments-dr-1.tar.gz\n" + key + "SHA256SUMS\n"), published);
    assertEquals(published.replace("\n", " was there already\n"), again);
    shell.sh(COMMAND, "echo other >> target/dist/payments-dr-1.tar.gz").expect(0);
    shell.sh(COMMAND, "scripts/ci/publish local").expect(1);
    shell.sh(COMMAND, "echo other > target/dist/COMMIT").expect(0);
    String older = shell.sh(COMMAND, "scripts/ci/publish local").expect(1).err();
    assertEquals(
        "publish: target/dist must be of this commit, unchanged, got \"other\"; run `make dist`\n",
        older);
  }

  @Test
  @Order(10)
  void role_swap_and_upgrade_leave_nothing_to_destroy_or_to_promote() throws IOException {
    JsonNode outputs = outputs();
    String global = " --region us-east-2 --global-cluster-identifier global-db-v2-local";
    String swap =
        AWS_CLI
            + "aws rds switchover-global-cluster%s --target-db-cluster-identifier %s"
            + " && for i in $(seq 60); do aws rds describe-global-clusters%s"
            + " | grep -q FailoverState || exit 0; sleep 1; done; exit 1";
    for (String target : List.of("drClusterArn", "primaryClusterArn")) {
      shell
          .sh(COMMAND, swap.formatted(global, outputs.path(target).path("value").asText(), global))
          .expect(0);
      shell.sh(APPLY, PLAN).expect(0);
      if (target.equals("drClusterArn")) {
        assertDestroyRefused();
        assertUpgradeLeavesNothingToPlan();
      }
    }
  }

  /**
   * While the DR Region writes, AWS would stop a destruction half-way. That nothing is gone shows
   * in the next plan, which is empty.
   */
  private static void assertDestroyRefused() {
    String refusal = shell.sh(APPLY, "make destroy").expect(2).err();

    assertTrue(refusal.contains("`global-db-v2-local` is written in the DR Region"), refusal);
    assertTrue(refusal.contains("aws rds switchover-global-cluster --region us-east-1"), refusal);
  }

  /**
   * As docs/operate/database.md upgrades while the primary Region writes, a minor later, and then
   * in the file.
   */
  private static void assertUpgradeLeavesNothingToPlan() throws IOException {
    assertEquals(List.of("17.8", "17.8"), engineVersions());
    shell
        .sh(
            COMMAND,
            AWS_CLI
                + "aws rds modify-global-cluster --region us-east-2"
                + " --global-cluster-identifier global-db-v2-local --engine-version 17.9")
        .expect(0);
    assertEquals(List.of("17.9", "17.9"), engineVersions());
    copy.replace(
        ENVIRONMENT, "state:\n", "databases: { v2: { engineVersion: \"17.9\" } }\n\nstate:\n");
    shell.sh(COMMAND, "scripts/synth local").expect(0);
    shell.sh(APPLY, PLAN).expect(0);
  }

  private static List<String> engineVersions() throws IOException {
    List<String> versions = new ArrayList<>();
    for (String role : List.of("primary:us-east-1", "dr:us-east-2")) {
      versions.add(
          shell
              .sh(
                  COMMAND,
                  AWS_CLI
                      + "aws rds describe-db-clusters --db-cluster-identifier %s-db-cluster-v2-local --region %s"
                          .formatted((Object[]) role.split(":"))
                      + " --query 'DBClusters[0].EngineVersion' --output text")
              .expect(0)
              .out()
              .strip());
    }
    return versions;
  }

  @Test
  @Order(11)
  void state_moves_to_s3_and_only_its_alarm_changes() throws IOException {
    copy.replace(ENVIRONMENT, "kind: local", "kind: s3");

    shell.sh(APPLY, "make bootstrap").expect(0);
    move();

    assertOnlyTheAlarmOnBucketsChanges();
    shell.sh(APPLY, "make deploy").expect(0);
    for (String place : List.of("state-local:us-east-2", "state-local-replica:us-east-1")) {
      assertTrue(resourcesInS3(place, "payments-dr-local") > 300, place);
      assertTrue(resourcesInS3(place, "witness-local") > 0, place);
    }
  }

  private static void move() {
    for (String stack : STACKS) {
      shell.sh(COMMAND, "echo %1$s | ./dr state move %1$s".formatted(stack)).expect(0);
    }
  }

  /**
   * @param place bucket and Region, such as {@code state-local:us-east-2}
   */
  private static int resourcesInS3(String place, String stack) throws IOException {
    String[] bucketAndRegion = place.split(":");
    String state =
        shell
            .sh(
                COMMAND,
                "aws s3 cp s3://%s/%s/terraform.tfstate - --region %s"
                    .formatted(bucketAndRegion[0], stack, bucketAndRegion[1]))
            .expect(0)
            .out();
    return JSON.readTree(state).path("resources").size();
  }

  @Test
  @Order(12)
  void without_the_primary_region_state_is_read_and_plans_are_made() throws IOException {
    shell.sh(COMMAND, "emulator/local-aws fault us-east-1 region-lost").expect(0);
    try {
      shell.sh(COMMAND, TERRAFORM + "state list").expect(0);
      shell
          .sh(APPLY, TERRAFORM + "plan -refresh=false -detailed-exitcode -no-color -input=false")
          .expect(0);
      JsonNode status =
          JSON.readTree(shell.sh(COMMAND, "emulator/local-aws status").expect(0).out());
      assertEquals(0, status.at("/refusedRequests/us-east-1").asInt(-1), status::toString);
      // The outage is real: whoever does ask for that Region gets no answer.
      shell
          .with("AWS_MAX_ATTEMPTS", "1")
          .sh(COMMAND, AWS_CLI + "aws rds describe-global-clusters --region us-east-1")
          .expect(255);
    } finally {
      shell.sh(COMMAND, "emulator/local-aws repair us-east-1 region-lost").expect(0);
    }
  }

  @Test
  @Order(13)
  void state_moves_back_and_only_its_alarm_changes() throws IOException {
    copy.replace(ENVIRONMENT, "kind: s3", "kind: local");
    for (String stack : STACKS) {
      shell.sh(COMMAND, "rm .local-aws/" + stack + ".tfstate*").expect(0);
    }

    shell.sh(COMMAND, "make synth").expect(0);
    move();

    assertOnlyTheAlarmOnBucketsChanges();
  }

  /**
   * It watches the bucket of the state, where there is one. The witness has no such alarm, so that
   * nothing of it changes.
   */
  private static void assertOnlyTheAlarmOnBucketsChanges() {
    shell.sh(APPLY, PLAN.replace("payments-dr-local", "witness-local")).expect(0);
    String plan = shell.sh(APPLY, PLAN).expect(2).out();
    assertTrue(plan.contains("Plan: 0 to add, 1 to change, 0 to destroy."), plan);
    assertTrue(
        plan.contains("aws_cloudwatch_event_rule.dr_change-alarms_buckets_rule_CD84C411 will"),
        plan);
  }

  @Test
  @Order(14)
  void destroying_leaves_nothing_and_stops_the_local_aws() throws IOException {
    shell.sh(APPLY, "env -u AWS_ENDPOINT_URL make destroy").expect(0);

    for (String stack : List.of("account-local", "witness-local", "payments-dr-local")) {
      JsonNode state = JSON.readTree(checkout.resolve(".local-aws/" + stack + ".tfstate").toFile());
      assertEquals(0, state.path("resources").size(), stack);
    }
    shell.sh(COMMAND, "make -s endpoint").expect(2);
  }

  private static JsonNode outputs() throws IOException {
    return JSON.readTree(shell.sh(COMMAND, "make -s output").expect(0).out());
  }

  private static String secretValue(String name, String region) {
    return shell
        .sh(
            COMMAND,
            AWS_CLI
                + "aws secretsmanager get-secret-value --secret-id %s --region %s --query SecretString --output text"
                    .formatted(name, region))
        .expect(0)
        .out()
        .strip();
  }
}
