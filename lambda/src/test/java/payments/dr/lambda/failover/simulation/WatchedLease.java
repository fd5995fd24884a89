package payments.dr.lambda.failover.simulation;

import payments.dr.lambda.failover.Incident;
import payments.dr.lambda.failover.LeaseReading;
import payments.dr.lambda.failover.WriterLease;

/** A lease of any grade whose use the invariants hear of. */
record WatchedLease(WriterLease lease, Invariants invariants) implements WriterLease {

  @Override
  public LeaseReading read() {
    return lease.read();
  }

  @Override
  public void take(Incident incident) {
    invariants.acting("Prepare");
    lease.take(incident);
  }

  @Override
  public void release() {
    invariants.releasing();
    lease.release();
  }
}
