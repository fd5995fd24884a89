package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.BadInputException;

class FormerPrimaryTest {

  private static final Instant T = Instant.parse("2026-11-25T03:00:00Z");

  private final FakeRds rds = new FakeRds();
  private final FormerPrimary writer = FormerPrimaries.of(rds, none -> null);

  @Test
  void the_newest_snapshot_of_a_failover_counts() {
    rds.keep("2026-11-25-03-20-10", T.plusSeconds(60)).keep("2026-10-01-00-00-00", T);
    rds.snapshots.add(
        FakeRds.snapshot("rds:" + FakeRds.OLD_WRITER + "-2026-11-26", FakeRds.OLD_WRITER, T));

    assertEquals(
        FakeRds.KEPT + "2026-11-25-03-20-10", writer.newestSince(T).dbClusterSnapshotIdentifier());
  }

  /** Its name begins in the same way. */
  @Test
  void snapshot_of_another_environments_cluster_does_not_count() {
    rds.snapshots.add(
        FakeRds.snapshot(FakeRds.KEPT + "eu-2026-11-25-03-20-10", FakeRds.OLD_WRITER + "-eu", T));

    String said = assertThrows(BadInputException.class, () -> writer.newestSince(T)).getMessage();

    assertTrue(said.contains("-local-* must be in us-east-1, found none"), said);
  }

  @Test
  void snapshot_of_an_earlier_failover_is_refused() {
    rds.keep("2026-10-01-00-00-00", T.minusSeconds(1));

    String said = assertThrows(BadInputException.class, () -> writer.newestSince(T)).getMessage();

    assertTrue(said.startsWith("snapshot of this failover must be younger than " + T), said);
  }

  @Test
  void snapshot_that_is_being_taken_is_refused() {
    rds.snapshots.add(
        FakeRds.snapshot(FakeRds.KEPT + "2026", FakeRds.OLD_WRITER, null).toBuilder()
            .status("creating")
            .build());

    String said = assertThrows(BadInputException.class, () -> writer.newestSince(T)).getMessage();

    assertTrue(said.endsWith("must be available, got creating"), said);
  }

  @Test
  void snapshot_by_name_has_to_exist() {
    rds.snapshots.add(FakeRds.snapshot("kept", "whichever", T));

    assertEquals("kept", writer.snapshot("kept").dbClusterSnapshotIdentifier());
    String said = assertThrows(BadInputException.class, () -> writer.snapshot("lost")).getMessage();
    assertEquals("--snapshot must name a snapshot of a cluster in us-east-1, got \"lost\"", said);
  }
}
