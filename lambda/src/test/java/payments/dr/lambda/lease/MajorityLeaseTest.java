package payments.dr.lambda.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.PortException;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.ledger.lease.Renewal;

class MajorityLeaseTest {

  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Switched primary = new Switched();
  private final Switched dr = new Switched();
  private final Switched witness = new Switched();
  private Duration clockError = Duration.ZERO;
  private final MajorityLease inDr = lease(DR);
  private final MajorityLease inPrimary = lease(PRIMARY);

  @Test
  void lease_is_the_primary_regions_until_it_is_taken() {
    renew();

    assertEquals(
        new LeaseReading.Registered(false, false, false, NOW.plus(LeaseTiming.TTL)), inDr.read());

    inDr.take(Incident.NONE);

    assertEquals(
        new LeaseReading.Registered(true, true, false, NOW.plus(LeaseTiming.TTL)), inDr.read());
    assertTrue(BestEffortLease.stops(primary.read(BestEffortLease.KEY)));
  }

  @Test
  void release_gives_it_back_and_lets_applications_go() {
    renew();
    inDr.take(Incident.NONE);

    inDr.release();

    assertEquals(
        new LeaseReading.Registered(false, false, false, NOW.plus(LeaseTiming.TTL)), inDr.read());
    assertFalse(BestEffortLease.stops(primary.read(BestEffortLease.KEY)));
    assertTrue(renew() instanceof Renewal.Held);
  }

  @Test
  void applications_are_not_stopped_for_a_lease_that_was_not_taken() {
    renew();
    witness.up = false;
    dr.up = false;

    assertThrows(PortException.class, () -> inDr.take(Incident.NONE));

    assertFalse(BestEffortLease.stops(primary.read(BestEffortLease.KEY)));
  }

  @Test
  void applications_that_are_stopped_still_are_a_fence_to_lift() {
    renew();
    inDr.take(Incident.NONE);
    primary.writable = false;
    assertThrows(PortException.class, inDr::release);

    assertEquals(
        new LeaseReading.Registered(false, true, false, NOW.plus(LeaseTiming.TTL)), inDr.read());
  }

  @Test
  void one_register_proves_nothing_unless_a_human_forces_it() {
    renew();
    witness.up = false;
    primary.up = false;
    assertEquals(new LeaseReading.Unread(), inDr.read());

    assertThrows(PortException.class, () -> inDr.force(Incident.NONE));

    assertEquals(
        new LeaseReading.Registered(false, true, true, NOW.plus(LeaseTiming.TTL)), inDr.read());
  }

  @Test
  void primary_regions_controller_takes_it_home() {
    renew();
    inDr.take(Incident.NONE);
    new LeaseRegisters(dr, primary, witness, Runnable::run)
        .renew(DR, NOW.plusSeconds(60), LeaseTiming.TTL);
    dr.up = false;

    assertEquals(
        new LeaseReading.Registered(false, true, false, NOW.plusSeconds(90)), inPrimary.read());
    inPrimary.release();

    assertEquals(
        new LeaseReading.Registered(true, false, false, NOW.plusSeconds(90)), inPrimary.read());
  }

  @Test
  void registers_that_nobody_renews_prove_nothing() {
    assertEquals(new LeaseReading.Unread(), inDr.read());
    inDr.take(Incident.NONE);
    assertEquals(new LeaseReading.Unread(), inDr.read());
  }

  @Test
  void clock_that_is_wrong_neither_reads_nor_takes() {
    renew();
    clockError = Duration.ofMillis(2001);

    assertEquals(new LeaseReading.Unread(), inDr.read());
    PortException refused = assertThrows(PortException.class, () -> inDr.take(Incident.NONE));
    assertEquals(
        "clock must be right to 2 s before a lease is taken, got one that may be off by 2001 ms",
        refused.getMessage());

    clockError = Duration.ofMillis(2000);
    inDr.take(Incident.NONE);
  }

  @Test
  void controller_stands_in_one_of_the_regions() {
    assertEquals(
        "own Region must be us-east-1 or us-east-2, got us-west-2",
        assertThrows(IllegalArgumentException.class, () -> lease("us-west-2")).getMessage());
  }

  private MajorityLease lease(String own) {
    boolean standsInDr = own.equals(DR);
    return new MajorityLease(
        new LeaseRegisters(
            standsInDr ? dr : primary, standsInDr ? primary : dr, witness, Runnable::run),
        new MajorityLease.Regions(PRIMARY, DR, own),
        new BestEffortLease(primary),
        () -> clockError);
  }

  private Renewal renew() {
    return new LeaseRegisters(primary, dr, witness, Runnable::run)
        .renew(PRIMARY, NOW, LeaseTiming.TTL);
  }

  /** A register that can be away, or refuse writes. */
  private static final class Switched implements Ledger {

    private final InMemoryLedger ledger = new InMemoryLedger();
    private boolean up = true;
    private boolean writable = true;

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      answer(up);
      return ledger.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      answer(up && writable);
      ledger.write(changes);
    }

    private static void answer(boolean answers) {
      if (!answers) {
        throw new LedgerUnavailableException("no answer", null);
      }
    }
  }
}
