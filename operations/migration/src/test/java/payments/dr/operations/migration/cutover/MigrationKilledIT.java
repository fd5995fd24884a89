package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.ledger.MutexHeldException;
import payments.dr.operations.migration.cutover.KilledMigration.When;
import payments.dr.operations.postgres.testing.PostgresServers;

/** A kill at every boundary between steps, and then again the same command, under writes. */
class MigrationKilledIT {

  private static final PostgresServers SERVERS = PostgresServers.shared();

  /** More than a dead holder's lease and what clocks may differ. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** Enough that each kill falls among payments; more would only take the processor. */
  private static final Duration PACE = Duration.ofMillis(50);

  private static final int PREPARING = 10;
  private static final int STARTING = 7;
  private static final int SWITCHING = 16;

  @TempDir Path folder;

  @Test
  void every_command_completes_after_a_kill_at_every_boundary() throws Exception {
    SERVERS.reset();
    Shop.open(SERVERS.v1(), 2_000);
    Journey journey =
        new Journey(
            SERVERS.v1().cluster(), SERVERS.v2().cluster(), folder, Journey.LIMITS, Duration.ZERO);
    journey.begin();
    try (Writers writers = Writers.start(SERVERS, journey.pointer(), PACE)) {
      // The same lease's holder is alive in this process, and refused to a second one.
      journey.run(
          migration -> {
            assertThrows(MutexHeldException.class, () -> journey.go(other -> other.prepare(false)));
            return null;
          });
      Journey now = killed(journey, "prepare", When.AFTER, 1, PREPARING);
      now.go(migration -> migration.prepare(false));
      // It resumes at its step: the next boundary is always its first.
      for (int boundary = 1; boundary <= STARTING; boundary++) {
        now = killed(now, "start", When.AFTER, 1, 1);
      }
      MigrationIT.awaitCopied(now);
      now.run(Migration::verify);
      for (int save = 1; save <= SWITCHING; save++) {
        now = verified(now, save == 1);
        now = killed(now, "cutover", When.BEFORE, save, save);
        assertEquals("SOAKING", switched(now, "cutover").record().label());
        writers.awaitMore(20);
        if (save % 4 == 0) {
          // The others compare every row.
          now = verified(now, save == SWITCHING);
        }
        now = killed(now, "rollback", When.AFTER, save, save);
        assertEquals("REPLICATING", switched(now, "rollback").record().label());
        writers.awaitMore(20);
      }
      writers.stop();
      writers.requireExact(SERVERS.v1());
      now.run(Migration::verify);
      Comparisons.requireEqual(now);
    }
  }

  /** A verification that is killed when all is compared leaves slots, which the next one takes. */
  private static Journey verified(Journey journey, boolean kill) {
    Journey now = kill ? killed(journey, "verify", When.BEFORE, 1, 1) : journey;
    assertTrue(now.run(Migration::verify).equal());
    return now;
  }

  /** Runs it again in this process, unless the killed run was complete but for its last word. */
  private static Journey switched(Journey journey, String command) {
    if (command.equals("cutover")) {
      journey.run(Migration::cutover);
    } else if (!journey.record().label().equals("REPLICATING")) {
      journey.run(Migration::rollback);
    }
    return journey;
  }

  private static Journey killed(Journey journey, String command, When when, int from, int to) {
    Journey now = journey;
    for (int save = from; save <= to; save++) {
      int status = KilledMigration.run(now, command, when, save);
      assertEquals(KilledMigration.KILLED, status, command + " at save " + save);
      now = now.after(LEASE);
    }
    return now;
  }
}
