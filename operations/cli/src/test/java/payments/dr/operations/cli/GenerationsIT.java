package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two generations of the database, through all six states and back, on a local AWS of its own that
 * protects its data: every plan reviewed, nothing destroyed before the retirement, and the data
 * moved between real PostgreSQL servers, with the pointer in the same command.
 */
@TestMethodOrder(OrderAnnotation.class)
class GenerationsIT {

  private static final int REFUSED = 3;
  private static final int APPROVAL = 2;

  /** What holds data, keys or backups. */
  private static final String DATA = "aws_(rds|dynamodb|secretsmanager|kms|backup)_.+";

  /** What names every deployed generation, and so changes when one comes or goes. */
  private static final Set<String> SHARED =
      Set.of(
          "aws_cloudwatch_dashboard",
          "aws_cloudwatch_event_rule",
          "aws_iam_role_policy",
          "aws_lambda_alias",
          "aws_lambda_function");

  private static final Set<String> LIFTED =
      Set.of(
          "deletion_protection",
          "deletion_protection_enabled",
          "final_snapshot_identifier",
          "skip_final_snapshot");

  @TempDir static Path checkout;
  @TempDir static Path connections;

  private static DeployedCopy deployed;
  private static Migrations migrations;

  @BeforeAll
  static void begin() throws IOException {
    deployed = DeployedCopy.into(checkout);
    migrations = Migrations.of(connections, deployed.shell());
  }

  @AfterAll
  static void stop() {
    deployed.stop();
    migrations.close();
  }

  @Test
  @Order(1)
  void v1_is_deployed_alone() throws Exception {
    PlannedChanges plan =
        step("deployed: [v1]", "active: v1").expect(APPROVAL, "everything-created").changes();

    assertEquals(Set.of("create"), plan.actions());
    assertEquals(Set.of(), plan.addressesOf("v2"));
    deployed.apply();
    migrations.begin();
  }

  @Test
  @Order(2)
  void v2_comes_beside_v1_and_only_things_are_created() throws IOException {
    // One statement in both Regions names each deployed generation.
    PlannedChanges plan =
        step("deployed: [v1, v2]", "active: v1").expect(APPROVAL, "both-regions").changes();

    assertEquals(Set.of("create", "update"), plan.actions());
    assertEquals(SHARED, plan.typesOf("update"));
    deployed.apply();
  }

  @Test
  @Order(3)
  void switchovers_and_failovers_of_either_generation_leave_nothing_to_do() throws IOException {
    deployed.swap("switchover", "global-db-local", "dr-db-cluster-local");
    deployed.swap("failover", "global-db-v2-local", "dr-db-cluster-v2-local");
    deployed.planned().expectNothing();

    deployed.swap("failover", "global-db-local", "primary-db-cluster-local");
    deployed.swap("switchover", "global-db-v2-local", "primary-db-cluster-v2-local");
    // The next steps find the writer of v1 in the DR Region, that of v2 in the primary. The first
    // plan of theirs changes the pointers alone: these moves, too, left nothing to do.
    deployed.swap("switchover", "global-db-local", "dr-db-cluster-local");
  }

  @Test
  @Order(4)
  void data_is_copied_while_v1_takes_payments() throws Exception {
    migrations.copy();
    migrations.pay("v1", 10);
  }

  @Test
  @Order(5)
  void traffic_goes_to_v2_with_the_data_and_not_before() throws Exception {
    cutOver();

    assertTrue(deployed.savedReview().contains("leads from v2 to v1"), deployed::savedReview);
    migrations.assertPayments("v2", 1010);
    migrations.pay("v2", 5);
  }

  @Test
  @Order(6)
  void traffic_goes_back_to_v1_with_the_data_by_the_plan_that_the_cutover_saved() throws Exception {
    migrations.dr("migrate rollback local");

    assertPointers("v1");
    deployed.databases("deployed: [v1, v2]", "active: v1");
    deployed.planned().expectNothing();
    migrations.assertPayments("v1", 1015);
    migrations.pay("v1", 5);
    // The slots of the first verification went with the first cutover.
    migrations.dr("migrate verify local");
  }

  @Test
  @Order(7)
  void plan_that_is_not_of_the_state_any_more_fences_nothing() throws Exception {
    step("deployed: [v1, v2]", "active: v2").expect(REFUSED);
    deployed.touchState();

    String refused = migrations.refused("migrate cutover local");

    assertTrue(refused.contains("plan must be of the state as it is now"), refused);
    migrations.pay("v1", 5);
  }

