package payments.dr.lambda.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class BestEffortLeaseTest {

  @Test
  void application_is_stopped_and_let_go_again() {
    Ledger ledger = new InMemoryLedger();
    BestEffortLease lease = new BestEffortLease(ledger);
    assertEquals(new LeaseReading.Unproven(false), lease.read());

    lease.take(Incident.NONE);
    lease.take(Incident.NONE);
    assertEquals(new LeaseReading.Unproven(true), lease.read());
    assertTrue(BestEffortLease.stops(ledger.read(BestEffortLease.KEY)));

    lease.release();
    assertEquals(new LeaseReading.Unproven(false), lease.read());
    assertFalse(BestEffortLease.stops(ledger.read(BestEffortLease.KEY)));
  }

  @Test
  void region_that_cannot_be_reached_proves_nothing() {
    BestEffortLease lease = new BestEffortLease(new Unreachable());

    assertEquals(new LeaseReading.Unproven(false), lease.read());
    assertThrows(PortException.class, () -> lease.take(Incident.NONE));
    assertThrows(PortException.class, lease::release);
  }

  private record Unreachable() implements Ledger {

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      throw new LedgerUnavailableException("no answer", null);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      throw new LedgerUnavailableException("no answer", null);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      throw new LedgerUnavailableException("no answer", null);
    }
  }
}
