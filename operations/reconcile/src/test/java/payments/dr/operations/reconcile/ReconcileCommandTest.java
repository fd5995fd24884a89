package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is made. */
class ReconcileCommandTest {

  private final Reconciling place = new Reconciling(null, null);

  @TempDir private Path folder;

  @Test
  void environment_has_to_exist() {
    refused("environment must be one of ", "nowhere");
  }

  @Test
  void without_a_failover_somebody_has_to_say_since_when() {
    refused("audit trail must hold an unplanned failover that reached PROMOTING", "local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-11-25", "2026-11-25 03:00"})
  void since_is_an_instant(String given) {
    refused(
        "--since must be an instant such as 2026-11-25T02:45:00Z, got \"" + given + "\"",
        "local",
        "--since",
        given);
  }

  @Test
  void since_is_past() {
    refused(
        "--since must be before now, 2026-11-25T04:00:00Z, got \"2026-11-25T04:00:00Z\"",
        "local",
        "--since",
        "2026-11-25T04:00:00Z");
  }

  @Test
  void cluster_and_snapshot_exclude_each_other() {
    refused("mutually exclusive", "local", "--cluster", "one", "--snapshot", "other");
  }

  @Test
  void cluster_is_an_identifier() {
    refused(
        "--cluster must be an identifier of a cluster, such as primary-db-cluster-v2-prod, got"
            + " \"arn:aws:rds\"",
        "local",
        "--cluster",
        "arn:aws:rds");
  }

  @Test
  void old_region_is_one_of_two() {
    refused(
        "--old-region must be us-east-1 or us-east-2, got \"eu-west-1\"",
        "local",
        "--old-region",
        "eu-west-1");
  }

  @Test
  void nobody_knows_what_arrived_in_the_primary_region() {
    refused(
        "--since must be given with --old-region us-east-2, got none",
        "local",
        "--old-region",
        "us-east-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments; DROP TABLE payments", "a.b.c", "", "\"quoted\""})
  void table_is_a_name(String given) {
    refused(
        "--table must name a table, such as payments or s.payments, got \"" + given + "\"",
        "local",
        "--table",
        given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--key", "--id", "--created"})
  void column_is_a_name(String option) {
    refused(option + " must name a column, such as ", "local", option, "a, b");
  }

  @Test
  void folder_that_is_there_is_not_touched() throws IOException {
    Files.writeString(folder.resolve("report.md"), "of an earlier one");

    assertEquals(1, place.run(folder));

    assertTrue(
        place.err.startsWith("dr: --out must be a folder that is not there yet, got \"" + folder),
        place.err);
    assertEquals("of an earlier one", Files.readString(folder.resolve("report.md")));
  }

  @Test
  void without_a_snapshot_nothing_is_restored_and_no_folder_left() {
    Path out = folder.resolve("out");

    assertEquals(1, place.run(out));

    assertTrue(place.err.contains("-local-* must be in us-east-1, found none"), place.err);
    assertFalse(Files.exists(out));
    assertTrue(place.rds.isTidy());
  }

  private void refused(String message, String... words) {
    assertEquals(1, place.run(words), place.err);
    assertTrue(place.err.contains(message), place.err);
    assertEquals(0, place.rds.restores.size());
  }
}
