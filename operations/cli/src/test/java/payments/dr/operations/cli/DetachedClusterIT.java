package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A DR cluster that was detached from its global database, and never can join again. */
@TestMethodOrder(OrderAnnotation.class)
class DetachedClusterIT {

  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final int REFUSED = 3;
  private static final int APPROVAL = 2;

  @TempDir static Path checkout;

  private static DeployedCopy deployed;

  @BeforeAll
  static void begin() throws IOException {
    deployed = DeployedCopy.restoredInto(checkout);
    deployed.databases("deployed: [v2]", "active: v2");
  }

  @AfterAll
  static void stop() {
    deployed.stop();
  }

  /** What the other tests on a copy rest on, too. */
  @Test
  @Order(1)
  void copy_of_the_shared_deployment_is_what_was_deployed() throws IOException {
    deployed.planned().expectNothing();
  }

  @Test
  @Order(2)
  void detached_dr_cluster_is_told_and_gets_a_successor_by_the_printed_commands()
      throws IOException {
    deployed.detach("global-db-v2-local", "dr-db-cluster-v2-local");

    DeployedCopy.Planned detached = deployed.planned().expect(REFUSED);
    assertTrue(
        detached.warnings().contains("global-db-v2-local has one member left"), detached::warnings);
    assertTrue(detached.review().contains("rule `cluster-joined`"), detached::review);

    deployed.replace("v2: {dr: {incarnation: 1}}", "v2: {dr: {incarnation: 2}}");
    deployed.synthesize();
    String forget =
        detached
            .review()
            .lines()
            .filter(line -> line.contains(" state rm "))
            .findFirst()
            .orElseThrow();
    deployed.shell().sh(COMMAND, forget).expect(0);
    PlannedChanges successor = deployed.planned().expectAtMost(APPROVAL).changes();
    // Selections are not changed: those that name the successor take the place of the former.
    assertEquals(
        Set.of("aws_backup_restore_testing_selection", "aws_backup_selection"),
        successor.typesOf("delete"));
    assertEquals(3 + 1, successor.created(), "cluster, two instances, log group");
    deployed.apply();

    assertEquals(
        Set.of("primary-db-cluster-v2-local", "dr-db-cluster-v2-e2-local"),
        deployed.members("global-db-v2-local"));
    deployed.planned().expectNothing();
  }
}
