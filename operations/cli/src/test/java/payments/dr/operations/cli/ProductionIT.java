package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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

/**
 * The life of {@code prod} as its committed file describes it, from the buckets of its state to
 * docs/deploy/remove.md.
 */
@TestMethodOrder(OrderAnnotation.class)
class ProductionIT {

  private static final String CLUSTER = "aws_rds_cluster.dr_database-v2_aurora_cluster_0EC4C71E";

  /** What holds data, by the call that would delete it, and the code by which AWS refuses that. */
  private static final Map<String, String> PROTECTED =
      Map.of(
          "rds delete-db-cluster --region us-east-2 --skip-final-snapshot"
              + " --db-cluster-identifier dr-db-cluster-v2-prod",
          "InvalidParameterCombination",
          "dynamodb delete-table --region us-east-1 --table-name session-table-v2-prod",
          "ValidationException");

  @TempDir static Path folder;

  private static AccountCopy prod;

  @BeforeAll
  static void synthesize() throws IOException {
    prod = AccountCopy.start(ProjectCopy.builtInto(folder), "prod", "prod");
    prod.synthesize();
  }

  @AfterAll
  static void stop() {
    prod.stop();
  }

  /** The command itself ends with an empty plan, of {@code state-account-prod} first. */
  @Test
  @Order(1)
  void buckets_of_both_states_are_made_and_keep_their_own_states() {
    String said = prod.run("./dr state bootstrap prod --auto-approve").expect(0).out();

    assertTrue(said.contains("state-account-prod: done"), said);
    assertTrue(said.contains("state-prod: done"), said);
  }

  @Test
  @Order(2)
  void account_is_ready_and_every_check_gets_an_answer() {
    String said = prod.run("./dr doctor prod --before payments-dr-prod").expect(0).out();

    assertTrue(said.contains("account 222222222222"), said);
    assertTrue(said.contains(" 0 fails, 0 not answerable"), said);
  }

  @Test
  @Order(3)
  void everything_is_made_in_one_run() throws IOException {
    String said = prod.deploy();

    assertTrue(
        said.contains("Resources: %d added, 0 changed, 0 destroyed".formatted(prod.synthesized())),
        said);
    assertTrue(prod.synthesized() > 450, "this is all of prod");
  }

  @Test
  @Order(4)
  void second_plan_is_empty() {
    prod.planNothing();
  }

  @Test
  @Order(5)
  void what_is_protected_is_destroyed_neither_by_terraform_nor_past_it() throws IOException {
    int before = prod.deployed();

    String refusal = prod.planningOnly(CLUSTER).destroy().expect(1).err();

    assertTrue(refusal.contains("lifecycle.prevent_destroy"), refusal);
    assertTrue(refusal.contains(CLUSTER), refusal);
    assertEquals(before, prod.deployed());
    PROTECTED.forEach(
        (call, code) -> {
          Shell.Result refused = prod.aws(call);
          assertTrue(refused.err().contains("(" + code + ")"), refused.err());
        });
  }

  /**
   * The firewall goes with the protection, which that page does not ask for: each plan with its two
   * rule sets takes twice the processor time.
   */
  @Test
  @Order(6)
  void environment_is_removed_in_two_steps() throws IOException {
    prod.replace(
        "bucketPrefix: acme", "bucketPrefix: acme\nprotectData: false\nfirewall: {enabled: false}");
    prod.synthesize();
    AccountCopy removed = prod.trustingTheState();

    String lifted = removed.deploy();
    assertFalse(lifted.contains("must be replaced"), lifted);
    removed.destroy().expect(0);

    assertEquals(0, prod.deployed());
  }

  @Test
  @Order(7)
  void buckets_go_last_and_those_of_the_account_stay() {
    prod.run("./dr state bootstrap prod --auto-approve").expect(0);
    prod.run("echo state-prod | ./dr state remove state-prod").expect(0);

    String refusal =
        prod.run("echo state-account-prod | ./dr state remove state-account-prod").expect(1).err();

    assertTrue(refusal.contains("an account's are always protected"), refusal);
    String left = prod.aws("s3 ls").expect(0).out();
    assertTrue(left.contains("acme-state-account-prod"), left);
    assertFalse(left.contains("acme-state-prod"), left);
  }
}