  @Test
  @Order(8)
  void traffic_goes_to_v2_again_and_the_migration_ends() throws Exception {
    Set<String> everything = cutOver();

    PlannedChanges after = deployed.planned().expectNothing().changes();
    assertEquals(everything, after.everything(), "addresses of both, on v1 and both, on v2");
    migrations.assertPayments("v2", 1025);
    migrations.assertSession("session-table-v2-local");
    migrations.dr("migrate finish local");
    migrations.dr("migrate sessions finish local");
  }

  @Test
  @Order(9)
  void v1_is_not_removed_before_it_retires() throws IOException {
    String review = step("deployed: [v2]", "active: v2").expect(REFUSED).review();

    assertTrue(
        review.contains(
            "must go from \"both, on v2\" to \"both, on v1\" or \"retiring v1\", got \"v2 only\""),
        review);
    assertTrue(review.contains("rule `generation-destroyed`"), review);
  }

  @Test
  @Order(10)
  void v1_retires_and_loses_its_protection_only() throws IOException {
    PlannedChanges plan =
        step("deployed: [v1, v2]", "active: v2", "retiring: v1", "finalSnapshot: last-of-v1")
            .expect(APPROVAL, "generation-retiring")
            .changes();

    assertEquals(Set.of("update"), plan.actions());
    assertEquals(plan.changed(), plan.addressesOf("v1"));
    assertTrue(LIFTED.containsAll(plan.attributes()), plan.attributes()::toString);
    assertTrue(plan.attributes().contains("deletion_protection"), plan.attributes()::toString);
    applyAndPlanAgain();
  }

  @Test
  @Order(11)
  void v1_goes_and_leaves_a_snapshot_in_each_region() throws IOException {
    assertTrue(
        step("deployed: [v2]", "active: v2")
            .expect(REFUSED, "removal-unprepared")
            .review()
            .contains("is written in the DR Region"));
    deployed.swap("switchover", "global-db-local", "primary-db-cluster-local");
    DeployedCopy.Planned planned = deployed.planned().expect(APPROVAL, "generation-removed");
    assertEquals(Set.of(), destroyedData(planned), "data that is destroyed");
    PlannedChanges plan = planned.changes();

    assertTrue(
        planned.review().contains("global database `global-db-local`, cluster"), planned::review);
    assertTrue(planned.review().contains("(final snapshot `dr-last-of-v1-local`)"));
    assertEquals(Set.of("delete", "update"), plan.actions());
    assertEquals(SHARED, plan.typesOf("update"));
    assertEquals(Set.of(), plan.addressesOf("v2"));
    applyAndPlanAgain();
    for (List<String> place :
        List.of(List.of("primary", "us-east-1"), List.of("dr", "us-east-2"))) {
      assertEquals(
          List.of(place.get(0) + "-last-of-v1-local"), deployed.manualSnapshots(place.get(1)));
    }
  }

  /** Returns the addresses of everything that there is. */
  private static Set<String> cutOver() throws IOException {
    DeployedCopy.Planned planned = step("deployed: [v1, v2]", "active: v2").expect(REFUSED);
    PlannedChanges plan = planned.changes();
    assertTrue(
        planned.review().contains("leads from v1 to v2, but the data is elsewhere"),
        planned::review);
    assertEquals(Set.of("update"), plan.actions());
    assertEquals(Set.of("aws_ssm_parameter"), plan.typesOf("update"));
    assertEquals(2, plan.changed().size());

    migrations.dr("migrate cutover local");

    assertPointers("v2");
    return plan.everything();
  }

  private static void assertPointers(String generation) throws IOException {
    assertEquals(generation, deployed.pointer("us-east-1"));
    assertEquals(generation, deployed.pointer("us-east-2"));
  }

  private static DeployedCopy.Planned step(String... databases) throws IOException {
    deployed.databases(databases);
    DeployedCopy.Planned planned = deployed.planned();
    if (planned.status() != REFUSED) {
      assertEquals(Set.of(), destroyedData(planned), "data that is destroyed");
    }
    return planned;
  }

  /** Only out of the retiring state, and only of the generation that retired. */
  private static Set<String> destroyedData(DeployedCopy.Planned planned) throws IOException {
    PlannedChanges changes = planned.changes();
    Set<String> destroyed = new TreeSet<>(changes.destroyed(DATA));
    if (changes.json().at("/output_changes/retiringDatabase/before").asText().equals("v1")) {
      destroyed.removeAll(changes.addressesOf("v1"));
    }
    return destroyed;
  }

  private static void applyAndPlanAgain() throws IOException {
    deployed.apply();
    deployed.planned().expectNothing();
  }
}
