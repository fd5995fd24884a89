package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;

/** Whatever happens, nothing is left that costs money and holds payments. */
class TemporaryClusterTest {

  private static final Instant TAKEN = Instant.parse("2026-11-25T03:20:10Z");

  private final FakeRds rds = new FakeRds().keep("2026-11-25-03-20-10", TAKEN);
  private final List<String> told = new ArrayList<>();

  @Test
  void it_stands_where_the_old_writer_does_until_it_is_closed() {
    try (TemporaryCluster cluster = restore()) {
      cluster.cluster();
      assertFalse(rds.isTidy());
    }

    assertTrue(rds.isTidy());
    RestoreDbClusterFromSnapshotRequest asked = rds.restores.get(0);
    assertEquals(FakeRds.KEPT + "2026-11-25-03-20-10", asked.snapshotIdentifier());
    assertEquals("17.7", asked.engineVersion());
    assertEquals("primary-db-subnets-local", asked.dbSubnetGroupName());
    assertEquals(List.of("sg-1"), asked.vpcSecurityGroupIds());
    assertEquals("primary-db-parameters-local", asked.dbClusterParameterGroupName());
    assertTrue(asked.dbClusterIdentifier().matches("reconcile-[0-9a-f]{8}"));
    assertEquals("removed     " + asked.dbClusterIdentifier(), told.get(told.size() - 1));
  }

  @Test
  void it_is_removed_after_a_failure_while_it_is_used() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (TemporaryCluster cluster = restore()) {
            cluster.cluster();
            throw new IllegalStateException("of whoever uses it");
          }
        });

    assertTrue(rds.isTidy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"restore", "create"})
  void it_is_removed_when_it_cannot_be_made(String call) {
    rds.before = asked -> fail(asked.equals(call), "quota");

    assertEquals("quota", assertThrows(RdsException.class, this::restore).getMessage());

    assertTrue(rds.isTidy());
  }

  @Test
  void it_is_removed_when_its_instance_does_not_come_up() {
    rds.status = "creating";

    String said = assertThrows(CommandFailedException.class, this::restore).getMessage();

    assertTrue(said.endsWith("-0 must be available within 45 minutes, got \"creating\""), said);
    assertTrue(rds.isTidy());
  }

  @Test
  void it_is_removed_when_it_does_not_come_up_itself() {
    rds.looks = Integer.MAX_VALUE;

    String said = assertThrows(CommandFailedException.class, this::restore).getMessage();

    assertTrue(said.matches("reconcile-\\w+ must be available within 45 min.*creating.*"), said);
    assertTrue(rds.isTidy());
  }

  @Test
  void what_refuses_to_be_deleted_is_asked_again() {
    int[] asked = {0};
    rds.before =
        call -> {
          if (call.equals("delete cluster") && asked[0]++ < 20) {
            throw InvalidDbClusterStateException.builder().message("being made").build();
          }
        };

    restore().close();

    assertTrue(rds.isTidy());
    assertEquals(21, asked[0]);
  }

  @Test
  void what_cannot_be_removed_is_told_with_the_commands_that_do() {
    rds.before = call -> fail(call.equals("delete cluster"), "not allowed");

    assertThrows(CommandFailedException.class, () -> restore().close());

    String last = told.get(told.size() - 1);
    assertTrue(last.startsWith("NOT REMOVED reconcile-"), last);
    assertTrue(
        last.contains("aws rds delete-db-cluster --region us-east-1 --db-cluster-identifier rec"),
        last);
  }

  @Test
  void failure_of_the_removal_does_not_hide_why_it_was_made_in_vain() {
    rds.before = call -> fail(call.equals("create") || call.startsWith("delete"), call);

    assertEquals("create", assertThrows(RdsException.class, this::restore).getMessage());

    assertTrue(told.get(told.size() - 1).startsWith("NOT REMOVED"), told::toString);
  }

  /** The first attempt's answer was lost, and the SDK asked again. */
  @Test
  void restore_that_had_come_through_already_is_taken_for_made() {
    rds.afterRestore =
        () -> {
          throw DbClusterAlreadyExistsException.builder().message("exists").build();
        };

    restore().close();

    assertTrue(rds.isTidy());
    assertEquals(1, rds.restores.size());
  }

  @Test
  void nothing_is_made_without_the_old_writers_network() {
    rds.clusters.remove(FakeRds.OLD_WRITER);

    String said = assertThrows(BadInputException.class, this::restore).getMessage();

    assertTrue(said.startsWith("cluster primary-db-cluster-v2-local must be in us-east-1"), said);
    assertEquals(List.of(), rds.restores);
  }

  /** As by Ctrl-C, while an instance is being made. */
  @Test
  void it_is_removed_when_the_program_is_asked_to_end(@TempDir Path folder) throws Exception {
    Path calls = Files.createFile(folder.resolve("calls"));
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TemporaryClusterTest.class.getName(),
                calls.toString())
            .inheritIO()
            .start();
    try {
      Instant limit = Instant.now().plus(Duration.ofSeconds(30));
      while (!Files.readString(calls).contains("create")) {
        assertTrue(program.isAlive() && Instant.now().isBefore(limit), "must make an instance");
        Thread.sleep(20);
      }
      program.destroy();
      assertTrue(program.waitFor(10, TimeUnit.SECONDS), "must end");
    } finally {
      program.destroyForcibly();
    }

    assertEquals(
        List.of("restore", "create", "delete instance", "delete cluster"),
        Files.readAllLines(calls));
  }

  /** Makes a cluster whose instance never comes up. */
  public static void main(String[] words) {
    Path calls = Path.of(words[0]);
    FakeRds rds = new FakeRds().keep("2026-11-25-03-20-10", TAKEN);
    rds.status = "creating";
    rds.before =
        call -> {
          try {
            Files.writeString(calls, call + "\n", StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    FormerPrimaries.of(rds, none -> null, new SystemClock())
        .restore(rds.snapshots.get(0), "reconcile", line -> {});
  }

  private TemporaryCluster restore() {
    return FormerPrimaries.of(rds, none -> null)
        .restore(rds.snapshots.get(0), "reconcile", told::add);
  }

  private static void fail(boolean when, String message) {
    if (when) {
      throw RdsException.builder().message(message).build();
    }
  }
}
