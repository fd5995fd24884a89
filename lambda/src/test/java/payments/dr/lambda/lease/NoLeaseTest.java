package payments.dr.lambda.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.ledger.InMemoryLedger;

class NoLeaseTest {

  private final BestEffortLease earlier = new BestEffortLease(new InMemoryLedger());
  private final NoLease lease = new NoLease(earlier);

  @Test
  void nobody_is_asked_to_stop() {
    lease.take(Incident.NONE);
    lease.force(Incident.NONE);

    assertEquals(new LeaseReading.Unproven(false), earlier.read());
  }

  @Test
  void who_was_asked_under_a_higher_grade_is_let_go() {
    earlier.take(Incident.NONE);
    assertEquals(new LeaseReading.Unproven(true), lease.read());

    lease.release();

    assertEquals(new LeaseReading.Unproven(false), earlier.read());
  }
}
