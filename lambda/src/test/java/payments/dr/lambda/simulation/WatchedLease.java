package payments.dr.lambda.simulation;

import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.WriterLease;

/** A lease of any grade whose use the invariants hear of. */
record WatchedLease(WriterLease lease, Invariants invariants) implements WriterLease {

  @Override
  public LeaseReading read() {
    return lease.read();
  }

  @Override
  public void take(Incident incident) {
    invariants.acting("Prepare", "Prepare", "Follow");
    lease.take(incident);
  }

  @Override
  public void release() {
    invariants.releasing();
    lease.release();
  }

  @Override
  public void force(Incident incident) {
    invariants.acting("Force", "Force");
    lease.force(incident);
  }
}
